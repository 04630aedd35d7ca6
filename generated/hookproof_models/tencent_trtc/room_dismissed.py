# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


TrtcRoomDismissedInfoRoomIdInteger = TypeAliasType(
    "TrtcRoomDismissedInfoRoomIdInteger",
    Annotated[
        int, Field(ge=0, le=18446744073709551615, title="TrtcRoomDismissedInfoRoomIdInteger")
    ],
)
"""The room: a number or text, as it was entered in the client."""


TrtcRoomDismissedInfoRoomIdString = TypeAliasType(
    "TrtcRoomDismissedInfoRoomIdString",
    Annotated[str, Field(min_length=1, title="TrtcRoomDismissedInfoRoomIdString")],
)
"""The room: a number or text, as it was entered in the client."""


class TrtcRoomDismissedInfo(WireModel):
    """What happened."""

    room_id: Annotated[
        TrtcRoomDismissedInfoRoomIdInteger | TrtcRoomDismissedInfoRoomIdString,
        Field(alias="RoomId"),
    ]
    """The room: a number or text, as it was entered in the client."""
    event_ts: Annotated[UnixSeconds, Field(alias="EventTs")]
    """When it happened, in seconds. Kept for older receivers; EventMsTs is the exact one."""
    event_ms_ts: Annotated[UnixMilliseconds, Field(alias="EventMsTs")]
    """When it happened, in milliseconds."""
    user_id: Annotated[str | MISSING, Field(alias="UserId", min_length=1)] = MISSING
    """The user, where there is one; the sample has none."""
    unique_id: Annotated[int | MISSING, Field(alias="UniqueId", ge=0, le=18446744073709551615)] = (
        MISSING
    )
    """Tells one stay in the room from another. Only for those who subscribed before 2021-07-30; since then repeats are not sent."""


class TrtcRoomDismissedCallback(WireModel):
    """A room was dismissed."""

    event_group_id: Annotated[Exact[Literal[1]], Field(alias="EventGroupId")]
    """The group of events: room. Names the callback together with EventType."""
    event_type: Annotated[Exact[Literal[102]], Field(alias="EventType")]
    """Names the callback within its group."""
    callback_ts: Annotated[UnixMilliseconds, Field(alias="CallbackTs")]
    """When the callback was sent, in milliseconds."""
    event_info: Annotated[TrtcRoomDismissedInfo, Field(alias="EventInfo")]
