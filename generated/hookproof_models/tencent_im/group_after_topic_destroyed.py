# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import WireModel
from pydantic import Field
from typing_extensions import TypeAliasType


ImGroupAfterTopicDestroyedCallbackTopicIdListArrayItem = TypeAliasType(
    "ImGroupAfterTopicDestroyedCallbackTopicIdListArrayItem",
    Annotated[
        str, Field(min_length=1, title="ImGroupAfterTopicDestroyedCallbackTopicIdListArrayItem")
    ],
)


ImGroupAfterTopicDestroyedCallbackTopicIdListString = TypeAliasType(
    "ImGroupAfterTopicDestroyedCallbackTopicIdListString",
    Annotated[
        str, Field(min_length=1, title="ImGroupAfterTopicDestroyedCallbackTopicIdListString")
    ],
)
"""The topics. Documented as text, shown as a list."""


class ImGroupAfterTopicDestroyedCallback(WireModel):
    """Topics of a community were deleted."""

    callback_command: Annotated[
        Literal["Group.CallbackAfterTopicDestroyed"], Field(alias="CallbackCommand")
    ]
    """Names the callback."""
    group_id: Annotated[str, Field(alias="GroupId", min_length=1)]
    """The group."""
    type: Annotated[Literal["Community"], Field(alias="Type")]
    """Always this."""
    topic_id_list: Annotated[
        list[ImGroupAfterTopicDestroyedCallbackTopicIdListArrayItem] | ImGroupAfterTopicDestroyedCallbackTopicIdListString,
        Field(alias="TopicIdList"),
    ]
    """The topics. Documented as text, shown as a list."""
