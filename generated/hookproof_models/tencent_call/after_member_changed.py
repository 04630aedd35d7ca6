# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixMilliseconds, WireModel
from pydantic import Field


class TencentCallUser(WireModel):
    """One in the call."""

    user_account: Annotated[str, Field(alias="User_Account", min_length=1)]
    """The user."""
    status: Annotated[Literal["Calling", "Waiting"], Field(alias="Status")]
    """Calling in the call, Waiting to be connected."""


class TencentCallChangedUser(WireModel):
    """One whose state changed."""

    user_account: Annotated[str, Field(alias="User_Account", min_length=1)]
    """The user."""
    action_type: Annotated[
        Literal["Accept", "Reject", "NotAnswer", "Hang Up", "Join", "Offline", "Invited", "Canncel_Invite", "Answer", "Hangup", "Invite", "Cancel_Invite"],
        Field(alias="ActionType"),
    ]
    """What happened, in the words of the table or of the sample."""


class TencentCallAfterMemberChangedCallback(WireModel):
    """One in a call has answered, refused, hung up, joined, gone, or was invited."""

    callback_command: Annotated[
        Literal["Call.CallbackAfterMemberChanged"], Field(alias="CallbackCommand")
    ]
    """Names the callback, as in the URL."""
    call_id: Annotated[str, Field(alias="CallId", min_length=1)]
    """The call."""
    user_list: Annotated[list[TencentCallUser], Field(alias="UserList")]
    """Those in the call."""
    changed_user_list: Annotated[list[TencentCallChangedUser], Field(alias="ChangedUserList")]
    """Those whose state changed."""
    event_time: Annotated[UnixMilliseconds, Field(alias="EventTime")]
    """When it happened, in milliseconds."""
