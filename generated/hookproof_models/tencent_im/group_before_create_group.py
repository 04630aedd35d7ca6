# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import MillisecondsTextMoment, UnixMilliseconds, WireModel
from pydantic import MISSING, Field

from ..common.im_member import ImMember


class ImGroupBeforeCreateGroupCallback(WireModel):
    """A user creates a group, and the answer decides whether it may be."""

    callback_command: Annotated[
        Literal["Group.CallbackBeforeCreateGroup"], Field(alias="CallbackCommand")
    ]
    """Names the callback."""
    operator_account: Annotated[str, Field(alias="Operator_Account", min_length=1)]
    """Who creates it."""
    owner_account: Annotated[str, Field(alias="Owner_Account", min_length=1)]
    """Who is to own it."""
    type: Annotated[str, Field(alias="Type", min_length=1)]
    """The kind of the group, such as Public or Community."""
    name: Annotated[str, Field(alias="Name")]
    """Its name."""
    create_group_num: Annotated[
        int | MISSING, Field(alias="CreateGroupNum", ge=0, le=9223372036854775807)
    ] = MISSING
    """How many groups of this kind the user has created. Named CreatedGroupNum or CreatedNum in other editions."""
    member_list: Annotated[list[ImMember], Field(alias="MemberList")]
    """The first members."""
    event_time: Annotated[
        UnixMilliseconds | MillisecondsTextMoment | MISSING, Field(alias="EventTime")
    ] = MISSING
    """When it happened, in milliseconds. Documented as a number, shown as text. Missing in the samples of earlier editions."""
