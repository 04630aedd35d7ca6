# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, WireModel
from pydantic import Field


class AgoraPlayerDestroyed(WireModel):
    """The player."""

    channel_name: Annotated[str, Field(alias="channelName", min_length=1)]
    """The channel."""
    id: Annotated[str, Field(min_length=1)]
    """The player."""
    name: str
    """Its name."""


class AgoraPlayerDestroyedPayload(WireModel):
    """What happened."""

    destroy_reason: Annotated[
        Literal["Delete Request", "Internal Error", "Idle Timeout", "Stream Stopped"],
        Field(alias="destroyReason"),
    ]
    """Why: it was told to, an error such as a token that is wrong or expired, it could not play for too long, or the stream ended."""
    fields: str
    """The fields of the player that are sent, with commas between; a field mask as protobuf writes it."""
    lts: UnixMilliseconds
    """When it happened, on the vendor's server, in milliseconds."""
    player: AgoraPlayerDestroyed


class AgoraPlayerDestroyedNotification(WireModel):
    """A cloud player is gone."""

    notice_id: Annotated[str, Field(alias="noticeId", min_length=1)]
    """Identifies the notification."""
    product_id: Annotated[Exact[Literal[4]], Field(alias="productId")]
    """The product: media pull. Names the callback together with eventType."""
    event_type: Annotated[Exact[Literal[3]], Field(alias="eventType")]
    """Names the callback within its product."""
    notify_ms: Annotated[UnixMilliseconds, Field(alias="notifyMs")]
    """When the notification was sent, in milliseconds. Another one in each attempt."""
    payload: AgoraPlayerDestroyedPayload
