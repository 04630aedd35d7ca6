# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixMilliseconds, WireModel
from pydantic import Field


class TencentLiveUpdatedRoom(WireModel):
    """The room as it is now."""

    room_id: Annotated[str, Field(alias="RoomId", min_length=1)]
    """The room."""
    room_name: Annotated[str, Field(alias="RoomName")]
    """Name of the room."""
    max_member_count: Annotated[int, Field(alias="MaxMemberCount", ge=0, le=4294967295)]
    """How many the room takes."""
    is_message_disabled: Annotated[bool, Field(alias="IsMessageDisabled")]
    """Whether nobody may send text."""
    cover_url: Annotated[str, Field(alias="CoverURL")]
    """Picture of the room."""
    category: Annotated[list[int], Field(alias="Category")]
    """The categories of the room, as numbers."""
    activity_status: Annotated[int, Field(alias="ActivityStatus")]
    """A mark of the customer's own."""
    is_public_visible: Annotated[bool, Field(alias="IsPublicVisible")]
    """Whether the room is listed for all."""
    take_seat_mode: Annotated[
        Literal["None", "FreeToTake", "ApplyToTake"], Field(alias="TakeSeatMode")
    ]
    """How seats are taken: None there are none, FreeToTake freely, ApplyToTake on request."""
    custom_info: Annotated[str, Field(alias="CustomInfo")]
    """What the customer has added to the room."""


class TencentLiveAfterUpdateRoomInfoCallback(WireModel):
    """What is told of a live room was changed."""

    callback_command: Annotated[
        Literal["Live.CallbackAfterUpdateRoomInfo"], Field(alias="CallbackCommand")
    ]
    """Names the callback, as in the URL."""
    operator_account: Annotated[str, Field(alias="Operator_Account", min_length=1)]
    """Who changed the room."""
    room_info: Annotated[TencentLiveUpdatedRoom, Field(alias="RoomInfo")]
    event_time: Annotated[UnixMilliseconds, Field(alias="EventTime")]
    """When it happened, in milliseconds."""
