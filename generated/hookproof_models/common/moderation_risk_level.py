# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType


ModerationRiskLevel = TypeAliasType(
    "ModerationRiskLevel",
    Annotated[Literal["PASS", "REVIEW", "REJECT"], Field(title="ModerationRiskLevel")],
)
"""What to do with moderated content: PASS let it through, REVIEW have a person look at it, REJECT block it."""
