# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import MISSING, Field


class AgoraPlayerCreated(WireModel):
    """The player."""

    channel_name: Annotated[str, Field(alias="channelName", min_length=1)]
    """The channel."""
    create_ts: Annotated[UnixSeconds, Field(alias="createTs")]
    """When it was made, in seconds."""
    id: Annotated[str, Field(min_length=1)]
    """The player."""
    idle_timeout: Annotated[int, Field(alias="idleTimeout", ge=0, le=9223372036854775807)]
    """Seconds without playing after which it is destroyed."""
    name: str
    """Its name."""
    status: Literal["connecting"]
    """connecting: it connects to the stream, or looks what is in it."""
    stream_url: Annotated[str, Field(alias="streamUrl")]
    """The stream that is played."""
    token: str | MISSING = MISSING
    """The token that it joins the channel with."""
    uid: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """The user that it joins the channel as."""
    account: str | MISSING = MISSING
    """The same by name."""


class AgoraPlayerCreatedPayload(WireModel):
    """What happened."""

    lts: UnixMilliseconds
    """When it happened, on the vendor's server, in milliseconds."""
    player: AgoraPlayerCreated
    x_request_id: Annotated[str, Field(alias="xRequestId", min_length=1)]
    """The request that led to it, as in its X-Request-ID header."""


class AgoraPlayerCreatedNotification(WireModel):
    """A cloud player, which brings a stream into a channel, was made."""

    notice_id: Annotated[str, Field(alias="noticeId", min_length=1)]
    """Identifies the notification."""
    product_id: Annotated[Exact[Literal[4]], Field(alias="productId")]
    """The product: media pull. Names the callback together with eventType."""
    event_type: Annotated[Exact[Literal[1]], Field(alias="eventType")]
    """Names the callback within its product."""
    notify_ms: Annotated[UnixMilliseconds, Field(alias="notifyMs")]
    """When the notification was sent, in milliseconds. Another one in each attempt."""
    payload: AgoraPlayerCreatedPayload
