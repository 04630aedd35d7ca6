# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import Field
from typing_extensions import TypeAliasType


TrtcRecordingMp4StoppedInfoRoomIdInteger = TypeAliasType(
    "TrtcRecordingMp4StoppedInfoRoomIdInteger",
    Annotated[
        int, Field(ge=0, le=18446744073709551615, title="TrtcRecordingMp4StoppedInfoRoomIdInteger")
    ],
)
"""The room: a number or text, as it was entered in the client."""


TrtcRecordingMp4StoppedInfoRoomIdString = TypeAliasType(
    "TrtcRecordingMp4StoppedInfoRoomIdString",
    Annotated[str, Field(min_length=1, title="TrtcRecordingMp4StoppedInfoRoomIdString")],
)
"""The room: a number or text, as it was entered in the client."""


TrtcRecordingMp4StoppedPayloadFileListItem = TypeAliasType(
    "TrtcRecordingMp4StoppedPayloadFileListItem",
    Annotated[str, Field(min_length=1, title="TrtcRecordingMp4StoppedPayloadFileListItem")],
)


class TrtcRecordingMp4File(WireModel):
    """One MP4 file. The page's table lists its members beside FileMessage; the sample has them within."""

    file_name: Annotated[str, Field(alias="FileName", min_length=1)]
    """Name of the file."""
    user_id: Annotated[str, Field(alias="UserId")]
    """The user whose stream the file holds; empty for a mixed recording."""
    track_type: Annotated[Literal["audio", "video", "audio_video"], Field(alias="TrackType")]
    """What the file holds: audio, video, or both."""
    media_id: Annotated[Literal["main", "aux", "mix"], Field(alias="MediaId")]
    """main for the camera, aux for the shared screen, mix for a mixed recording."""
    start_time_stamp: Annotated[UnixMilliseconds, Field(alias="StartTimeStamp")]
    """When the file begins."""
    end_time_stamp: Annotated[UnixMilliseconds, Field(alias="EndTimeStamp")]
    """When the file ends."""


class TrtcRecordingMp4StoppedPayload(WireModel):
    """The details of this event."""

    status: Annotated[Exact[Literal[0, 1, 2]], Field(alias="Status")]
    """0 all files were uploaded, 1 a file is left on the server or in backup storage, 2 the task failed."""
    file_list: Annotated[list[TrtcRecordingMp4StoppedPayloadFileListItem], Field(alias="FileList")]
    """Names of the MP4 files."""
    file_message: Annotated[list[TrtcRecordingMp4File], Field(alias="FileMessage")]
    """The MP4 files."""


class TrtcRecordingMp4StoppedInfo(WireModel):
    """What happened."""

    room_id: Annotated[
        TrtcRecordingMp4StoppedInfoRoomIdInteger | TrtcRecordingMp4StoppedInfoRoomIdString,
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
    payload: Annotated[TrtcRecordingMp4StoppedPayload, Field(alias="Payload")]


class TrtcRecordingMp4StoppedCallback(WireModel):
    """An MP4 recording ended and its file was uploaded to the customer's storage. One recording may send several, one for each file."""

    event_group_id: Annotated[Exact[Literal[3]], Field(alias="EventGroupId")]
    """The group of events: cloud recording. Names the callback together with EventType."""
    event_type: Annotated[Exact[Literal[310]], Field(alias="EventType")]
    """Names the callback within its group."""
    callback_ts: Annotated[UnixMilliseconds, Field(alias="CallbackTs")]
    """When the callback was sent, in milliseconds."""
    event_info: Annotated[TrtcRecordingMp4StoppedInfo, Field(alias="EventInfo")]
