# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated

from hookproof.models import WireModel
from pydantic import MISSING, Field


class AgoraChatStatus(WireModel):
    """What came of an operation."""

    description: str | MISSING = MISSING
    """In words; empty in samples."""
    error_code: Annotated[str, Field(min_length=1)]
    """ok where it was done; no other word is documented."""
