# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


TrtcRoomCreatedInfoRoomIdInteger = TypeAliasType(
    "TrtcRoomCreatedInfoRoomIdInteger",
    Annotated[int, Field(ge=0, le=18446744073709551615, title="TrtcRoomCreatedInfoRoomIdInteger")],
)
"""The room: a number or text, as it was entered in the client."""


TrtcRoomCreatedInfoRoomIdString = TypeAliasType(
    "TrtcRoomCreatedInfoRoomIdString",
    Annotated[str, Field(min_length=1, title="TrtcRoomCreatedInfoRoomIdString")],
)
"""The room: a number or text, as it was entered in the client."""


class TrtcRoomCreatedInfo(WireModel):
    """What happened."""

    room_id: Annotated[
        TrtcRoomCreatedInfoRoomIdInteger | TrtcRoomCreatedInfoRoomIdString, Field(alias="RoomId")
    ]
    """The room: a number or text, as it was entered in the client."""
    event_ts: Annotated[UnixSeconds, Field(alias="EventTs")]
    """When it happened, in seconds. Kept for older receivers; EventMsTs is the exact one."""
    event_ms_ts: Annotated[UnixMilliseconds | MISSING, Field(alias="EventMsTs")] = MISSING
    """When it happened, in milliseconds."""
    user_id: Annotated[str, Field(alias="UserId", min_length=1)]
    """The user who created it."""
    unique_id: Annotated[int | MISSING, Field(alias="UniqueId", ge=0, le=18446744073709551615)] = (
        MISSING
    )
    """Tells one stay in the room from another. Only for those who subscribed before 2021-07-30; since then repeats are not sent."""


class TrtcRoomCreatedCallback(WireModel):
    """A room was created."""

    event_group_id: Annotated[Exact[Literal[1]], Field(alias="EventGroupId")]
    """The group of events: room. Names the callback together with EventType."""
    event_type: Annotated[Exact[Literal[101]], Field(alias="EventType")]
    """Names the callback within its group."""
    callback_ts: Annotated[UnixMilliseconds, Field(alias="CallbackTs")]
    """When the callback was sent, in milliseconds."""
    event_info: Annotated[TrtcRoomCreatedInfo, Field(alias="EventInfo")]
