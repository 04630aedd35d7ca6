# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import Field
from typing_extensions import TypeAliasType


TrtcRecordingFailoverInfoRoomIdInteger = TypeAliasType(
    "TrtcRecordingFailoverInfoRoomIdInteger",
    Annotated[
        int, Field(ge=0, le=18446744073709551615, title="TrtcRecordingFailoverInfoRoomIdInteger")
    ],
)
"""The room: a number or text, as it was entered in the client."""


TrtcRecordingFailoverInfoRoomIdString = TypeAliasType(
    "TrtcRecordingFailoverInfoRoomIdString",
    Annotated[str, Field(min_length=1, title="TrtcRecordingFailoverInfoRoomIdString")],
)
"""The room: a number or text, as it was entered in the client."""


class TrtcRecordingFailoverPayload(WireModel):
    """The details of this event."""

    status: Annotated[Exact[Literal[0]], Field(alias="Status")]
    """0, the move is done."""


class TrtcRecordingFailoverInfo(WireModel):
    """What happened."""

    room_id: Annotated[
        TrtcRecordingFailoverInfoRoomIdInteger | TrtcRecordingFailoverInfoRoomIdString,
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
    payload: Annotated[TrtcRecordingFailoverPayload, Field(alias="Payload")]


class TrtcRecordingFailoverCallback(WireModel):
    """A recording task was moved to another machine."""

    event_group_id: Annotated[Exact[Literal[3]], Field(alias="EventGroupId")]
    """The group of events: cloud recording. Names the callback together with EventType."""
    event_type: Annotated[Exact[Literal[306]], Field(alias="EventType")]
    """Names the callback within its group."""
    callback_ts: Annotated[UnixMilliseconds, Field(alias="CallbackTs")]
    """When the callback was sent, in milliseconds."""
    event_info: Annotated[TrtcRecordingFailoverInfo, Field(alias="EventInfo")]
