# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import MillisecondsTextMoment, UnixMilliseconds, WireModel
from pydantic import MISSING, Field


class ImRecalledMessage(WireModel):
    """A message."""

    msg_seq: Annotated[int, Field(alias="MsgSeq", ge=0, le=9223372036854775807)]
    """Its number in the group."""


class ImGroupAfterRecallMsgCallback(WireModel):
    """Messages of a group were recalled."""

    callback_command: Annotated[
        Literal["Group.CallbackAfterRecallMsg"], Field(alias="CallbackCommand")
    ]
    """Names the callback."""
    operator_account: Annotated[str, Field(alias="Operator_Account", min_length=1)]
    """Who recalled them."""
    type: Annotated[str, Field(alias="Type", min_length=1)]
    """The kind of the group, such as Public or Community."""
    group_id: Annotated[str, Field(alias="GroupId", min_length=1)]
    """The group."""
    msg_seq_list: Annotated[list[ImRecalledMessage], Field(alias="MsgSeqList")]
    """The messages."""
    topic_id: Annotated[str | MISSING, Field(alias="TopicId", min_length=1)] = MISSING
    """The topic, in a community with topics. Missing of a message in the group itself."""
    event_time: Annotated[UnixMilliseconds | MillisecondsTextMoment, Field(alias="EventTime")]
    """When it happened, in milliseconds. Documented as a number, shown as text."""
