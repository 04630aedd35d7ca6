# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import WireModel
from pydantic import Field


class ImGroupBeforeCreateTopicCallback(WireModel):
    """A user creates a topic of a community, and the answer decides whether it may be."""

    callback_command: Annotated[
        Literal["Group.CallbackBeforeCreateTopic"], Field(alias="CallbackCommand")
    ]
    """Names the callback."""
    operator_account: Annotated[str, Field(alias="Operator_Account", min_length=1)]
    """Who creates it."""
    type: Annotated[Literal["Community"], Field(alias="Type")]
    """Always this."""
    name: Annotated[str, Field(alias="Name")]
    """Its name."""
