# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import UnixMilliseconds, WireModel
from pydantic import Field


class AgoraChatDeliveryReceiptContent(WireModel):
    """Which message it is about."""

    ext: dict[str, Any]
    """Extension; empty in the sample."""
    ack_message_id: Annotated[str, Field(min_length=1)]
    """The message that it is about."""
    bodies: list[Any]
    """Empty in the sample."""


class AgoraChatDeliveryReceiptCallback(WireModel):
    """A device told that a message arrived."""

    chat_type: Literal["delivery_ack"]
    """Names the callback."""
    call_id: Annotated[str, Field(alias="callId", min_length=1)]
    """Identifies the callback: the app's key, an underscore, a UUID. Part of the signature."""
    security: Annotated[str, Field(min_length=1)]
    """The signature: MD5 over callId, secret and timestamp, in hex."""
    payload: AgoraChatDeliveryReceiptContent
    host: Annotated[str, Field(min_length=1)]
    """A server of the vendor; the page calls it the domain of its REST API."""
    appkey: Annotated[str, Field(min_length=1)]
    """The app: organisation, a number sign, the app's name."""
    from_: Annotated[str, Field(alias="from", min_length=1)]
    """The user who sent it."""
    to: Annotated[str, Field(min_length=1)]
    """Who it is for: a user, or the id of a group or room."""
    event_type: Annotated[Literal["chat", "chat_offline"], Field(alias="eventType")]
    """chat: on its way to devices. chat_offline: kept, for nobody was online."""
    msg_id: Annotated[str, Field(min_length=1)]
    """The message or the event; the same id that its sender was given."""
    timestamp: UnixMilliseconds
    """When the Chat server got it, in milliseconds. Part of the signature."""
