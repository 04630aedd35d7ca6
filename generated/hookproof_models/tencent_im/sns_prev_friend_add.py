# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, WireModel
from pydantic import MISSING, Field


class ImFriendItem(WireModel):
    """A friend to be."""

    to_account: Annotated[str, Field(alias="To_Account", min_length=1)]
    """The friend to be."""
    remark: Annotated[str | MISSING, Field(alias="Remark")] = MISSING
    """What the user calls the friend."""
    group_name: Annotated[str | MISSING, Field(alias="GroupName")] = MISSING
    """The list that the friend is put in."""
    add_source: Annotated[str | MISSING, Field(alias="AddSource")] = MISSING
    """Where the request came from."""
    add_wording: Annotated[str | MISSING, Field(alias="AddWording")] = MISSING
    """What the user says to the friend."""


class ImSnsPrevFriendAddCallback(WireModel):
    """A user asks to add friends, and the answer decides for each. Not of requests through the REST API."""

    callback_command: Annotated[
        Literal["Sns.CallbackPrevFriendAdd"], Field(alias="CallbackCommand")
    ]
    """Names the callback."""
    requester_account: Annotated[str, Field(alias="Requester_Account", min_length=1)]
    """Who sent the request."""
    from_account: Annotated[str, Field(alias="From_Account", min_length=1)]
    """Who wants to add friends."""
    friend_item: Annotated[list[ImFriendItem], Field(alias="FriendItem")]
    """Whom."""
    add_type: Annotated[Literal["Add_Type_Single", "Add_Type_Both"], Field(alias="AddType")]
    """One way, or both."""
    force_add_flags: Annotated[Exact[Literal[0, 1]], Field(alias="ForceAddFlags")]
    """1 where an administrator adds them without asking, 0 otherwise."""
    event_time: Annotated[UnixMilliseconds, Field(alias="EventTime")]
    """When it happened, in milliseconds."""
