# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


TrtcRecordingUploadStoppedInfoRoomIdInteger = TypeAliasType(
    "TrtcRecordingUploadStoppedInfoRoomIdInteger",
    Annotated[
        int,
        Field(ge=0, le=18446744073709551615, title="TrtcRecordingUploadStoppedInfoRoomIdInteger"),
    ],
)
"""The room: a number or text, as it was entered in the client."""


TrtcRecordingUploadStoppedInfoRoomIdString = TypeAliasType(
    "TrtcRecordingUploadStoppedInfoRoomIdString",
    Annotated[str, Field(min_length=1, title="TrtcRecordingUploadStoppedInfoRoomIdString")],
)
"""The room: a number or text, as it was entered in the client."""


class TrtcRecordingUploadStoppedPayload(WireModel):
    """The details of this event."""

    leave_code: Annotated[Exact[Literal[0, 1, 2]] | MISSING, Field(alias="LeaveCode")] = MISSING
    """0 all files were uploaded, 1 a file is left on the server or in backup storage, 2 the files that were left are uploaded now."""
    status: Annotated[Exact[Literal[0, 1, 2]] | MISSING, Field(alias="Status")] = MISSING
    """Not documented, and shown in place of LeaveCode."""


class TrtcRecordingUploadStoppedInfo(WireModel):
    """What happened."""

    room_id: Annotated[
        TrtcRecordingUploadStoppedInfoRoomIdInteger | TrtcRecordingUploadStoppedInfoRoomIdString,
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
    payload: Annotated[TrtcRecordingUploadStoppedPayload, Field(alias="Payload")]


class TrtcRecordingUploadStoppedCallback(WireModel):
    """The upload of the HLS files of a recording ended."""

    event_group_id: Annotated[Exact[Literal[3]], Field(alias="EventGroupId")]
    """The group of events: cloud recording. Names the callback together with EventType."""
    event_type: Annotated[Exact[Literal[305]], Field(alias="EventType")]
    """Names the callback within its group."""
    callback_ts: Annotated[UnixMilliseconds, Field(alias="CallbackTs")]
    """When the callback was sent, in milliseconds."""
    event_info: Annotated[TrtcRecordingUploadStoppedInfo, Field(alias="EventInfo")]
