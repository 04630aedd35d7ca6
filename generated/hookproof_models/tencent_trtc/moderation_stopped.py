# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, SecondsTextMoment, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import Field
from typing_extensions import TypeAliasType


TrtcModerationStoppedInfoRoomIdInteger = TypeAliasType(
    "TrtcModerationStoppedInfoRoomIdInteger",
    Annotated[
        int, Field(ge=0, le=18446744073709551615, title="TrtcModerationStoppedInfoRoomIdInteger")
    ],
)
"""The room: a number or text, as it was entered in the client."""


TrtcModerationStoppedInfoRoomIdString = TypeAliasType(
    "TrtcModerationStoppedInfoRoomIdString",
    Annotated[str, Field(min_length=1, title="TrtcModerationStoppedInfoRoomIdString")],
)
"""The room: a number or text, as it was entered in the client."""


class TrtcModerationStoppedPayload(WireModel):
    """The details of this event."""

    leave_code: Annotated[Exact[Literal[0, 1, 2, 3, 4, 99, 100, 101]], Field(alias="LeaveCode")]
    """0 stopped as asked; 1 the customer removed the robot; 2 the customer dismissed the room; 3 the server removed the robot; 4 the server dismissed the room; 99 nobody but the robot had a stream in the room for too long; 100 the room timed out; 101 the same user entered the room again and put the robot out."""


class TrtcModerationStoppedInfo(WireModel):
    """What happened."""

    room_id: Annotated[
        TrtcModerationStoppedInfoRoomIdInteger | TrtcModerationStoppedInfoRoomIdString,
        Field(alias="RoomId"),
    ]
    """The room: a number or text, as it was entered in the client."""
    event_ts: Annotated[UnixSeconds | SecondsTextMoment, Field(alias="EventTs")]
    """When it happened, in seconds. EventMsTs is recommended instead. A number in the page's table, text in this event's sample."""
    event_ms_ts: Annotated[UnixMilliseconds, Field(alias="EventMsTs")]
    """When it happened, in milliseconds."""
    user_id: Annotated[str, Field(alias="UserId", min_length=1)]
    """The robot that takes the streams from the room."""
    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The task that has streams understood."""
    payload: Annotated[TrtcModerationStoppedPayload, Field(alias="Payload")]


class TrtcModerationStoppedCallback(WireModel):
    """The module that has the content of a room understood has left it."""

    event_group_id: Annotated[Exact[Literal[11]], Field(alias="EventGroupId")]
    """The group of events: content understanding (moderation). Names the callback together with EventType."""
    event_type: Annotated[Exact[Literal[1102]], Field(alias="EventType")]
    """Names the callback within its group."""
    callback_ts: Annotated[UnixMilliseconds, Field(alias="CallbackTs")]
    """When the callback was sent, in milliseconds."""
    event_info: Annotated[TrtcModerationStoppedInfo, Field(alias="EventInfo")]
