# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


TrtcRecordingVodCommittedInfoRoomIdInteger = TypeAliasType(
    "TrtcRecordingVodCommittedInfoRoomIdInteger",
    Annotated[
        int,
        Field(ge=0, le=18446744073709551615, title="TrtcRecordingVodCommittedInfoRoomIdInteger"),
    ],
)
"""The room: a number or text, as it was entered in the client."""


TrtcRecordingVodCommittedInfoRoomIdString = TypeAliasType(
    "TrtcRecordingVodCommittedInfoRoomIdString",
    Annotated[str, Field(min_length=1, title="TrtcRecordingVodCommittedInfoRoomIdString")],
)
"""The room: a number or text, as it was entered in the client."""


class TrtcVodFile(WireModel):
    """The recorded file in video on demand."""

    user_id: Annotated[str, Field(alias="UserId")]
    """The user whose stream the file holds; empty for a mixed recording."""
    track_type: Annotated[Literal["audio", "video", "audio_video"], Field(alias="TrackType")]
    """What the file holds: audio, video, or both."""
    media_id: Annotated[Literal["main", "aux", "mix"] | MISSING, Field(alias="MediaId")] = MISSING
    """main for the camera, aux for the shared screen, mix for a mixed recording."""
    file_id: Annotated[str | MISSING, Field(alias="FileId", min_length=1)] = MISSING
    """The file in the video-on-demand platform."""
    video_url: Annotated[str | MISSING, Field(alias="VideoUrl", min_length=1)] = MISSING
    """Where the file can be played."""
    cache_file: Annotated[str, Field(alias="CacheFile", min_length=1)]
    """Name of the recorded file."""
    start_time_stamp: Annotated[UnixMilliseconds | MISSING, Field(alias="StartTimeStamp")] = MISSING
    """When the file begins."""
    end_time_stamp: Annotated[UnixMilliseconds | MISSING, Field(alias="EndTimeStamp")] = MISSING
    """When the file ends."""


class TrtcRecordingVodCommittedPayload(WireModel):
    """The details of this event."""

    status: Annotated[Exact[Literal[0, 1, 2]], Field(alias="Status")]
    """0 uploaded, 1 the file is left on the server or in backup storage, 2 the upload failed."""
    errmsg: Annotated[str | MISSING, Field(alias="Errmsg")] = MISSING
    """What went wrong, where Status is not 0."""
    tencent_vod: Annotated[TrtcVodFile | MISSING, Field(alias="TencentVod")] = MISSING
    user_id: Annotated[str | MISSING, Field(alias="UserId")] = MISSING
    """The user whose stream the file holds; empty for a mixed recording."""
    track_type: Annotated[
        Literal["audio", "video", "audio_video"] | MISSING, Field(alias="TrackType")
    ] = MISSING
    """What the file holds: audio, video, or both."""
    media_id: Annotated[Literal["main", "aux", "mix"] | MISSING, Field(alias="MediaId")] = MISSING
    """main for the camera, aux for the shared screen, mix for a mixed recording."""
    file_id: Annotated[str | MISSING, Field(alias="FileId", min_length=1)] = MISSING
    """The file in the video-on-demand platform."""
    video_url: Annotated[str | MISSING, Field(alias="VideoUrl", min_length=1)] = MISSING
    """Where the file can be played."""
    cache_file: Annotated[str | MISSING, Field(alias="CacheFile", min_length=1)] = MISSING
    """Name of the recorded file."""
    start_time_stamp: Annotated[UnixMilliseconds | MISSING, Field(alias="StartTimeStamp")] = MISSING
    """When the file begins."""
    end_time_stamp: Annotated[UnixMilliseconds | MISSING, Field(alias="EndTimeStamp")] = MISSING
    """When the file ends."""


class TrtcRecordingVodCommittedInfo(WireModel):
    """What happened."""

    room_id: Annotated[
        TrtcRecordingVodCommittedInfoRoomIdInteger | TrtcRecordingVodCommittedInfoRoomIdString,
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
    payload: Annotated[TrtcRecordingVodCommittedPayload, Field(alias="Payload")]


class TrtcRecordingVodCommittedCallback(WireModel):
    """A recorded file was handed to video on demand, or could not be. It can be played half a minute to three minutes later."""

    event_group_id: Annotated[Exact[Literal[3]], Field(alias="EventGroupId")]
    """The group of events: cloud recording. Names the callback together with EventType."""
    event_type: Annotated[Exact[Literal[311]], Field(alias="EventType")]
    """Names the callback within its group."""
    callback_ts: Annotated[UnixMilliseconds, Field(alias="CallbackTs")]
    """When the callback was sent, in milliseconds."""
    event_info: Annotated[TrtcRecordingVodCommittedInfo, Field(alias="EventInfo")]
