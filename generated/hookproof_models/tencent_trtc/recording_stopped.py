# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, SecondsTextMoment, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import Field
from typing_extensions import TypeAliasType


TrtcRecordingStoppedInfoRoomIdInteger = TypeAliasType(
    "TrtcRecordingStoppedInfoRoomIdInteger",
    Annotated[
        int, Field(ge=0, le=18446744073709551615, title="TrtcRecordingStoppedInfoRoomIdInteger")
    ],
)
"""The room: a number or text, as it was entered in the client."""


TrtcRecordingStoppedInfoRoomIdString = TypeAliasType(
    "TrtcRecordingStoppedInfoRoomIdString",
    Annotated[str, Field(min_length=1, title="TrtcRecordingStoppedInfoRoomIdString")],
)
"""The room: a number or text, as it was entered in the client."""


class TrtcRecordingStoppedPayload(WireModel):
    """The details of this event."""

    leave_code: Annotated[Exact[Literal[0, 1, 2, 3, 4, 99, 100, 101]], Field(alias="LeaveCode")]
    """Why: 0 it was stopped, 1 the customer removed it from the room, 2 the customer dismissed the room, 3 the server removed it, 4 the server dismissed the room, 99 nobody else sends, 100 it timed out, 101 its user entered the room once more."""


class TrtcRecordingStoppedInfo(WireModel):
    """What happened."""

    room_id: Annotated[
        TrtcRecordingStoppedInfoRoomIdInteger | TrtcRecordingStoppedInfoRoomIdString,
        Field(alias="RoomId"),
    ]
    """The room: a number or text, as it was entered in the client."""
    event_ts: Annotated[UnixSeconds | SecondsTextMoment, Field(alias="EventTs")]
    """When it happened, in seconds. Documented as a number, shown as text; EventMsTs is the exact one."""
    event_ms_ts: Annotated[UnixMilliseconds, Field(alias="EventMsTs")]
    """When it happened, in milliseconds."""
    user_id: Annotated[str, Field(alias="UserId", min_length=1)]
    """The user that the recorder joins the room as."""
    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The recording task."""
    payload: Annotated[TrtcRecordingStoppedPayload, Field(alias="Payload")]


class TrtcRecordingStoppedCallback(WireModel):
    """The recorder of a task left the room."""

    event_group_id: Annotated[Exact[Literal[3]], Field(alias="EventGroupId")]
    """The group of events: cloud recording. Names the callback together with EventType."""
    event_type: Annotated[Exact[Literal[302]], Field(alias="EventType")]
    """Names the callback within its group."""
    callback_ts: Annotated[UnixMilliseconds, Field(alias="CallbackTs")]
    """When the callback was sent, in milliseconds."""
    event_info: Annotated[TrtcRecordingStoppedInfo, Field(alias="EventInfo")]
