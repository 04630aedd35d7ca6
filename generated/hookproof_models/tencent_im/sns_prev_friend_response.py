# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixMilliseconds, WireModel
from pydantic import MISSING, Field


class ImResponseFriendItem(WireModel):
    """An answer."""

    to_account: Annotated[str, Field(alias="To_Account", min_length=1)]
    """Who had asked."""
    remark: Annotated[str | MISSING, Field(alias="Remark")] = MISSING
    """What the user calls the friend."""
    tag_name: Annotated[str | MISSING, Field(alias="TagName")] = MISSING
    """The list that the friend is put in."""
    response_action: Annotated[
        Literal["Response_Action_AgreeAndAdd", "Response_Action_Agree", "Response_Action_Reject"],
        Field(alias="ResponseAction"),
    ]
    """Agree and add in return, agree, or reject."""


class ImSnsPrevFriendResponseCallback(WireModel):
    """A user answers friend requests, and the answer of the receiver decides for each. Not of answers through the REST API."""

    callback_command: Annotated[
        Literal["Sns.CallbackPrevFriendResponse"], Field(alias="CallbackCommand")
    ]
    """Names the callback."""
    requester_account: Annotated[str, Field(alias="Requester_Account", min_length=1)]
    """Who sent the request."""
    from_account: Annotated[str, Field(alias="From_Account", min_length=1)]
    """Who answers it."""
    response_friend_item: Annotated[list[ImResponseFriendItem], Field(alias="ResponseFriendItem")]
    """The answers."""
    event_time: Annotated[UnixMilliseconds, Field(alias="EventTime")]
    """When it happened, in milliseconds."""
