# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixMilliseconds, WireModel
from pydantic import Field


class AgoraChatUserLoginCallback(WireModel):
    """A user logged in to the chat."""

    call_id: Annotated[str, Field(alias="callId", min_length=1)]
    """Identifies the callback: the app's key, an underscore, a UUID. Part of the signature."""
    reason: Literal["login"]
    """Names the callback."""
    security: Annotated[str, Field(min_length=1)]
    """The signature: MD5 over callId, secret and timestamp, in hex."""
    os: Annotated[str, Field(min_length=1)]
    """System of the device: ios, android, linux, win, other."""
    ip: Annotated[str, Field(min_length=1)]
    """Address of the user, which samples show with and without a port."""
    host: Annotated[str, Field(min_length=1)]
    """A server of the vendor; the page calls it the domain of its REST API."""
    appkey: Annotated[str, Field(min_length=1)]
    """The app: organisation, a number sign, the app's name."""
    user: Annotated[str, Field(min_length=1)]
    """The user and the device: the key of the app, an underscore, the name, a slash, system and device."""
    version: Annotated[str, Field(min_length=1)]
    """Version of the SDK."""
    timestamp: UnixMilliseconds
    """When the Chat server got it, in milliseconds. Part of the signature."""
    status: Literal["online"]
    """What the user is now."""
