# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import Field
from typing_extensions import TypeAliasType


TrtcSlicingStoppedInfoRoomIdInteger = TypeAliasType(
    "TrtcSlicingStoppedInfoRoomIdInteger",
    Annotated[
        int, Field(ge=0, le=18446744073709551615, title="TrtcSlicingStoppedInfoRoomIdInteger")
    ],
)
"""The room: a number or text, as it was entered in the client."""


TrtcSlicingStoppedInfoRoomIdString = TypeAliasType(
    "TrtcSlicingStoppedInfoRoomIdString",
    Annotated[str, Field(min_length=1, title="TrtcSlicingStoppedInfoRoomIdString")],
)
"""The room: a number or text, as it was entered in the client."""


class TrtcSlicingStoppedPayload(WireModel):
    """The details of the event."""

    leave_code: Annotated[Exact[Literal[0, 1, 2, 3, 4, 99, 100, 101]], Field(alias="LeaveCode")]
    """0 stopped as asked; 1 the customer removed the robot; 2 the customer dismissed the room; 3 the server removed the robot; 4 the server dismissed the room; 99 nobody but the robot was in the room for too long; 100 the room timed out; 101 the same user entered the room again and put the robot out."""


class TrtcSlicingStoppedInfo(WireModel):
    """What happened."""

    room_id: Annotated[
        TrtcSlicingStoppedInfoRoomIdInteger | TrtcSlicingStoppedInfoRoomIdString,
        Field(alias="RoomId"),
    ]
    """The room: a number or text, as it was entered in the client."""
    event_ts: Annotated[UnixSeconds, Field(alias="EventTs")]
    """When it happened, in seconds. EventMsTs is recommended instead."""
    event_ms_ts: Annotated[UnixMilliseconds, Field(alias="EventMsTs")]
    """When it happened, in milliseconds."""
    user_id: Annotated[str, Field(alias="UserId", min_length=1)]
    """The robot that takes the streams from the room."""
    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The task that slices."""
    payload: Annotated[TrtcSlicingStoppedPayload, Field(alias="Payload")]


class TrtcSlicingStoppedCallback(WireModel):
    """The module that slices the streams of a room has left it."""

    event_group_id: Annotated[Exact[Literal[10]], Field(alias="EventGroupId")]
    """The group of events: slicing. Names the callback together with EventType."""
    event_type: Annotated[Exact[Literal[1002]], Field(alias="EventType")]
    """Names the callback within its group."""
    callback_ts: Annotated[UnixMilliseconds, Field(alias="CallbackTs")]
    """When the callback was sent, in milliseconds."""
    event_info: Annotated[TrtcSlicingStoppedInfo, Field(alias="EventInfo")]
