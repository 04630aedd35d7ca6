# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import MISSING, Field


class AgoraChannelCreatePayload(WireModel):
    """What happened."""

    channel_name: Annotated[str, Field(alias="channelName", min_length=1)]
    """The channel."""
    ts: UnixSeconds
    """When it happened, in seconds."""


class AgoraChannelCreateNotification(WireModel):
    """The first user joined, and the channel exists."""

    notice_id: Annotated[str, Field(alias="noticeId", min_length=1)]
    """Identifies the notification."""
    product_id: Annotated[Exact[Literal[1]], Field(alias="productId")]
    """The product: real-time communication. Names the callback together with eventType."""
    event_type: Annotated[Exact[Literal[101]], Field(alias="eventType")]
    """Names the callback within its product."""
    notify_ms: Annotated[UnixMilliseconds, Field(alias="notifyMs")]
    """When the notification was sent, in milliseconds. Another one in each attempt."""
    sid: Annotated[str | MISSING, Field(min_length=1)] = MISSING
    """The session. In the tables of two pages and in the sample of one of them; missing in the other samples and in the table of the third."""
    payload: AgoraChannelCreatePayload
