# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import Exact, MillisecondsMoment, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import MISSING, Field


class AgoraAgentLeftPayload(WireModel):
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
    status: str
    """How it ended. STOPPED and FAILED are shown."""
    message: str
    """Why it left: OK, Idle for too long, Connecting for too long, RTC connection error, Task lifetime limit exceeded are shown."""
    labels: dict[str, Any] | MISSING = MISSING
    """What the customer hung on the agent when it was started. Missing where that was nothing."""


class AgoraAgentLeftNotification(WireModel):
    """An agent left the channel."""

    notice_id: Annotated[str, Field(alias="noticeId", min_length=1)]
    """Identifies the notification."""
    product_id: Annotated[Exact[Literal[17]], Field(alias="productId")]
    """The product: conversational AI engine. Names the callback together with eventType."""
    event_type: Annotated[Exact[Literal[102]], Field(alias="eventType")]
    """Names the callback within its product."""
    notify_ms: Annotated[UnixMilliseconds, Field(alias="notifyMs")]
    """When the notification was sent, in milliseconds. Another one in each attempt."""
    sid: Annotated[str | MISSING, Field(min_length=1)] = MISSING
    """The session."""
    payload: AgoraAgentLeftPayload
