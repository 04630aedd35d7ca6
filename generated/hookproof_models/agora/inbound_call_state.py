# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import Exact, UnixMilliseconds, WireModel
from pydantic import MISSING, Field


class AgoraInboundCallStatePayload(WireModel):
    """What happened."""

    agent_id: Annotated[str, Field(min_length=1)]
    """The agent."""
    name: str
    """The agent's name, as given when it was started. One of its kind in a channel."""
    channel: Annotated[str, Field(min_length=1)]
    """The channel."""
    state: Literal["START", "ANSWERED", "TRANSFERED", "HANGUP"]
    """START: it came in. ANSWERED. TRANSFERED (so spelled): to a human. HANGUP: it ended."""
    report_ms: UnixMilliseconds
    """When the state changed, in milliseconds."""
    labels: dict[str, Any] | MISSING = MISSING
    """What the customer hung on the agent when it was started. Missing where that was nothing."""


class AgoraInboundCallStateNotification(WireModel):
    """A telephone call to an agent is in another state."""

    notice_id: Annotated[str, Field(alias="noticeId", min_length=1)]
    """Identifies the notification."""
    product_id: Annotated[Exact[Literal[17]], Field(alias="productId")]
    """The product: conversational AI engine. Names the callback together with eventType."""
    event_type: Annotated[Exact[Literal[201]], Field(alias="eventType")]
    """Names the callback within its product."""
    notify_ms: Annotated[UnixMilliseconds, Field(alias="notifyMs")]
    """When the notification was sent, in milliseconds. Another one in each attempt."""
    sid: Annotated[str | MISSING, Field(min_length=1)] = MISSING
    """The session."""
    payload: AgoraInboundCallStatePayload
