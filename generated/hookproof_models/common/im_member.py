# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated

from hookproof.models import WireModel
from pydantic import Field


class ImMember(WireModel):
    """A member of a group."""

    member_account: Annotated[str, Field(alias="Member_Account", min_length=1)]
    """The member."""
