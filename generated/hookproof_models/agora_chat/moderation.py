# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import UnixMilliseconds, WireModel
from pydantic import MISSING, Field


class AgoraChatModerationCallback(WireModel):
    """A message was moderated: what was found in it, and what became of it."""

    call_id: Annotated[str, Field(alias="callId", min_length=1)]
    """Identifies the callback: the app's key, an underscore, a UUID. Part of the signature."""
    moderation_result: Annotated[
        Literal["PASS", "REJECT", "EXCHANGE", "RECALL"], Field(alias="moderationResult")
    ]
    """What becomes of the message: sent, refused, sent with words replaced, or a voice or film that was sent taken back."""
    provider_result: Annotated[Literal["PASS", "REVIEWED", "REJECT"], Field(alias="providerResult")]
    """What was found: nothing, something doubtful, something forbidden."""
    security: Annotated[str, Field(min_length=1)]
    """The signature: MD5 over callId, secret and timestamp, in hex."""
    message_type: Annotated[
        Literal["txt", "img", "audio", "video", "custom"], Field(alias="messageType")
    ]
    """Kind of message."""
    message_id: Annotated[str, Field(alias="messageId", min_length=1)]
    """The message."""
    target_type: Annotated[Literal["chat", "groupchat", "chatroom"], Field(alias="targetType")]
    """Between two, in a group, or in a room."""
    appkey: Annotated[str, Field(min_length=1)]
    """The app: organisation, a number sign, the app's name."""
    source: dict[str, Any] | MISSING = MISSING
    """Empty in the sample; the page does not describe it."""
    event_type: Annotated[Literal["moderation"], Field(alias="eventType")]
    """Names the callback."""
    from_: Annotated[str, Field(alias="from", min_length=1)]
    """The user who sent it."""
    to: Annotated[str, Field(min_length=1)]
    """Who it is for: a user, or the id of a group or room."""
    url: str
    """Where the attachment of a picture, a voice or a film is; counts for those alone."""
    msg: str
    """The text of a text message; counts for those alone."""
    timestamp: UnixMilliseconds
    """When the Chat server got it, in milliseconds. Part of the signature."""
