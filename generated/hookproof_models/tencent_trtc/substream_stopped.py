# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


TrtcSubstreamStoppedInfoRoomIdInteger = TypeAliasType(
    "TrtcSubstreamStoppedInfoRoomIdInteger",
    Annotated[
        int, Field(ge=0, le=18446744073709551615, title="TrtcSubstreamStoppedInfoRoomIdInteger")
    ],
)
"""The room: a number or text, as it was entered in the client."""


TrtcSubstreamStoppedInfoRoomIdString = TypeAliasType(
    "TrtcSubstreamStoppedInfoRoomIdString",
    Annotated[str, Field(min_length=1, title="TrtcSubstreamStoppedInfoRoomIdString")],
)
"""The room: a number or text, as it was entered in the client."""


class TrtcSubstreamStoppedInfo(WireModel):
    """What happened."""

    room_id: Annotated[
        TrtcSubstreamStoppedInfoRoomIdInteger | TrtcSubstreamStoppedInfoRoomIdString,
        Field(alias="RoomId"),
    ]
    """The room: a number or text, as it was entered in the client."""
    event_ts: Annotated[UnixSeconds, Field(alias="EventTs")]
    """When it happened, in seconds. Kept for older receivers; EventMsTs is the exact one."""
    event_ms_ts: Annotated[UnixMilliseconds, Field(alias="EventMsTs")]
    """When it happened, in milliseconds."""
    user_id: Annotated[str, Field(alias="UserId", min_length=1)]
    """The user who sends."""
    reason: Annotated[int | MISSING, Field(alias="Reason", ge=0, le=4294967295)] = MISSING
    """Not documented for this event and 0 in its sample."""


class TrtcSubstreamStoppedCallback(WireModel):
    """A user stopped sending the substream."""

    event_group_id: Annotated[Exact[Literal[2]], Field(alias="EventGroupId")]
    """The group of events: media. Names the callback together with EventType."""
    event_type: Annotated[Exact[Literal[206]], Field(alias="EventType")]
    """Names the callback within its group."""
    callback_ts: Annotated[UnixMilliseconds, Field(alias="CallbackTs")]
    """When the callback was sent, in milliseconds."""
    event_info: Annotated[TrtcSubstreamStoppedInfo, Field(alias="EventInfo")]
