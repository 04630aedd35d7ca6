# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import Field
from typing_extensions import TypeAliasType


TrtcSubstreamStartedInfoRoomIdInteger = TypeAliasType(
    "TrtcSubstreamStartedInfoRoomIdInteger",
    Annotated[
        int, Field(ge=0, le=18446744073709551615, title="TrtcSubstreamStartedInfoRoomIdInteger")
    ],
)
"""The room: a number or text, as it was entered in the client."""


TrtcSubstreamStartedInfoRoomIdString = TypeAliasType(
    "TrtcSubstreamStartedInfoRoomIdString",
    Annotated[str, Field(min_length=1, title="TrtcSubstreamStartedInfoRoomIdString")],
)
"""The room: a number or text, as it was entered in the client."""


class TrtcSubstreamStartedInfo(WireModel):
    """What happened."""

    room_id: Annotated[
        TrtcSubstreamStartedInfoRoomIdInteger | TrtcSubstreamStartedInfoRoomIdString,
        Field(alias="RoomId"),
    ]
    """The room: a number or text, as it was entered in the client."""
    event_ts: Annotated[UnixSeconds, Field(alias="EventTs")]
    """When it happened, in seconds. Kept for older receivers; EventMsTs is the exact one."""
    event_ms_ts: Annotated[UnixMilliseconds, Field(alias="EventMsTs")]
    """When it happened, in milliseconds."""
    user_id: Annotated[str, Field(alias="UserId", min_length=1)]
    """The user who sends."""


class TrtcSubstreamStartedCallback(WireModel):
    """A user began to send the substream, such as a shared screen."""

    event_group_id: Annotated[Exact[Literal[2]], Field(alias="EventGroupId")]
    """The group of events: media. Names the callback together with EventType."""
    event_type: Annotated[Exact[Literal[205]], Field(alias="EventType")]
    """Names the callback within its group."""
    callback_ts: Annotated[UnixMilliseconds, Field(alias="CallbackTs")]
    """When the callback was sent, in milliseconds."""
    event_info: Annotated[TrtcSubstreamStartedInfo, Field(alias="EventInfo")]
