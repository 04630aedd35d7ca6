# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import WireModel
from pydantic import Field


class ImC2cAfterMsgWithDrawCallback(WireModel):
    """A user's message to another was recalled."""

    callback_command: Annotated[
        Literal["C2C.CallbackAfterMsgWithDraw"], Field(alias="CallbackCommand")
    ]
    """Names the callback."""
    from_account: Annotated[str, Field(alias="From_Account", min_length=1)]
    """The sender."""
    to_account: Annotated[str, Field(alias="To_Account", min_length=1)]
    """The recipient."""
    msg_key: Annotated[str, Field(alias="MsgKey", min_length=1)]
    """The message."""
    unread_msg_num: Annotated[int, Field(alias="UnreadMsgNum", ge=0, le=9223372036854775807)]
    """Messages that the recipient has not read, in all one-to-one conversations."""
