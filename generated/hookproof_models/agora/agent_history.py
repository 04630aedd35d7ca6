# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import Exact, MillisecondsMoment, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import MISSING, Field


class AgoraAgentHistoryMessage(WireModel):
    """What one of them said."""

    role: Literal["user", "assistant"]
    """Who: the user or the agent."""
    content: str
    """What was said."""
    speech_start_ms: UnixMilliseconds | MISSING = MISSING
    """When the speech began, in milliseconds. Only with a language model of the customer's own."""
    speech_end_ms: UnixMilliseconds | MISSING = MISSING
    """When the speech ended, in milliseconds. Only with such a model."""
    speech_algorithmic_delay: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = (
        MISSING
    )
    """Milliseconds by which the processing of sound delays it. Only with such a model, of a user, where there was a voice."""


class AgoraAgentHistoryPayload(WireModel):
    """What happened."""

    agent_id: Annotated[str, Field(min_length=1)]
    """The agent."""
    name: str
    """The agent's name, as given when it was started. One of its kind in a channel."""
    channel: Annotated[str, Field(min_length=1)]
    """The channel."""
    start_ts: UnixSeconds | MillisecondsMoment
    """When the agent was started. The unit is not said: seconds in the samples, but milliseconds in the one of turns_finished."""
    stop_ts: UnixSeconds | MillisecondsMoment
    """When it left the channel. The unit is not said: seconds in the samples, but milliseconds in the one of turns_finished."""
    contents: list[AgoraAgentHistoryMessage]
    """What was said, in order."""
    labels: dict[str, Any] | MISSING = MISSING
    """What the customer hung on the agent when it was started. Missing where that was nothing."""


class AgoraAgentHistoryNotification(WireModel):
    """An agent stopped, and this is what was said, as far as it was kept."""

    notice_id: Annotated[str, Field(alias="noticeId", min_length=1)]
    """Identifies the notification."""
    product_id: Annotated[Exact[Literal[17]], Field(alias="productId")]
    """The product: conversational AI engine. Names the callback together with eventType."""
    event_type: Annotated[Exact[Literal[103]], Field(alias="eventType")]
    """Names the callback within its product."""
    notify_ms: Annotated[UnixMilliseconds, Field(alias="notifyMs")]
    """When the notification was sent, in milliseconds. Another one in each attempt."""
    sid: Annotated[str | MISSING, Field(min_length=1)] = MISSING
    """The session."""
    payload: AgoraAgentHistoryPayload
