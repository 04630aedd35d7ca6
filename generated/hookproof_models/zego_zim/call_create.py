# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import DecimalString, UnixSeconds, WireModel
from pydantic import Field

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class ZimCallCreateCallback(WireModel):
    """A user has invited others to a call. Callees who are logged out are left out; where all of them are, nothing is sent."""

    appid: DecimalString
    """App identifier."""
    event: Literal["call_create"]
    """Names the callback."""
    timestamp: UnixSeconds
    """When the callback was sent. The unit is not stated; the sample shows seconds. Part of the signature."""
    nonce: NonceString
    """Random number. Part of the signature."""
    signature: Sha1HexString
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    call_id: Annotated[str, Field(min_length=1)]
    """The call."""
    user_ids: list[str]
    """The users who are called, without those who are logged out."""
    create_time: UnixSeconds
    """When the call was created. The unit is not stated; the sample shows seconds."""
    payload: str
    """What the caller added for the app."""
    caller: str
    """The user who called."""
    timeout: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """Seconds to wait for an answer of the callees."""
