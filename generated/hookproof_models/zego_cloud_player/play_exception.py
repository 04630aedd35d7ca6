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


CloudPlayerExceptionCallbackAppIDInteger = TypeAliasType(
    "CloudPlayerExceptionCallbackAppIDInteger",
    Annotated[int, Field(ge=0, le=4294967295, title="CloudPlayerExceptionCallbackAppIDInteger")],
)
"""App identifier, 32 bits in this product's API. The table has a number, the sample of an upload has it as text."""


class CloudPlayerExceptionDetail(WireModel):
    """What went wrong."""

    code: Annotated[
        Exact[Literal[-7, -6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6, 7]] | int, Field(alias="Code")
    ]
    """-1 loading timed out, -2 a seek timed out, -3 a seek failed, -4 odd rate of audio frames in rendering, -5 faulty data in decoding, -6 sound and picture apart, -7 stutter; 1 odd progress, 2 odd video frame rate (normal detection), 3 the same (strict detection, off unless asked for), 4 odd audio frame rate, 5 flow control for over 5 minutes, 6 decoding failed, 7 one of StreamUrlList could not be loaded."""
    play_index: Annotated[
        int | MISSING, Field(alias="PlayIndex", ge=-2147483648, le=2147483647)
    ] = MISSING
    """Place in the list of the media that could not be loaded. It counts only with Code 7."""


class CloudPlayerExceptionCallback(WireModel):
    """Something went wrong while a cloud player ran. The player retries by itself; many of these in a short time mean that the server of the media is worth a look."""

    app_id: Annotated[CloudPlayerExceptionCallbackAppIDInteger | TextInteger, Field(alias="AppID")]
    """App identifier, 32 bits in this product's API. The table has a number, the sample of an upload has it as text."""
    room_id: Annotated[str, Field(alias="RoomId", min_length=1)]
    """Room that the player publishes to."""
    player_id: Annotated[str, Field(alias="PlayerId", min_length=1)]
    """The player."""
    event_type: Annotated[Exact[Literal[4]], Field(alias="EventType")]
    """Names the callback."""
    nonce: Annotated[str, Field(alias="Nonce", min_length=1)]
    """Random text, not always digits. Part of the signature."""
    timestamp: Annotated[UnixSecondsString, Field(alias="Timestamp")]
    """When the callback was sent. Part of the signature."""
    signature: Annotated[Sha1HexString, Field(alias="Signature")]
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    event_time: Annotated[MillisecondsMoment | UnixMillisecondsString, Field(alias="EventTime")]
    """When the event happened, in milliseconds; tells the order of events. Text in the table, a number in the sample of a player."""
    detail: Annotated[CloudPlayerExceptionDetail, Field(alias="Detail")]
