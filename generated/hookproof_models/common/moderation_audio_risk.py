# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any

from hookproof.models import WireModel
from pydantic import Field

from .moderation_audio_risk_detail import ModerationAudioRiskDetail
from .moderation_risk_level import ModerationRiskLevel


class ModerationAudioRisk(WireModel):
    """One risk among those of ten seconds of sound."""

    risk_level: Annotated[ModerationRiskLevel, Field(alias="RiskLevel")]
    """What to do. The table types it as a number and lists these words."""
    risk_description: Annotated[str, Field(alias="RiskDescription")]
    """The gravest risk in words, for people to read: its three labels, or the customer's list that was hit, or a word for normal. Nothing may be decided by it."""
    risk_label1: Annotated[str, Field(alias="RiskLabel1")]
    """Kind of risk; normal where the level is PASS."""
    risk_label2: Annotated[str, Field(alias="RiskLabel2")]
    """Kind within the first label; empty where the level is PASS."""
    risk_label3: Annotated[str, Field(alias="RiskLabel3")]
    """Kind within the second label; empty where the level is PASS."""
    risk_detail: Annotated[ModerationAudioRiskDetail | dict[str, Any], Field(alias="RiskDetail")]
    """What was found; {} where nothing was."""
