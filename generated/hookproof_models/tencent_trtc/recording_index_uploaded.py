# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import Field
from typing_extensions import TypeAliasType


TrtcRecordingIndexUploadedInfoRoomIdInteger = TypeAliasType(
    "TrtcRecordingIndexUploadedInfoRoomIdInteger",
    Annotated[
        int,
        Field(ge=0, le=18446744073709551615, title="TrtcRecordingIndexUploadedInfoRoomIdInteger"),
    ],
)
"""The room: a number or text, as it was entered in the client."""


TrtcRecordingIndexUploadedInfoRoomIdString = TypeAliasType(
    "TrtcRecordingIndexUploadedInfoRoomIdString",
    Annotated[str, Field(min_length=1, title="TrtcRecordingIndexUploadedInfoRoomIdString")],
)
"""The room: a number or text, as it was entered in the client."""


class TrtcRecordingIndexUploadedPayload(WireModel):
    """The details of this event."""

    file_list: Annotated[str, Field(alias="FileList", min_length=1)]
    """Name of the M3U8 file."""


class TrtcRecordingIndexUploadedInfo(WireModel):
    """What happened."""

    room_id: Annotated[
        TrtcRecordingIndexUploadedInfoRoomIdInteger | TrtcRecordingIndexUploadedInfoRoomIdString,
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
    payload: Annotated[TrtcRecordingIndexUploadedPayload, Field(alias="Payload")]


class TrtcRecordingIndexUploadedCallback(WireModel):
    """The M3U8 index of a recording was made and uploaded for the first time."""

    event_group_id: Annotated[Exact[Literal[3]], Field(alias="EventGroupId")]
    """The group of events: cloud recording. Names the callback together with EventType."""
    event_type: Annotated[Exact[Literal[304]], Field(alias="EventType")]
    """Names the callback within its group."""
    callback_ts: Annotated[UnixMilliseconds, Field(alias="CallbackTs")]
    """When the callback was sent, in milliseconds."""
    event_info: Annotated[TrtcRecordingIndexUploadedInfo, Field(alias="EventInfo")]
