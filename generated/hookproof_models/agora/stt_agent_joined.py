# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, MillisecondsMoment, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import MISSING, Field


class AgoraSttAgentJoinedPayload(WireModel):
    """What happened."""

    agent_id: Annotated[str, Field(min_length=1)]
    """The task."""
    channel: Annotated[str, Field(min_length=1)]
    """The channel."""
    start_ts: UnixSeconds | MillisecondsMoment
    """When the task began. Documented in milliseconds, shown in seconds."""


class AgoraSttAgentJoinedNotification(WireModel):
    """The agent of a speech-to-text task joined the channel."""

    notice_id: Annotated[str, Field(alias="noticeId", min_length=1)]
    """Identifies the notification."""
    product_id: Annotated[Exact[Literal[20]], Field(alias="productId")]
    """The product: real-time speech to text. Names the callback together with eventType."""
    event_type: Annotated[Exact[Literal[101]], Field(alias="eventType")]
    """Names the callback within its product."""
    notify_ms: Annotated[UnixMilliseconds, Field(alias="notifyMs")]
    """When the notification was sent, in milliseconds. Another one in each attempt."""
    sid: Annotated[str | MISSING, Field(min_length=1)] = MISSING
    """The agent."""
    payload: AgoraSttAgentJoinedPayload
