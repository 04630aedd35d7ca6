# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, WireModel
from pydantic import MISSING, Field

from .moderation_matched_list import ModerationMatchedList


class ModerationAudioRiskDetail(WireModel):
    """What was found in ten seconds of sound."""

    risk_source: Annotated[Exact[Literal[1000, 1001, 1003]], Field(alias="RiskSource")]
    """Where it was found: 1000 no risk, 1001 in what was said, 1003 in the sound, such as pitch, voice or melody."""
    audio_text: Annotated[str | MISSING, Field(alias="AudioText")] = MISSING
    """What was said. In a list of risks only the gravest has it."""
    matched_lists: Annotated[list[ModerationMatchedList] | None, Field(alias="MatchedLists")]
    """Lists of the customer's own that were hit; null where there are none."""
