# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated

from hookproof.models import WireModel
from pydantic import Field


class ImAccountPair(WireModel):
    """One user and another of that user's list."""

    from_account: Annotated[str, Field(alias="From_Account", min_length=1)]
    """The user whose list it is."""
    to_account: Annotated[str, Field(alias="To_Account", min_length=1)]
    """The other user."""
