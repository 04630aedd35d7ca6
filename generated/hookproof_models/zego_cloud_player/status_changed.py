# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import (
    Exact,
    MillisecondsMoment,
    TextInteger,
    UnixMillisecondsString,
    UnixSecondsString,
    WireModel,
)
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType

from ..common.sha1_hex_string import Sha1HexString


CloudPlayerStatusCallbackAppIDInteger = TypeAliasType(
    "CloudPlayerStatusCallbackAppIDInteger",
    Annotated[int, Field(ge=0, le=4294967295, title="CloudPlayerStatusCallbackAppIDInteger")],
)
"""App identifier, 32 bits in this product's API. The table has a number, the sample of an upload has it as text."""


class CloudPlayerStatusDetail(WireModel):
    """The new status."""

    status: Annotated[Exact[Literal[1, 2, 3, 4, 5, 6, 7, 8]] | int, Field(alias="Status")]
    """1 being created, 2 connecting to the media, 3 waiting to play, 4 playing, 5 paused, 6 could not connect to the media, 7 ended, 8 destroyed."""
    play_index: Annotated[
        int | MISSING, Field(alias="PlayIndex", ge=-2147483648, le=2147483647)
    ] = MISSING
    """Place of the media in the list that is played. It counts only while playing or paused (Status 4, 5)."""


class CloudPlayerStatusCallback(WireModel):
    """The status of a cloud player changed."""

    app_id: Annotated[CloudPlayerStatusCallbackAppIDInteger | TextInteger, Field(alias="AppID")]
    """App identifier, 32 bits in this product's API. The table has a number, the sample of an upload has it as text."""
    room_id: Annotated[str, Field(alias="RoomId", min_length=1)]
    """Room that the player publishes to."""
    player_id: Annotated[str, Field(alias="PlayerId", min_length=1)]
    """The player."""
    event_type: Annotated[Exact[Literal[3]], Field(alias="EventType")]
    """Names the callback."""
    nonce: Annotated[str, Field(alias="Nonce", min_length=1)]
    """Random text, not always digits. Part of the signature."""
    timestamp: Annotated[UnixSecondsString, Field(alias="Timestamp")]
    """When the callback was sent. Part of the signature."""
    signature: Annotated[Sha1HexString, Field(alias="Signature")]
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    event_time: Annotated[MillisecondsMoment | UnixMillisecondsString, Field(alias="EventTime")]
    """When the event happened, in milliseconds; tells the order of events. Text in the table, a number in the sample of a player."""
    detail: Annotated[CloudPlayerStatusDetail, Field(alias="Detail")]
