# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import DecimalString, Exact, UnixSeconds, WireModel
from pydantic import MISSING, Field

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class ZimUserActionCallback(WireModel):
    """A user has logged in, logged out or gone offline. One user on several devices has a session for each."""

    appid: DecimalString
    """App identifier."""
    event: Literal["user_action"]
    """Names the callback."""
    timestamp: UnixSeconds
    """When the callback was sent. Part of the signature."""
    nonce: NonceString
    """Random number. Part of the signature."""
    signature: Sha1HexString
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    user_id: Annotated[str, Field(min_length=1)]
    """The user."""
    user_name: str
    """Display name of the user."""
    os: Literal["PC", "IOS_PHONE", "ANDROID", "MAC", "LINUX", "WEB", "MINIPROGRAM", "ANDROID_TV", "PC "]
    """Operating system of the device. The sample adds a blank to PC."""
    action: Exact[Literal[0, 1, 2]]
    """0 logged in, 1 logged out, 2 gone offline."""
    session_id: Annotated[str, Field(min_length=1)]
    """The connection; tells apart the devices of one user."""
    login_time: UnixSeconds
    """When the user logged in."""
    relogin: Literal["0", "1"]
    """0 for a first login, 1 for a login that was made again."""
    logout_time: UnixSeconds | MISSING = MISSING
    """When the user logged out."""
    logout_reason: str | MISSING = MISSING
    """Why the user logged out; the values are not listed."""
    offline_time: UnixSeconds | MISSING = MISSING
    """When the user went offline. Missing in the page's own sample, which is a logout."""
