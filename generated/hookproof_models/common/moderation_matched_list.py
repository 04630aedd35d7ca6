# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated

from hookproof.models import WireModel
from pydantic import Field


class ModerationMatchedList(WireModel):
    """A list of the customer's own, set up with the vendor, that moderated content hit."""

    name: Annotated[str, Field(alias="Name")]
    """Name of the list."""
