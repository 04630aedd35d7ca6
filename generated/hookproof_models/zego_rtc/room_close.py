# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMillisecondsString, UnixSeconds, WireModel
from pydantic import Field

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class RoomCloseCallback(WireModel):
    """A room was closed; its page calls it destroyed."""

    event: Literal["room_close"]
    """Names the callback."""
    appid: Annotated[int, Field(ge=0, le=4294967295)]
    """App identifier. A number here, text in most callbacks of this vendor."""
    timestamp: UnixSeconds
    """When the callback was sent; a number here, text in most callbacks of this vendor. Part of the signature."""
    nonce: NonceString
    """Random number. Part of the signature."""
    signature: Sha1HexString
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    room_id: Annotated[str, Field(min_length=1)]
    """The room."""
    room_session_id: Annotated[int, Field(ge=0, le=18446744073709551615)]
    """Identifies the room from its creation to its close; a room of the same name gets another one later. A number over 2^53 here; room_seq of room_login and room_logout is the same value as text."""
    close_reason: Exact[Literal[0, 1, 2, 3]]
    """0 closed normally. Else the room was empty after its last user 1 lost the heartbeat, 2 went offline, 3 was kicked out."""
    room_close_time: UnixMillisecondsString
    """When the room was closed. Text here, while timestamp is a number of seconds."""
