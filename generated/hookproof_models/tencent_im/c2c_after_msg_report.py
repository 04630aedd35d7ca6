# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixSeconds, WireModel
from pydantic import Field


class ImC2cAfterMsgReportCallback(WireModel):
    """A user has read the messages of another."""

    callback_command: Annotated[
        Literal["C2C.CallbackAfterMsgReport"], Field(alias="CallbackCommand")
    ]
    """Names the callback."""
    report_account: Annotated[str, Field(alias="Report_Account", min_length=1)]
    """Who read them."""
    peer_account: Annotated[str, Field(alias="Peer_Account", min_length=1)]
    """The other one of the conversation."""
    last_read_time: Annotated[UnixSeconds, Field(alias="LastReadTime")]
    """Up to when they are read. The unit is not said: ten digits are shown, which are seconds."""
    unread_msg_num: Annotated[int, Field(alias="UnreadMsgNum", ge=0, le=9223372036854775807)]
    """Messages that the one who read them has not read, in all one-to-one conversations."""
