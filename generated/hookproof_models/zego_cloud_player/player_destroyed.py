# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import (
    Exact,
    MillisecondsMoment,
    TextInteger,
    UnixMillisecondsString,
    UnixSeconds,
    UnixSecondsString,
    WireModel,
)
from pydantic import Field
from typing_extensions import TypeAliasType

from ..common.sha1_hex_string import Sha1HexString


CloudPlayerDestroyedCallbackAppIDInteger = TypeAliasType(
    "CloudPlayerDestroyedCallbackAppIDInteger",
    Annotated[int, Field(ge=0, le=4294967295, title="CloudPlayerDestroyedCallbackAppIDInteger")],
)
"""App identifier, 32 bits in this product's API. The table has a number, the sample of an upload has it as text."""


class CloudPlayerDestroyedDetail(WireModel):
    """Why the player was destroyed."""

    play_time: Annotated[UnixSeconds, Field(alias="PlayTime")]
    """When it began to play."""
    reason: Annotated[Exact[Literal[1, 2, 3, 4, 5]] | int, Field(alias="Reason")]
    """1 destroyed by DeletePlayer, 2 idle for longer than MaxIdleTime, 3 the media ended, 4 publishing failed, 5 could not enter the room or was removed from it."""


class CloudPlayerDestroyedCallback(WireModel):
    """A cloud player was destroyed, on request or by itself."""

    app_id: Annotated[CloudPlayerDestroyedCallbackAppIDInteger | TextInteger, Field(alias="AppID")]
    """App identifier, 32 bits in this product's API. The table has a number, the sample of an upload has it as text."""
    room_id: Annotated[str, Field(alias="RoomId", min_length=1)]
    """Room that the player publishes to."""
    player_id: Annotated[str, Field(alias="PlayerId", min_length=1)]
    """The player."""
    event_type: Annotated[Exact[Literal[2]], Field(alias="EventType")]
    """Names the callback."""
    nonce: Annotated[str, Field(alias="Nonce", min_length=1)]
    """Random text, not always digits. Part of the signature."""
    timestamp: Annotated[UnixSecondsString, Field(alias="Timestamp")]
    """When the callback was sent. Part of the signature."""
    signature: Annotated[Sha1HexString, Field(alias="Signature")]
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    event_time: Annotated[MillisecondsMoment | UnixMillisecondsString, Field(alias="EventTime")]
    """When the event happened, in milliseconds; tells the order of events. Text in the table, a number in the sample of a player."""
    detail: Annotated[CloudPlayerDestroyedDetail, Field(alias="Detail")]
