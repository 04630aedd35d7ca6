# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import DecimalString, Exact, MillisecondsMoment, UnixSeconds, WireModel
from pydantic import Field

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class ZimRoomAttribute(WireModel):
    """An attribute of a room."""

    key: str
    """Name of the attribute."""
    value: str
    """Value of the attribute."""
    auto_delete: Exact[Literal[0, 1]]
    """1 where the attribute goes when operator_account leaves the room, 0 where it stays."""


class ZimRoomCreateCallback(WireModel):
    """A user has created a room of the chat. ZEGOCLOUD Express sends an event of the same name with other fields and types."""

    appid: DecimalString
    """App identifier."""
    event: Literal["room_create"]
    """Names the callback."""
    timestamp: UnixSeconds | MillisecondsMoment
    """When the room was created. Documented in milliseconds since 2025-09-11, while the sample shows ten digits, which are seconds. Part of the signature."""
    nonce: NonceString
    """Random number. Part of the signature."""
    signature: Sha1HexString
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    room_id: Annotated[str, Field(min_length=1)]
    """The room."""
    operator_account: str
    """The user who created the room."""
    room_name: str
    """Name of the room."""
    attributes: list[ZimRoomAttribute]
    """Attributes that the room was created with."""
