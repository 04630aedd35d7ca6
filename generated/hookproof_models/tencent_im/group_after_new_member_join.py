# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import MillisecondsTextMoment, UnixMilliseconds, WireModel
from pydantic import MISSING, Field

from ..common.im_member import ImMember


class ImGroupAfterNewMemberJoinCallback(WireModel):
    """Users joined a group: they asked, were invited, or were added by the app's server."""

    callback_command: Annotated[
        Literal["Group.CallbackAfterNewMemberJoin"], Field(alias="CallbackCommand")
    ]
    """Names the callback."""
    group_id: Annotated[str, Field(alias="GroupId", min_length=1)]
    """The group."""
    type: Annotated[str, Field(alias="Type", min_length=1)]
    """The kind of the group, such as Public or Community."""
    join_type: Annotated[Literal["Apply", "Invited"], Field(alias="JoinType")]
    """How: they asked (Apply) or were invited."""
    operator_account: Annotated[str, Field(alias="Operator_Account", min_length=1)]
    """Who did it."""
    new_member_list: Annotated[list[ImMember], Field(alias="NewMemberList")]
    """Who joined."""
    event_time: Annotated[
        UnixMilliseconds | MillisecondsTextMoment | MISSING, Field(alias="EventTime")
    ] = MISSING
    """When it happened, in milliseconds. Documented as a number, shown as text. Missing in the samples of earlier editions."""
