# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import DecimalString, UnixSeconds, WireModel
from pydantic import Field

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class ZimCallCancelCallback(WireModel):
    """A call invitation has been cancelled: by the caller, because the caller was gone before anyone accepted, or because nobody answered in time."""

    appid: DecimalString
    """App identifier."""
    event: Literal["call_cancel"]
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
    """The users who were called, with those who have logged out since."""
    reason: Literal["caller_cancel", "timeout_cancel"]
    """caller_cancel: by the caller, or because the caller was gone. timeout_cancel: nobody answered in time."""
    payload: str
    """What was added to the cancellation for the app."""
