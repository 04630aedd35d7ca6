# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixMilliseconds, WireModel
from pydantic import MISSING, Field


class TencentRoomUpdatedRoom(WireModel):
    """The room as it is now."""

    room_id: Annotated[str, Field(alias="RoomId", min_length=1)]
    """The room."""
    room_name: Annotated[str, Field(alias="RoomName")]
    """Name of the room."""
    owner_account: Annotated[str, Field(alias="Owner_Account", min_length=1)]
    """The host."""
    take_seat_mode: Annotated[
        Literal["None", "FreeToTake", "ApplyToTake"] | MISSING, Field(alias="TakeSeatMode")
    ] = MISSING
    """How seats are taken: None there are none, FreeToTake freely, ApplyToTake on request. In the sample alone."""
    max_member_count: Annotated[int, Field(alias="MaxMemberCount", ge=0, le=4294967295)]
    """How many the room takes."""
    is_video_disabled: Annotated[bool, Field(alias="IsVideoDisabled")]
    """Whether nobody may send a picture."""
    is_audio_disabled: Annotated[bool, Field(alias="IsAudioDisabled")]
    """Whether nobody may send sound."""
    is_message_disabled: Annotated[bool, Field(alias="IsMessageDisabled")]
    """Whether nobody may send text."""
    is_screen_sharing_disabled: Annotated[bool, Field(alias="IsScreenSharingDisabled")]
    """Whether nobody may share a screen."""
    is_cloud_recording_disabled: Annotated[
        bool | Literal["true", "false"], Field(alias="IsCloudRecordingDisabled")
    ]
    """Whether nothing may be recorded. A Bool in the page's table, text in its sample."""
    custom_info: Annotated[str, Field(alias="CustomInfo")]
    """What the customer has added to the room."""


class TencentRoomAfterUpdateRoomInfoCallback(WireModel):
    """What is told of a meeting room was changed."""

    callback_command: Annotated[
        Literal["Room.CallbackAfterUpdateRoomInfo"], Field(alias="CallbackCommand")
    ]
    """Names the callback, as in the URL."""
    operator_account: Annotated[str, Field(alias="Operator_Account", min_length=1)]
    """Who changed the room."""
    room_info: Annotated[TencentRoomUpdatedRoom, Field(alias="RoomInfo")]
    event_time: Annotated[UnixMilliseconds, Field(alias="EventTime")]
    """When it happened, in milliseconds."""
