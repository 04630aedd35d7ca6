# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixMilliseconds, UnixSeconds, WireModel
from pydantic import MISSING, Field


class TencentLiveCreatedRoom(WireModel):
    """The room."""

    room_id: Annotated[str, Field(alias="RoomId", min_length=1)]
    """The room."""
    room_name: Annotated[str, Field(alias="RoomName")]
    """Name of the room."""
    room_type: Annotated[Literal["Live", "Meeting"], Field(alias="RoomType")]
    """Live. The table of the page names Meeting alone, its sample and newer editions Live."""
    owner_account: Annotated[str, Field(alias="Owner_Account", min_length=1)]
    """The host."""
    max_member_count: Annotated[int, Field(alias="MaxMemberCount", ge=0, le=4294967295)]
    """How many the room takes."""
    is_message_disabled: Annotated[bool, Field(alias="IsMessageDisabled")]
    """Whether nobody may send text."""
    custom_info: Annotated[str, Field(alias="CustomInfo")]
    """What the customer has added to the room."""
    is_seat_enabled: Annotated[bool, Field(alias="IsSeatEnabled")]
    """Whether there are seats to speak from."""
    take_seat_mode: Annotated[
        Literal["None", "FreeToTake", "ApplyToTake"], Field(alias="TakeSeatMode")
    ]
    """How seats are taken: None there are none, FreeToTake freely, ApplyToTake on request."""
    max_seat_count: Annotated[int, Field(alias="MaxSeatCount", ge=0, le=4294967295)]
    """How many seats there are."""
    create_time: Annotated[UnixSeconds, Field(alias="CreateTime")]
    """A moment in seconds: in the table's words the scheduled start; the name says that the room was created then."""
    is_public_visible: Annotated[bool, Field(alias="IsPublicVisible")]
    """Whether the room is listed for all."""
    cover_url: Annotated[str, Field(alias="CoverURL")]
    """Picture of the room: "cover url" in the sample."""
    category: Annotated[list[int], Field(alias="Category")]
    """The categories of the room, as numbers."""


class TencentLiveAfterCreateRoomCallback(WireModel):
    """A live room was created."""

    callback_command: Annotated[
        Literal["Live.CallbackAfterCreateRoom"], Field(alias="CallbackCommand")
    ]
    """Names the callback, as in the URL."""
    operator_account: Annotated[str, Field(alias="Operator_Account", min_length=1)]
    """Who created the room."""
    room_info: Annotated[TencentLiveCreatedRoom, Field(alias="RoomInfo")]
    event_time: Annotated[UnixMilliseconds | MISSING, Field(alias="EventTime")] = MISSING
    """When it happened, in milliseconds. In the page's table, not in its sample."""
