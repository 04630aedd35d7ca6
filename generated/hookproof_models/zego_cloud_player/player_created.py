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
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType

from ..common.sha1_hex_string import Sha1HexString


CloudPlayerCreatedCallbackAppIDInteger = TypeAliasType(
    "CloudPlayerCreatedCallbackAppIDInteger",
    Annotated[int, Field(ge=0, le=4294967295, title="CloudPlayerCreatedCallbackAppIDInteger")],
)
"""App identifier, 32 bits in this product's API. The table has a number, the sample of an upload has it as text."""


class CloudPlayerCreatedDetail(WireModel):
    """The player as it was created."""

    create_time: Annotated[UnixSeconds, Field(alias="CreateTime")]
    """When the player was created."""
    play_time: Annotated[UnixSeconds, Field(alias="PlayTime")]
    """When it began or will begin to play."""
    max_idle_time: Annotated[int, Field(alias="MaxIdleTime", ge=0, le=4294967295)]
    """Seconds that the player may be idle, that is not playing, before it is destroyed."""
    stream_url: Annotated[str, Field(alias="StreamUrl", min_length=1)]
    """The media that is played."""


class CloudPlayerCreatedCallback(WireModel):
    """A cloud player was created."""

    app_id: Annotated[CloudPlayerCreatedCallbackAppIDInteger | TextInteger, Field(alias="AppID")]
    """App identifier, 32 bits in this product's API. The table has a number, the sample of an upload has it as text."""
    room_id: Annotated[str, Field(alias="RoomId", min_length=1)]
    """Room that the player publishes to."""
    player_id: Annotated[str, Field(alias="PlayerId", min_length=1)]
    """The player."""
    player_name: Annotated[str | MISSING, Field(alias="PlayerName")] = MISSING
    """Name of the player. In the sample only, in no table; empty unless the request gave one."""
    event_type: Annotated[Exact[Literal[1]], Field(alias="EventType")]
    """Names the callback."""
    nonce: Annotated[str, Field(alias="Nonce", min_length=1)]
    """Random text, not always digits. Part of the signature."""
    timestamp: Annotated[UnixSecondsString, Field(alias="Timestamp")]
    """When the callback was sent. Part of the signature."""
    signature: Annotated[Sha1HexString, Field(alias="Signature")]
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    event_time: Annotated[MillisecondsMoment | UnixMillisecondsString, Field(alias="EventTime")]
    """When the event happened, in milliseconds; tells the order of events. Text in the table, a number in the sample of a player."""
    detail: Annotated[CloudPlayerCreatedDetail, Field(alias="Detail")]
