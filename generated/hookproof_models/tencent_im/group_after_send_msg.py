# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, MillisecondsTextMoment, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import MISSING, Field

from ..common.im_message_element import ImMessageElement


class ImGroupAfterSendMsgCallback(WireModel):
    """A user's message to a group was sent."""

    callback_command: Annotated[
        Literal["Group.CallbackAfterSendMsg"], Field(alias="CallbackCommand")
    ]
    """Names the callback."""
    group_id: Annotated[str, Field(alias="GroupId", min_length=1)]
    """The group."""
    type: Annotated[str, Field(alias="Type", min_length=1)]
    """The kind of the group, such as Public or Community."""
    from_account: Annotated[str, Field(alias="From_Account", min_length=1)]
    """The sender."""
    operator_account: Annotated[str | MISSING, Field(alias="Operator_Account", min_length=1)] = (
        MISSING
    )
    """Who sent the request; tells whether an administrator did. Missing in the samples of earlier editions."""
    random: Annotated[int | MISSING, Field(alias="Random", ge=0, le=4294967295)] = MISSING
    """A random number of 32 bits in the request. Missing in the samples of earlier editions."""
    msg_seq: Annotated[int, Field(alias="MsgSeq", ge=0, le=9223372036854775807)]
    """Numbers the messages of the group, in their order."""
    msg_time: Annotated[UnixSeconds, Field(alias="MsgTime")]
    """When it was sent, in seconds."""
    online_only_flag: Annotated[Exact[Literal[0, 1]] | MISSING, Field(alias="OnlineOnlyFlag")] = (
        MISSING
    )
    """1 of a message for those alone who are online, 0 otherwise, as always in an audio-video group. Missing in the samples of earlier editions."""
    msg_body: Annotated[list[ImMessageElement], Field(alias="MsgBody")]
    """The elements of the message."""
    cloud_custom_data: Annotated[str | MISSING, Field(alias="CloudCustomData")] = MISSING
    """What the sender's app added and the vendor keeps. Missing where it added nothing."""
    topic_id: Annotated[str | MISSING, Field(alias="TopicId", min_length=1)] = MISSING
    """The topic, in a community with topics. Missing of a message in the group itself."""
    event_time: Annotated[
        UnixMilliseconds | MillisecondsTextMoment | MISSING, Field(alias="EventTime")
    ] = MISSING
    """When it happened, in milliseconds. Documented as a number, shown as text. Missing in the samples of earlier editions."""
