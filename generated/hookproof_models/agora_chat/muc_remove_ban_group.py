# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixMilliseconds, WireModel
from pydantic import MISSING, Field

from ..common.agora_chat_status import AgoraChatStatus


class AgoraChatMucRemoveBanGroupPayload(WireModel):
    """What was done."""

    muc_id: Annotated[str, Field(min_length=1)]
    """The group or the room as the Chat server names it: app, group, domain."""
    reason: str | MISSING = MISSING
    """More about it; of this operation, what its description says. May be missing."""
    is_chatroom: bool
    """Whether it is a room; otherwise a group."""
    operation: Literal["remove_ban_group"]
    """Names the callback among those of groups and rooms."""
    status: AgoraChatStatus


class AgoraChatMucRemoveBanGroupCallback(WireModel):
    """A group or a room was unmuted for everybody."""

    chat_type: Literal["muc"]
    """An event of a group or a room."""
    call_id: Annotated[str, Field(alias="callId", min_length=1)]
    """Identifies the callback: the app's key, an underscore, a UUID. Part of the signature."""
    security: Annotated[str, Field(min_length=1)]
    """The signature: MD5 over callId, secret and timestamp, in hex."""
    payload: AgoraChatMucRemoveBanGroupPayload
    group_id: Annotated[str | MISSING, Field(min_length=1)] = MISSING
    """The group or the room. Always there by the sample, never by the table."""
    host: Annotated[str, Field(min_length=1)]
    """A server of the vendor; the page calls it the domain of its REST API."""
    appkey: Annotated[str, Field(min_length=1)]
    """The app: organisation, a number sign, the app's name."""
    from_: Annotated[str, Field(alias="from", min_length=1)]
    """Who did it: in the sample with app, domain and device."""
    to: Annotated[str, Field(min_length=1)]
    """Whom it is about."""
    event_type: Annotated[Literal["chat", "chat_offline"], Field(alias="eventType")]
    """chat: on its way to devices. chat_offline: kept, for nobody was online."""
    msg_id: Annotated[str, Field(min_length=1)]
    """The message or the event; the same id that its sender was given."""
    timestamp: UnixMilliseconds
    """When the Chat server got it, in milliseconds. Part of the signature."""
    security_version: Annotated[str | MISSING, Field(alias="securityVersion")] = MISSING
    """Reserved."""
