# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, WireModel
from pydantic import Field


class AgoraPlayerOfStatus(WireModel):
    """The player."""

    channel_name: Annotated[str, Field(alias="channelName", min_length=1)]
    """The channel."""
    id: Annotated[str, Field(min_length=1)]
    """The player."""
    name: str
    """Its name."""
    status: Literal["connecting", "success", "running", "failed", "stopped"]
    """connecting: it connects to the stream. success: it is connected. running: it plays. failed: it cannot connect or play. stopped: the stream ended."""


class AgoraPlayerStatusChangedPayload(WireModel):
    """What happened."""

    player: AgoraPlayerOfStatus
    lts: UnixMilliseconds
    """When it happened, on the vendor's server, in milliseconds."""
    fields: str
    """The fields of the player that are sent, with commas between; a field mask as protobuf writes it."""


class AgoraPlayerStatusChangedNotification(WireModel):
    """The state of a cloud player changed."""

    notice_id: Annotated[str, Field(alias="noticeId", min_length=1)]
    """Identifies the notification."""
    product_id: Annotated[Exact[Literal[4]], Field(alias="productId")]
    """The product: media pull. Names the callback together with eventType."""
    event_type: Annotated[Exact[Literal[4]], Field(alias="eventType")]
    """Names the callback within its product."""
    notify_ms: Annotated[UnixMilliseconds, Field(alias="notifyMs")]
    """When the notification was sent, in milliseconds. Another one in each attempt."""
    payload: AgoraPlayerStatusChangedPayload
