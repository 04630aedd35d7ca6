# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, MillisecondsTextMoment, UnixMilliseconds, WireModel
from pydantic import MISSING, Field

from ..common.im_message_element import ImMessageElement


class ImGroupSendMsgExceptionCallback(WireModel):
    """A message to a group could not be sent."""

    callback_command: Annotated[
        Literal["Group.CallbackSendMsgException"], Field(alias="CallbackCommand")
    ]
    """Names the callback."""
    group_id: Annotated[str, Field(alias="GroupId", min_length=1)]
    """The group."""
    type: Annotated[str, Field(alias="Type", min_length=1)]
    """The kind of the group, such as Public or Community."""
    from_account: Annotated[str, Field(alias="From_Account", min_length=1)]
    """The sender."""
    operator_account: Annotated[str, Field(alias="Operator_Account", min_length=1)]
    """Who sent the request; tells whether an administrator did."""
    random: Annotated[int, Field(alias="Random", ge=0, le=4294967295)]
    """A random number of 32 bits in the request."""
    online_only_flag: Annotated[Exact[Literal[0, 1]], Field(alias="OnlineOnlyFlag")]
    """1 of a message for those alone who are online, 0 otherwise, as always in an audio-video group."""
    msg_body: Annotated[list[ImMessageElement], Field(alias="MsgBody")]
    """The elements of the message."""
    cloud_custom_data: Annotated[str | MISSING, Field(alias="CloudCustomData")] = MISSING
    """What the sender's app added and the vendor keeps. Missing where it added nothing."""
    error_code: Annotated[
        int, Field(alias="ErrorCode", ge=-9223372036854775807, le=9223372036854775807)
    ]
    """Which error."""
    error_info: Annotated[str, Field(alias="ErrorInfo")]
    """The error in words."""
    event_time: Annotated[UnixMilliseconds | MillisecondsTextMoment, Field(alias="EventTime")]
    """When it happened, in milliseconds. Documented as a number, shown as text."""
