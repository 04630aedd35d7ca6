# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import MillisecondsTextMoment, UnixMilliseconds, WireModel
from pydantic import MISSING, Field

from ..common.im_member import ImMember
from ..common.im_user_defined_field import ImUserDefinedField


class ImGroupAfterCreateGroupCallback(WireModel):
    """A group was created."""

    callback_command: Annotated[
        Literal["Group.CallbackAfterCreateGroup"], Field(alias="CallbackCommand")
    ]
    """Names the callback."""
    group_id: Annotated[str, Field(alias="GroupId", min_length=1)]
    """The group."""
    operator_account: Annotated[str, Field(alias="Operator_Account", min_length=1)]
    """Who created it."""
    owner_account: Annotated[str, Field(alias="Owner_Account", min_length=1)]
    """Who owns it."""
    type: Annotated[str, Field(alias="Type", min_length=1)]
    """The kind of the group, such as Public or Community."""
    name: Annotated[str, Field(alias="Name")]
    """Its name."""
    member_list: Annotated[list[ImMember], Field(alias="MemberList")]
    """The first members."""
    user_defined_data_list: Annotated[
        list[ImUserDefinedField] | MISSING, Field(alias="UserDefinedDataList")
    ] = MISSING
    """Fields that the app defined, where that is switched on."""
    event_time: Annotated[
        UnixMilliseconds | MillisecondsTextMoment | MISSING, Field(alias="EventTime")
    ] = MISSING
    """When it happened, in milliseconds. Documented as a number, shown as text. Missing in the samples of earlier editions."""
