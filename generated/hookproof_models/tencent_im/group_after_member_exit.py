# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import MillisecondsTextMoment, UnixMilliseconds, WireModel
from pydantic import MISSING, Field

from ..common.im_member import ImMember


class ImGroupAfterMemberExitCallback(WireModel):
    """Users left a group or were removed from it."""

    callback_command: Annotated[
        Literal["Group.CallbackAfterMemberExit"], Field(alias="CallbackCommand")
    ]
    """Names the callback."""
    group_id: Annotated[str, Field(alias="GroupId", min_length=1)]
    """The group."""
    type: Annotated[str, Field(alias="Type", min_length=1)]
    """The kind of the group, such as Public or Community."""
    exit_type: Annotated[Literal["Kicked", "Quit"], Field(alias="ExitType")]
    """How: removed (Kicked) or of their own accord (Quit)."""
    operator_account: Annotated[str, Field(alias="Operator_Account", min_length=1)]
    """Who did it."""
    exit_member_list: Annotated[list[ImMember], Field(alias="ExitMemberList")]
    """Who left."""
    event_time: Annotated[
        UnixMilliseconds | MillisecondsTextMoment | MISSING, Field(alias="EventTime")
    ] = MISSING
    """When it happened, in milliseconds. Documented as a number, shown as text. Missing in the samples of earlier editions."""
