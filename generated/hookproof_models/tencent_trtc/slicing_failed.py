# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import Field
from typing_extensions import TypeAliasType


TrtcSlicingFailedInfoRoomIdInteger = TypeAliasType(
    "TrtcSlicingFailedInfoRoomIdInteger",
    Annotated[
        int, Field(ge=0, le=18446744073709551615, title="TrtcSlicingFailedInfoRoomIdInteger")
    ],
)
"""The room: a number or text, as it was entered in the client."""


TrtcSlicingFailedInfoRoomIdString = TypeAliasType(
    "TrtcSlicingFailedInfoRoomIdString",
    Annotated[str, Field(min_length=1, title="TrtcSlicingFailedInfoRoomIdString")],
)
"""The room: a number or text, as it was entered in the client."""


class TrtcSlicingFailedPayload(WireModel):
    """The details of the event."""

    code: Annotated[int, Field(alias="Code")]
    """Code of the fault, that of the storage."""
    message: Annotated[str, Field(alias="Message")]
    """The fault in the words of the storage."""


class TrtcSlicingFailedInfo(WireModel):
    """What happened."""

    room_id: Annotated[
        TrtcSlicingFailedInfoRoomIdInteger | TrtcSlicingFailedInfoRoomIdString,
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
    payload: Annotated[TrtcSlicingFailedPayload, Field(alias="Payload")]


class TrtcSlicingFailedCallback(WireModel):
    """Slices of a room's streams could not be stored."""

    event_group_id: Annotated[Exact[Literal[10]], Field(alias="EventGroupId")]
    """The group of events: slicing. Names the callback together with EventType."""
    event_type: Annotated[Exact[Literal[1006]], Field(alias="EventType")]
    """Names the callback within its group."""
    callback_ts: Annotated[UnixMilliseconds, Field(alias="CallbackTs")]
    """When the callback was sent, in milliseconds."""
    event_info: Annotated[TrtcSlicingFailedInfo, Field(alias="EventInfo")]
