# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import WireModel
from pydantic import Field

from ..common.im_account_pair import ImAccountPair


class ImSnsBlackListDeleteCallback(WireModel):
    """Users are no longer blocked: To_Account by From_Account."""

    callback_command: Annotated[
        Literal["Sns.CallbackBlackListDelete"], Field(alias="CallbackCommand")
    ]
    """Names the callback."""
    pair_list: Annotated[list[ImAccountPair], Field(alias="PairList")]
    """Who, by whom."""
