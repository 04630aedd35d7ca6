# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, MillisecondsMoment, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import MISSING, Field


class AgoraConverterDestroyed(WireModel):
    """The converter."""

    id: Annotated[str, Field(min_length=1)]
    """The converter."""
    name: str | MISSING = MISSING
    """Its name."""
    create_ts: Annotated[UnixSeconds, Field(alias="createTs")]
    """When the converter was made, in seconds."""
    update_ts: Annotated[UnixSeconds, Field(alias="updateTs")]
    """When it was last changed, in seconds."""


class AgoraConverterDestroyedPayload(WireModel):
    """What happened."""

    converter: AgoraConverterDestroyed
    lts: UnixSeconds | MillisecondsMoment
    """When it happened, on the vendor's server. Documented in milliseconds, shown in seconds."""
    destroy_reason: Annotated[
        Literal["Delete Request", "Idle Timeout", "Internal Error"], Field(alias="destroyReason")
    ]
    """Why: it was told to, nobody was in the channel, or an error of the server."""
    fields: str
    """The fields of the converter that are sent, with commas between; a field mask as protobuf writes it."""


class AgoraConverterDestroyedNotification(WireModel):
    """A converter is gone, and its push has ended."""

    notice_id: Annotated[str, Field(alias="noticeId", min_length=1)]
    """Identifies the notification."""
    product_id: Annotated[Exact[Literal[5]], Field(alias="productId")]
    """The product: media push. Names the callback together with eventType."""
    event_type: Annotated[Exact[Literal[4]], Field(alias="eventType")]
    """Names the callback within its product."""
    notify_ms: Annotated[UnixMilliseconds, Field(alias="notifyMs")]
    """When the notification was sent, in milliseconds. Another one in each attempt."""
    payload: AgoraConverterDestroyedPayload
