# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


TrtcRoomEnteredInfoRoomIdInteger = TypeAliasType(
    "TrtcRoomEnteredInfoRoomIdInteger",
    Annotated[int, Field(ge=0, le=18446744073709551615, title="TrtcRoomEnteredInfoRoomIdInteger")],
)
"""The room: a number or text, as it was entered in the client."""


TrtcRoomEnteredInfoRoomIdString = TypeAliasType(
    "TrtcRoomEnteredInfoRoomIdString",
    Annotated[str, Field(min_length=1, title="TrtcRoomEnteredInfoRoomIdString")],
)
"""The room: a number or text, as it was entered in the client."""


class TrtcRoomEnteredInfo(WireModel):
    """What happened."""

    room_id: Annotated[
        TrtcRoomEnteredInfoRoomIdInteger | TrtcRoomEnteredInfoRoomIdString, Field(alias="RoomId")
    ]
    """The room: a number or text, as it was entered in the client."""
    event_ts: Annotated[UnixSeconds, Field(alias="EventTs")]
    """When it happened, in seconds. Kept for older receivers; EventMsTs is the exact one."""
    event_ms_ts: Annotated[UnixMilliseconds | MISSING, Field(alias="EventMsTs")] = MISSING
    """When it happened, in milliseconds."""
    user_id: Annotated[str, Field(alias="UserId", min_length=1)]
    """The user who entered."""
    unique_id: Annotated[int | MISSING, Field(alias="UniqueId", ge=0, le=18446744073709551615)] = (
        MISSING
    )
    """Tells one stay in the room from another. Only for those who subscribed before 2021-07-30; since then repeats are not sent."""
    role: Annotated[Exact[Literal[20, 21]] | MISSING, Field(alias="Role")] = MISSING
    """20 anchor, 21 audience."""
    terminal_type: Annotated[
        Exact[Literal[1, 2, 3, 4, 100]] | MISSING, Field(alias="TerminalType")
    ] = MISSING
    """1 Windows, 2 Android, 3 iOS, 4 Linux, 100 other."""
    user_type: Annotated[Exact[Literal[1, 2, 3]] | MISSING, Field(alias="UserType")] = MISSING
    """1 WebRTC, 2 mini program, 3 native SDK."""
    reason: Annotated[Exact[Literal[1, 2, 3, 4]] | MISSING, Field(alias="Reason")] = MISSING
    """1 of own accord, 2 the network changed, 3 again after a timeout, 4 communication across rooms."""


class TrtcRoomEnteredCallback(WireModel):
    """A user entered a room."""

    event_group_id: Annotated[Exact[Literal[1]], Field(alias="EventGroupId")]
    """The group of events: room. Names the callback together with EventType."""
    event_type: Annotated[Exact[Literal[103]], Field(alias="EventType")]
    """Names the callback within its group."""
    callback_ts: Annotated[UnixMilliseconds, Field(alias="CallbackTs")]
    """When the callback was sent, in milliseconds."""
    event_info: Annotated[TrtcRoomEnteredInfo, Field(alias="EventInfo")]
