# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixMilliseconds, WireModel
from pydantic import Field
from typing_extensions import TypeAliasType


ImProfileItemValueInteger = TypeAliasType(
    "ImProfileItemValueInteger",
    Annotated[int, Field(ge=0, le=4294967295, title="ImProfileItemValueInteger")],
)
"""Its new value: text, or a number of 32 bits."""


class ImProfileItem(WireModel):
    """A field of a profile."""

    tag: Annotated[str, Field(alias="Tag", min_length=1)]
    """Its name."""
    value: Annotated[str | ImProfileItemValueInteger, Field(alias="Value")]
    """Its new value: text, or a number of 32 bits."""


class ImProfilePortraitSetCallback(WireModel):
    """The profile of a user was changed."""

    callback_command: Annotated[
        Literal["Profile.CallbackPortraitSet"], Field(alias="CallbackCommand")
    ]
    """Names the callback."""
    operator_account: Annotated[str, Field(alias="Operator_Account", min_length=1)]
    """Who changed it."""
    from_account: Annotated[str, Field(alias="From_Account", min_length=1)]
    """Whose profile it is."""
    event_time: Annotated[UnixMilliseconds, Field(alias="EventTime")]
    """When it happened, in milliseconds."""
    profile_item: Annotated[list[ImProfileItem], Field(alias="ProfileItem")]
    """What was changed."""
