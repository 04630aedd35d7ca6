# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import WireModel
from pydantic import MISSING, Field

from ..common.im_user_defined_field import ImUserDefinedField


class ImGroupAfterCreateTopicCallback(WireModel):
    """A topic of a community was created."""

    callback_command: Annotated[
        Literal["Group.CallbackAfterCreateTopic"], Field(alias="CallbackCommand")
    ]
    """Names the callback."""
    group_id: Annotated[str, Field(alias="GroupId", min_length=1)]
    """The group."""
    topic_id: Annotated[str, Field(alias="TopicId", min_length=1)]
    """The topic."""
    operator_account: Annotated[str, Field(alias="Operator_Account", min_length=1)]
    """Who created it."""
    owner_account: Annotated[str, Field(alias="Owner_Account", min_length=1)]
    """Who owns the group."""
    type: Annotated[Literal["Community"], Field(alias="Type")]
    """Always this."""
    name: Annotated[str, Field(alias="Name")]
    """The topic's name."""
    user_defined_data_list: Annotated[
        list[ImUserDefinedField] | MISSING, Field(alias="UserDefinedDataList")
    ] = MISSING
    """Fields that the app defined, where that is switched on."""
