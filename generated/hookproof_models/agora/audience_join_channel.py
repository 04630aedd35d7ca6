# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import MISSING, Field


class AgoraAudienceJoinChannelPayload(WireModel):
    """What happened."""

    channel_name: Annotated[str, Field(alias="channelName", min_length=1)]
    """The channel."""
    uid: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """The user's number in the channel."""
    platform: Exact[Literal[0, 1, 2, 5, 6, 7, 8]]
    """The device: 1 Android, 2 iOS, 5 Windows, 6 Linux, 7 Web, 8 macOS, 0 another."""
    client_type: Annotated[
        int | MISSING, Field(alias="clientType", ge=0, le=9223372036854775807)
    ] = MISSING
    """The service on Linux, only where platform is 6. Common values: 3 local server recording, 8 applets, 10 cloud recording."""
    client_seq: Annotated[int, Field(alias="clientSeq", ge=0, le=9223372036854775807)]
    """Orders what one user does: a later event of the same user has a greater number."""
    ts: UnixSeconds
    """When it happened, in seconds."""
    account: str | MISSING = MISSING
    """The user's name, of an app that names its users by text."""


class AgoraAudienceJoinChannelNotification(WireModel):
    """One of the audience joined a channel of the live profile."""

    notice_id: Annotated[str, Field(alias="noticeId", min_length=1)]
    """Identifies the notification."""
    product_id: Annotated[Exact[Literal[1]], Field(alias="productId")]
    """The product: real-time communication. Names the callback together with eventType."""
    event_type: Annotated[Exact[Literal[105]], Field(alias="eventType")]
    """Names the callback within its product."""
    notify_ms: Annotated[UnixMilliseconds, Field(alias="notifyMs")]
    """When the notification was sent, in milliseconds. Another one in each attempt."""
    sid: Annotated[str | MISSING, Field(min_length=1)] = MISSING
    """The session. In the tables of two pages and in the sample of one of them; missing in the other samples and in the table of the third."""
    payload: AgoraAudienceJoinChannelPayload
