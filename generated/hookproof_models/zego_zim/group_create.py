# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import DecimalString, MillisecondsMoment, UnixSeconds, WireModel
from pydantic import Field

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class ZimGroupAttribute(WireModel):
    """An attribute of a group."""

    key: str
    """Name of the attribute."""
    value: str
    """Value of the attribute."""


class ZimGroupCreateCallback(WireModel):
    """A user has created a group."""

    appid: DecimalString
    """App identifier."""
    event: Literal["group_create"]
    """Names the callback."""
    timestamp: UnixSeconds | MillisecondsMoment
    """When the group was created. Documented in milliseconds since 2025-09-11, while the sample shows ten digits, which are seconds. Part of the signature."""
    nonce: NonceString
    """Random number. Part of the signature."""
    signature: Sha1HexString
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    group_id: Annotated[str, Field(min_length=1)]
    """The group."""
    operator_account: str
    """The user who created the group."""
    owner_account: str
    """The owner of the group."""
    group_name: str
    """Name of the group."""
    attributes: list[ZimGroupAttribute]
    """Attributes that the group was created with."""
    user_ids: list[str]
    """The members of the new group."""
