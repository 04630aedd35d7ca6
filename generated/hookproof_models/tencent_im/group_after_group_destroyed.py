# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import MillisecondsTextMoment, UnixMilliseconds, WireModel
from pydantic import MISSING, Field

from ..common.im_member import ImMember


class ImGroupAfterGroupDestroyedCallback(WireModel):
    """A group was disbanded."""

    callback_command: Annotated[
        Literal["Group.CallbackAfterGroupDestroyed"], Field(alias="CallbackCommand")
    ]
    """Names the callback."""
    group_id: Annotated[str, Field(alias="GroupId", min_length=1)]
    """The group."""
    type: Annotated[str, Field(alias="Type", min_length=1)]
    """The kind of the group, such as Public or Community."""
    owner_account: Annotated[str, Field(alias="Owner_Account", min_length=1)]
    """Who owned it."""
    name: Annotated[str | MISSING, Field(alias="Name")] = MISSING
    """Its name. In the sample alone."""
    member_list: Annotated[list[ImMember] | MISSING, Field(alias="MemberList")] = MISSING
    """Its members. Missing of communities."""
    event_time: Annotated[
        UnixMilliseconds | MillisecondsTextMoment | MISSING, Field(alias="EventTime")
    ] = MISSING
    """When it happened, in milliseconds. Documented as a number, shown as text. Missing in the samples of earlier editions."""
