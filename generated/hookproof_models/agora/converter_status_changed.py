# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, MillisecondsMoment, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import Field


class AgoraConverterOfStatus(WireModel):
    """The converter."""

    id: Annotated[str, Field(min_length=1)]
    """The converter."""
    create_ts: Annotated[UnixSeconds, Field(alias="createTs")]
    """When the converter was made, in seconds."""
    update_ts: Annotated[UnixSeconds, Field(alias="updateTs")]
    """When it was last changed, in seconds."""
    state: Literal["connecting", "running", "failed"]
    """connecting: it connects to the server. running: it pushes. failed: the push failed."""


class AgoraConverterStatusChangedPayload(WireModel):
    """What happened."""

    converter: AgoraConverterOfStatus
    lts: UnixSeconds | MillisecondsMoment
    """When it happened, on the vendor's server. Documented in milliseconds, shown in seconds."""
    fields: str
    """The fields of the converter that are sent, with commas between; a field mask as protobuf writes it."""


class AgoraConverterStatusChangedNotification(WireModel):
    """The state of a converter changed."""

    notice_id: Annotated[str, Field(alias="noticeId", min_length=1)]
    """Identifies the notification."""
    product_id: Annotated[Exact[Literal[5]], Field(alias="productId")]
    """The product: media push. Names the callback together with eventType."""
    event_type: Annotated[Exact[Literal[3]], Field(alias="eventType")]
    """Names the callback within its product."""
    notify_ms: Annotated[UnixMilliseconds, Field(alias="notifyMs")]
    """When the notification was sent, in milliseconds. Another one in each attempt."""
    payload: AgoraConverterStatusChangedPayload
