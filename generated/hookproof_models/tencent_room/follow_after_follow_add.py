# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixMilliseconds, WireModel
from pydantic import Field


class TencentLiveFollowed(WireModel):
    """One who is followed."""

    to_account: Annotated[str, Field(alias="To_Account", min_length=1)]
    """The followed user."""


class TencentLiveAfterFollowAddCallback(WireModel):
    """A user follows others."""

    callback_command: Annotated[
        Literal["Follow.CallbackAfterFollowAdd"], Field(alias="CallbackCommand")
    ]
    """Names the callback, as in the URL."""
    from_account: Annotated[str, Field(alias="From_Account", min_length=1)]
    """Who follows."""
    follow_list: Annotated[list[TencentLiveFollowed], Field(alias="FollowList")]
    """Those who are followed."""
    event_time: Annotated[UnixMilliseconds, Field(alias="EventTime")]
    """When it happened, in milliseconds."""
