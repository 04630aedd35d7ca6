# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import Exact, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


TencentCallRecordingInfoRoomIdInteger = TypeAliasType(
    "TencentCallRecordingInfoRoomIdInteger",
    Annotated[
        int, Field(ge=0, le=18446744073709551615, title="TencentCallRecordingInfoRoomIdInteger")
    ],
)
"""The room: a number or text, as it was entered in the client."""


TencentCallRecordingInfoRoomIdString = TypeAliasType(
    "TencentCallRecordingInfoRoomIdString",
    Annotated[str, Field(min_length=1, title="TencentCallRecordingInfoRoomIdString")],
)
"""The room: a number or text, as it was entered in the client."""


class TencentCallRecordingInfo(WireModel):
    """What happened."""

    room_id: Annotated[
        TencentCallRecordingInfoRoomIdInteger | TencentCallRecordingInfoRoomIdString,
        Field(alias="RoomId"),
    ]
    """The room: a number or text, as it was entered in the client."""
    event_ts: Annotated[UnixSeconds, Field(alias="EventTs")]
    """When it happened, in seconds."""
    event_ms_ts: Annotated[UnixMilliseconds, Field(alias="EventMsTs")]
    """When it happened, in milliseconds."""
    user_id: Annotated[str, Field(alias="UserId", min_length=1)]
    """The user that the recorder joins the room as."""
    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The recording task."""
    payload: Annotated[dict[str, Any], Field(alias="Payload")]
    """The details of the event, other ones for each EventType."""


class TencentCallRecordingCallback(WireModel):
    """The recording callback as TRTC itself sends it."""

    event_group_id: Annotated[Exact[Literal[3]], Field(alias="EventGroupId")]
    """The group of events: cloud recording."""
    event_type: Annotated[int, Field(alias="EventType", ge=0, le=4294967295)]
    """The event within its group: 301 in the sample, that the recorder started."""
    callback_ts: Annotated[UnixMilliseconds, Field(alias="CallbackTs")]
    """When the callback was sent, in milliseconds."""
    event_info: Annotated[TencentCallRecordingInfo, Field(alias="EventInfo")]
    kit_type: Annotated[int | MISSING, Field(alias="KitType", ge=0, le=4294967295)] = MISSING
    """In the sample: 2."""


class TencentCallAfterRecordChangedCallback(WireModel):
    """The recording of a call began, ended or came further. A recording callback of TRTC stands in it."""

    callback_command: Annotated[
        Literal["Call.CallbackAfterRecordChanged", "Call.CallbackAfterCloudRecordingChanged"],
        Field(alias="CallbackCommand"),
    ]
    """Names the callback, as in the URL."""
    event_time: Annotated[UnixMilliseconds, Field(alias="EventTime")]
    """When it happened, in milliseconds."""
    call_id: Annotated[str, Field(alias="CallId", min_length=1)]
    """The call."""
    callback: Annotated[TencentCallRecordingCallback, Field(alias="Callback")]
