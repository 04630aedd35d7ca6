# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import DecimalString, UnixSeconds, WireModel
from pydantic import Field

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class ZimCallRejectCallback(WireModel):
    """A callee has rejected a call invitation."""

    appid: DecimalString
    """App identifier."""
    event: Literal["call_reject"]
    """Names the callback."""
    timestamp: UnixSeconds
    """When the callback was sent. The unit is not stated; the sample shows seconds. Part of the signature."""
    nonce: NonceString
    """Random number. Part of the signature."""
    signature: Sha1HexString
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    call_id: Annotated[str, Field(min_length=1)]
    """The call."""
    user_id: Annotated[str, Field(min_length=1)]
    """The user who rejected the call."""
    extend_data: str
    """What that user added for the app."""
