# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import Exact, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import Field
from typing_extensions import TypeAliasType


TencentLiveRecordingStatusInfoRoomIdInteger = TypeAliasType(
    "TencentLiveRecordingStatusInfoRoomIdInteger",
    Annotated[
        int,
        Field(ge=0, le=18446744073709551615, title="TencentLiveRecordingStatusInfoRoomIdInteger"),
    ],
)
"""The room: a number or text, as it was entered in the client."""


TencentLiveRecordingStatusInfoRoomIdString = TypeAliasType(
    "TencentLiveRecordingStatusInfoRoomIdString",
    Annotated[str, Field(min_length=1, title="TencentLiveRecordingStatusInfoRoomIdString")],
)
"""The room: a number or text, as it was entered in the client."""


class TencentLiveRecordingStatusInfo(WireModel):
    """What happened."""

    room_id: Annotated[
        TencentLiveRecordingStatusInfoRoomIdInteger | TencentLiveRecordingStatusInfoRoomIdString,
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


class TencentLiveAfterCloudRecordingStatusCallback(WireModel):
    """The recording of a live room began, ended or came further, as Chat's page names the command. The body is that of a recording callback of TRTC, with the command beside it."""

    callback_command: Annotated[
        Literal["Live.CallbackAfterCloudRecordingChanged"], Field(alias="CallbackCommand")
    ]
    """Names the callback, as in the URL."""
    event_group_id: Annotated[Exact[Literal[3, 8]], Field(alias="EventGroupId")]
    """The group of events: 3 recording in the cloud, 8 recording of a web page."""
    event_type: Annotated[int, Field(alias="EventType", ge=0, le=4294967295)]
    """The event within its group: 305 in the sample, that files are uploaded."""
    callback_ts: Annotated[UnixMilliseconds, Field(alias="CallbackTs")]
    """When the callback was sent, in milliseconds."""
    event_info: Annotated[TencentLiveRecordingStatusInfo, Field(alias="EventInfo")]
