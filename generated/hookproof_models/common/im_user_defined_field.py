# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated

from hookproof.models import WireModel
from pydantic import Field


class ImUserDefinedField(WireModel):
    """A field that the app defined."""

    key: Annotated[str, Field(alias="Key", min_length=1)]
    """Its name."""
    value: Annotated[str, Field(alias="Value")]
    """Its value."""
