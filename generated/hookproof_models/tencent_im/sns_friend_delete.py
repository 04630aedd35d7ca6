# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import WireModel
from pydantic import Field

from ..common.im_account_pair import ImAccountPair


class ImSnsFriendDeleteCallback(WireModel):
    """Friends were deleted: To_Account is no longer in the list of From_Account."""

    callback_command: Annotated[Literal["Sns.CallbackFriendDelete"], Field(alias="CallbackCommand")]
    """Names the callback."""
    pair_list: Annotated[list[ImAccountPair], Field(alias="PairList")]
    """Who, by whom."""
