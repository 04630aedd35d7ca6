# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, UnixMillisecondsString, UnixSeconds, WireModel
from pydantic import Field
from typing_extensions import TypeAliasType


TrtcRecordingFileSliceInfoRoomIdInteger = TypeAliasType(
    "TrtcRecordingFileSliceInfoRoomIdInteger",
    Annotated[
        int, Field(ge=0, le=18446744073709551615, title="TrtcRecordingFileSliceInfoRoomIdInteger")
    ],
)
"""The room: a number or text, as it was entered in the client."""


TrtcRecordingFileSliceInfoRoomIdString = TypeAliasType(
    "TrtcRecordingFileSliceInfoRoomIdString",
    Annotated[str, Field(min_length=1, title="TrtcRecordingFileSliceInfoRoomIdString")],
)
"""The room: a number or text, as it was entered in the client."""


class TrtcRecordingFileSlicePayload(WireModel):
    """The details of this event."""

    file_name: Annotated[str, Field(alias="FileName", min_length=1)]
    """Name of the M3U8 file."""
    user_id: Annotated[str, Field(alias="UserId")]
    """The user whose stream the file holds."""
    track_type: Annotated[Literal["audio", "video", "audio_video"], Field(alias="TrackType")]
    """What the file holds: audio, video, or both."""
    begin_time_stamp: Annotated[UnixMillisecondsString, Field(alias="BeginTimeStamp")]
    """When recording began, in milliseconds. Text here, a number in the other events."""


class TrtcRecordingFileSliceInfo(WireModel):
    """What happened."""

    room_id: Annotated[
        TrtcRecordingFileSliceInfoRoomIdInteger | TrtcRecordingFileSliceInfoRoomIdString,
        Field(alias="RoomId"),
    ]
    """The room: a number or text, as it was entered in the client."""
    event_ts: Annotated[UnixSeconds, Field(alias="EventTs")]
    """When it happened, in seconds. Kept for older receivers; EventMsTs is the exact one."""
    event_ms_ts: Annotated[UnixMilliseconds, Field(alias="EventMsTs")]
    """When it happened, in milliseconds."""
    user_id: Annotated[str, Field(alias="UserId", min_length=1)]
    """The user that the recorder joins the room as."""
    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The recording task."""
    payload: Annotated[TrtcRecordingFileSlicePayload, Field(alias="Payload")]


class TrtcRecordingFileSliceCallback(WireModel):
    """The M3U8 index of a recording was made with its first slice."""

    event_group_id: Annotated[Exact[Literal[3]], Field(alias="EventGroupId")]
    """The group of events: cloud recording. Names the callback together with EventType."""
    event_type: Annotated[Exact[Literal[307]], Field(alias="EventType")]
    """Names the callback within its group."""
    callback_ts: Annotated[UnixMilliseconds, Field(alias="CallbackTs")]
    """When the callback was sent, in milliseconds."""
    event_info: Annotated[TrtcRecordingFileSliceInfo, Field(alias="EventInfo")]
