# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixSeconds, WireModel
from pydantic import MISSING, Field

from ..common.im_message_element import ImMessageElement


class ImC2cAfterSendMsgCallback(WireModel):
    """A user's message to another was sent, or was not."""

    callback_command: Annotated[Literal["C2C.CallbackAfterSendMsg"], Field(alias="CallbackCommand")]
    """Names the callback."""
    from_account: Annotated[str, Field(alias="From_Account", min_length=1)]
    """The sender."""
    to_account: Annotated[str, Field(alias="To_Account", min_length=1)]
    """The recipient."""
    msg_seq: Annotated[int, Field(alias="MsgSeq", ge=0, le=4294967295)]
    """Numbers the message, at random, in 32 bits."""
    msg_random: Annotated[int, Field(alias="MsgRandom", ge=0, le=4294967295)]
    """A random number of 32 bits."""
    msg_time: Annotated[UnixSeconds, Field(alias="MsgTime")]
    """When it was sent, in seconds. Messages are in its order, and within a second in that of MsgSeq."""
    msg_key: Annotated[str | MISSING, Field(alias="MsgKey", min_length=1)] = MISSING
    """Names the message: MsgSeq, MsgRandom and MsgTime. Missing in the samples of earlier editions."""
    online_only_flag: Annotated[Exact[Literal[0, 1]] | MISSING, Field(alias="OnlineOnlyFlag")] = (
        MISSING
    )
    """1 of a message for those alone who are online, 0 otherwise. Missing in the samples of earlier editions."""
    send_msg_result: Annotated[
        int | MISSING, Field(alias="SendMsgResult", ge=-9223372036854775807, le=9223372036854775807)
    ] = MISSING
    """0 where it was sent; any other number is an error. Missing in the samples of earlier editions."""
    error_info: Annotated[str | MISSING, Field(alias="ErrorInfo")] = MISSING
    """The error in words; send msg succeed where there is none. Missing in the samples of earlier editions."""
    unread_msg_num: Annotated[
        int | MISSING, Field(alias="UnreadMsgNum", ge=-1, le=9223372036854775807)
    ] = MISSING
    """Messages that the recipient has not read, in all one-to-one conversations; -1 where it was not sent. Missing in the samples of earlier editions."""
    msg_body: Annotated[list[ImMessageElement], Field(alias="MsgBody")]
    """The elements of the message."""
    cloud_custom_data: Annotated[str | MISSING, Field(alias="CloudCustomData")] = MISSING
    """What the sender's app added and the vendor keeps. Missing where it added nothing."""
