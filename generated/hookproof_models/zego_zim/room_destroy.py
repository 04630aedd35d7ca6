# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import DecimalString, MillisecondsMoment, UnixSeconds, WireModel
from pydantic import Field

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class ZimRoomDestroyCallback(WireModel):
    """A room of the chat has been destroyed."""

    appid: DecimalString
    """App identifier."""
    event: Literal["room_destroy"]
    """Names the callback."""
    timestamp: UnixSeconds | MillisecondsMoment
    """When the room was destroyed. Documented in milliseconds since 2025-09-11, while the sample shows ten digits, which are seconds. Part of the signature."""
    nonce: NonceString
    """Random number. Part of the signature."""
    signature: Sha1HexString
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    room_id: Annotated[str, Field(min_length=1)]
    """The room."""
    user_ids: list[str]
    """The users who were in the room."""
    operator_account: str
    """The user who destroyed the room."""
