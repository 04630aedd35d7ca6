# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


TrtcRoomLeftInfoRoomIdInteger = TypeAliasType(
    "TrtcRoomLeftInfoRoomIdInteger",
    Annotated[int, Field(ge=0, le=18446744073709551615, title="TrtcRoomLeftInfoRoomIdInteger")],
)
"""The room: a number or text, as it was entered in the client."""


TrtcRoomLeftInfoRoomIdString = TypeAliasType(
    "TrtcRoomLeftInfoRoomIdString",
    Annotated[str, Field(min_length=1, title="TrtcRoomLeftInfoRoomIdString")],
)
"""The room: a number or text, as it was entered in the client."""


class TrtcRoomLeftInfo(WireModel):
    """What happened."""

    room_id: Annotated[
        TrtcRoomLeftInfoRoomIdInteger | TrtcRoomLeftInfoRoomIdString, Field(alias="RoomId")
    ]
    """The room: a number or text, as it was entered in the client."""
    event_ts: Annotated[UnixSeconds, Field(alias="EventTs")]
    """When it happened, in seconds. Kept for older receivers; EventMsTs is the exact one."""
    event_ms_ts: Annotated[UnixMilliseconds, Field(alias="EventMsTs")]
    """When it happened, in milliseconds."""
    user_id: Annotated[str, Field(alias="UserId", min_length=1)]
    """The user who left."""
    unique_id: Annotated[int | MISSING, Field(alias="UniqueId", ge=0, le=18446744073709551615)] = (
        MISSING
    )
    """Tells one stay in the room from another. Only for those who subscribed before 2021-07-30; since then repeats are not sent."""
    role: Annotated[Exact[Literal[20, 21]] | MISSING, Field(alias="Role")] = MISSING
    """20 anchor, 21 audience."""
    reason: Annotated[Exact[Literal[1, 2, 3, 4, 5]] | MISSING, Field(alias="Reason")] = MISSING
    """1 of own accord, 2 timed out (also an Android app that was killed), 3 removed from the room, 4 communication across rooms ended, 5 the process was killed."""


class TrtcRoomLeftCallback(WireModel):
    """A user left a room. No events follow for the streams that ended with it."""

    event_group_id: Annotated[Exact[Literal[1]], Field(alias="EventGroupId")]
    """The group of events: room. Names the callback together with EventType."""
    event_type: Annotated[Exact[Literal[104]], Field(alias="EventType")]
    """Names the callback within its group."""
    callback_ts: Annotated[UnixMilliseconds, Field(alias="CallbackTs")]
    """When the callback was sent, in milliseconds."""
    event_info: Annotated[TrtcRoomLeftInfo, Field(alias="EventInfo")]
