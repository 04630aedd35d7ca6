# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixMilliseconds, UnixSeconds, WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


TencentRoomAfterCreateRoomCallbackScheduleInviteeListAccountItem = TypeAliasType(
    "TencentRoomAfterCreateRoomCallbackScheduleInviteeListAccountItem",
    Annotated[
        str,
        Field(
            min_length=1, title="TencentRoomAfterCreateRoomCallbackScheduleInviteeListAccountItem"
        ),
    ],
)


class TencentRoomCreatedRoom(WireModel):
    """The room."""

    room_id: Annotated[str, Field(alias="RoomId", min_length=1)]
    """The room."""
    room_name: Annotated[str, Field(alias="RoomName")]
    """Name of the room."""
    room_type: Annotated[str, Field(alias="RoomType", min_length=1)]
    """Kind of room: Meeting in the sample, conference in the table's words."""
    owner_account: Annotated[str, Field(alias="Owner_Account", min_length=1)]
    """The host."""
    max_member_count: Annotated[int, Field(alias="MaxMemberCount", ge=0, le=4294967295)]
    """How many the room takes."""
    max_seat_count: Annotated[int, Field(alias="MaxSeatCount", ge=0, le=4294967295)]
    """How many seats there are."""
    is_video_disabled: Annotated[bool, Field(alias="IsVideoDisabled")]
    """Whether nobody may send a picture."""
    is_audio_disabled: Annotated[bool, Field(alias="IsAudioDisabled")]
    """Whether nobody may send sound."""
    is_message_disabled: Annotated[bool, Field(alias="IsMessageDisabled")]
    """Whether nobody may send text."""
    is_screen_sharing_disabled: Annotated[bool, Field(alias="IsScreenSharingDisabled")]
    """Whether nobody may share a screen."""
    is_cloud_recording_disabled: Annotated[bool, Field(alias="IsCloudRecordingDisabled")]
    """Whether nothing may be recorded."""
    custom_info: Annotated[str, Field(alias="CustomInfo")]
    """What the customer has added to the room."""
    schedule_start_time: Annotated[UnixSeconds, Field(alias="ScheduleStartTime")]
    """When the meeting is planned to begin. The unit is not stated; the sample shows seconds."""
    schedule_end_time: Annotated[UnixSeconds, Field(alias="ScheduleEndTime")]
    """When it is planned to end. The table names ScheduleStartTime twice. The unit is not stated; the sample shows seconds."""
    room_status: Annotated[Literal["None", "NotStarted", "Running"], Field(alias="RoomStatus")]
    """None, NotStarted or Running."""
    is_seat_enabled: Annotated[bool, Field(alias="IsSeatEnabled")]
    """Whether there are seats to speak from."""
    take_seat_mode: Annotated[
        Literal["None", "FreeToTake", "ApplyToTake"], Field(alias="TakeSeatMode")
    ]
    """How seats are taken: None there are none, FreeToTake freely, ApplyToTake on request."""
    create_time: Annotated[UnixSeconds, Field(alias="CreateTime")]
    """A moment in seconds: in the table's words the scheduled start; the name says that the room was created then."""


class TencentRoomAfterCreateRoomCallback(WireModel):
    """A meeting room was created."""

    callback_command: Annotated[
        Literal["Room.CallbackAfterCreateRoom"], Field(alias="CallbackCommand")
    ]
    """Names the callback, as in the URL."""
    operator_account: Annotated[str, Field(alias="Operator_Account", min_length=1)]
    """Who created the room."""
    room_info: Annotated[TencentRoomCreatedRoom, Field(alias="RoomInfo")]
    schedule_invitee_list_account: Annotated[
        list[TencentRoomAfterCreateRoomCallbackScheduleInviteeListAccountItem] | MISSING,
        Field(alias="ScheduleInviteeList_Account"),
    ] = MISSING
    """Those who are invited. In the sample alone."""
    event_time: Annotated[UnixMilliseconds, Field(alias="EventTime")]
    """When it happened, in milliseconds."""
