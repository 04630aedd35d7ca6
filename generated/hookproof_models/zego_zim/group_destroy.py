# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import (
    DecimalString,
    MillisecondsMoment,
    MillisecondsTextMoment,
    SecondsTextMoment,
    UnixSeconds,
    WireModel,
)
from pydantic import Field

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class ZimGroupDestroyCallback(WireModel):
    """A group has been disbanded."""

    appid: DecimalString
    """App identifier."""
    event: Literal["group_destroy"]
    """Names the callback."""
    timestamp: UnixSeconds | SecondsTextMoment | MillisecondsMoment | MillisecondsTextMoment
    """When the group was disbanded. Documented as a number of milliseconds, while the sample shows text of ten digits, which are seconds. Part of the signature, as it is written."""
    nonce: NonceString
    """Random number. Part of the signature."""
    signature: Sha1HexString
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    group_id: Annotated[str, Field(min_length=1)]
    """The group."""
    operator_account: str
    """The user who disbanded the group."""
    owner_account: str
    """The owner of the group."""
    user_ids: list[str]
    """The members that the group had."""
