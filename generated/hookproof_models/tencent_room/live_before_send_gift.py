# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixSeconds, WireModel
from pydantic import Field
from typing_extensions import TypeAliasType


TencentLiveGiftToAccountItem = TypeAliasType(
    "TencentLiveGiftToAccountItem",
    Annotated[str, Field(min_length=1, title="TencentLiveGiftToAccountItem")],
)


class TencentLiveGift(WireModel):
    """The gift."""

    from_account: Annotated[str, Field(alias="From_Account", min_length=1)]
    """Who sends the gift."""
    to_account: Annotated[list[TencentLiveGiftToAccountItem], Field(alias="To_Account")]
    """Who gets it."""
    time: Annotated[UnixSeconds, Field(alias="Time")]
    """A moment. The unit is not stated; the sample shows seconds."""
    gift_id: Annotated[str, Field(alias="GiftId", min_length=1)]
    """The gift."""
    count: Annotated[int, Field(alias="Count", ge=0, le=9223372036854775807)]
    """How many of it."""
    coins: Annotated[int, Field(alias="Coins", ge=0, le=9223372036854775807)]
    """What it is worth."""


class TencentLiveBeforeSendGiftCallback(WireModel):
    """A gift is about to be sent in a live room. The answer decides whether it is."""

    callback_command: Annotated[
        Literal["Live.CallbackBeforeSendGift"], Field(alias="CallbackCommand")
    ]
    """Names the callback, as in the URL."""
    operator_account: Annotated[str, Field(alias="Operator_Account", min_length=1)]
    """Who sends the gift."""
    room_id: Annotated[str, Field(alias="RoomId", min_length=1)]
    """The room."""
    gift_water: Annotated[TencentLiveGift, Field(alias="GiftWater")]
