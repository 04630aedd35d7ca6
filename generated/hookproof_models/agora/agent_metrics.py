# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import Exact, MillisecondsMoment, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


AgoraAgentMetricsTurnTurnIdInteger = TypeAliasType(
    "AgoraAgentMetricsTurnTurnIdInteger",
    Annotated[int, Field(ge=0, le=9223372036854775807, title="AgoraAgentMetricsTurnTurnIdInteger")],
)
"""The turn. Documented as text, shown as a number."""


class AgoraAgentMetricsTurn(WireModel):
    """A turn, in milliseconds."""

    turn_id: AgoraAgentMetricsTurnTurnIdInteger | str
    """The turn. Documented as text, shown as a number."""
    asr_ttlw: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """Milliseconds from the end of the user's speech to the last word recognised."""
    llm_ttfb: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """Milliseconds from the request to the language model to its first byte."""
    llm_ttfs: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """Milliseconds from that request to its first whole sentence."""
    tts_ttfb: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """Milliseconds from the request for speech to its first byte."""


class AgoraAgentMetricsPayload(WireModel):
    """What happened."""

    agent_id: Annotated[str, Field(min_length=1)]
    """The agent."""
    name: str
    """The agent's name, as given when it was started. One of its kind in a channel."""
    start_ts: UnixSeconds | MillisecondsMoment
    """When the agent was started. The unit is not said: seconds in the samples, but milliseconds in the one of turns_finished."""
    stop_ts: UnixSeconds | MillisecondsMoment
    """When it left the channel. The unit is not said: seconds in the samples, but milliseconds in the one of turns_finished."""
    channel: Annotated[str, Field(min_length=1)]
    """The channel."""
    metrics: list[AgoraAgentMetricsTurn]
    """One entry for each turn."""
    labels: dict[str, Any] | MISSING = MISSING
    """What the customer hung on the agent when it was started. Missing where that was nothing."""


class AgoraAgentMetricsNotification(WireModel):
    """How long the parts of an agent took."""

    notice_id: Annotated[str, Field(alias="noticeId", min_length=1)]
    """Identifies the notification."""
    product_id: Annotated[Exact[Literal[17]], Field(alias="productId")]
    """The product: conversational AI engine. Names the callback together with eventType."""
    event_type: Annotated[Exact[Literal[111]], Field(alias="eventType")]
    """Names the callback within its product."""
    notify_ms: Annotated[UnixMilliseconds, Field(alias="notifyMs")]
    """When the notification was sent, in milliseconds. Another one in each attempt."""
    sid: Annotated[str | MISSING, Field(min_length=1)] = MISSING
    """The session."""
    payload: AgoraAgentMetricsPayload
