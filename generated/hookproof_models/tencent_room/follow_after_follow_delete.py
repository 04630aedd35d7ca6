# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixMilliseconds, WireModel
from pydantic import Field
from typing_extensions import TypeAliasType


TencentLiveAfterFollowDeleteCallbackToAccountItem = TypeAliasType(
    "TencentLiveAfterFollowDeleteCallbackToAccountItem",
    Annotated[str, Field(min_length=1, title="TencentLiveAfterFollowDeleteCallbackToAccountItem")],
)


class TencentLiveAfterFollowDeleteCallback(WireModel):
    """A user no longer follows others."""

    callback_command: Annotated[
        Literal["Follow.CallbackAfterFollowDelete"], Field(alias="CallbackCommand")
    ]
    """Names the callback, as in the URL."""
    from_account: Annotated[str, Field(alias="From_Account", min_length=1)]
    """Who followed."""
    to_account: Annotated[
        list[TencentLiveAfterFollowDeleteCallbackToAccountItem], Field(alias="To_Account")
    ]
    """Those who were followed."""
    event_time: Annotated[UnixMilliseconds, Field(alias="EventTime")]
    """When it happened, in milliseconds."""
