# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixMilliseconds, WireModel
from pydantic import MISSING, Field


class ImStateChangeInfo(WireModel):
    """What happened."""

    action: Annotated[Literal["Login", "Logout", "Disconnect"], Field(alias="Action")]
    """Login, Logout, or Disconnect where the network broke."""
    to_account: Annotated[str, Field(alias="To_Account", min_length=1)]
    """The user."""
    reason: Annotated[
        Literal["Register", "Unregister", "LinkClose", "TimeOut"], Field(alias="Reason")
    ]
    """Register of a login; Unregister of a logout; LinkClose or TimeOut (400 seconds without a heartbeat) of a disconnection."""


class ImKickedDevice(WireModel):
    """A device that was logged out."""

    platform: Annotated[
        Literal["iOS", "Android", "Web", "Windows", "iPad", "Mac", "Linux"], Field(alias="Platform")
    ]
    """iOS, Android, Web, Windows, iPad, Mac, Linux."""


class ImStateChangeCallback(WireModel):
    """A user logged in or out, or the connection was lost."""

    callback_command: Annotated[Literal["State.StateChange"], Field(alias="CallbackCommand")]
    """Names the callback."""
    event_time: Annotated[UnixMilliseconds | MISSING, Field(alias="EventTime")] = MISSING
    """When it happened, in milliseconds. Missing in the samples of earlier editions."""
    info: Annotated[ImStateChangeInfo, Field(alias="Info")]
    kicked_device: Annotated[list[ImKickedDevice] | MISSING, Field(alias="KickedDevice")] = MISSING
    """The devices that were logged out by this login. Only there where there are any."""
