# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import JsonNumber, UnixMilliseconds, WireModel
from pydantic import MISSING, Field


class AgoraChatMessageBodySize(WireModel):
    """Width and height of a picture, or of a film's still, in pixels."""

    width: int
    """Width."""
    height: int
    """Height."""


class AgoraChatMessageBody(WireModel):
    """A part of a message. Which fields there are follows from its type."""

    type: Annotated[str, Field(min_length=1)]
    """txt a text, img a picture, audio, video, loc a place, cmd a command, custom the app's own."""
    msg: str | MISSING = MISSING
    """The text of a text or a command."""
    filename: str | MISSING = MISSING
    """Name of the file."""
    secret: str | MISSING = MISSING
    """What the upload of the file gave back, to fetch it with."""
    file_length: int | MISSING = MISSING
    """Size of the file in bytes."""
    length: int | MISSING = MISSING
    """Duration of sound or film in seconds."""
    url: str | MISSING = MISSING
    """Where the file is."""
    size: Annotated[AgoraChatMessageBodySize | MISSING, Field(title="AgoraChatMessageBodySize")] = (
        MISSING
    )
    """Width and height of a picture, or of a film's still, in pixels."""
    thumb: str | MISSING = MISSING
    """Where a film's still is."""
    thumb_secret: str | MISSING = MISSING
    """What the upload of the still gave back."""
    addr: str | MISSING = MISSING
    """The place in words."""
    log: str | JsonNumber | MISSING = MISSING
    """Longitude, as the table spells it."""
    lng: str | JsonNumber | MISSING = MISSING
    """Longitude, as the sample spells it."""
    lat: str | JsonNumber | MISSING = MISSING
    """Latitude: a text by the table, a number in the sample."""
    custom_event: Annotated[
        str | MISSING, Field(alias="customEvent", max_length=32, min_length=1)
    ] = MISSING
    """Kind of a custom message, of 1 to 32 characters."""
    custom_exts: Annotated[
        dict[str, Any] | list[dict[str, Any]] | MISSING, Field(alias="customExts")
    ] = MISSING
    """Attributes of a custom message: texts by name, at most 16; the sample has a list of objects."""
    v2_custom_exts: Annotated[dict[str, Any] | MISSING, Field(alias="v2:customExts")] = MISSING
    """The same attributes as texts by name."""


class AgoraChatMessageContent(WireModel):
    """What was written, and the app's own extension."""

    ext: dict[str, Any]
    """The app's own extension; any members."""
    bodies: list[AgoraChatMessageBody]
    """What was written, in samples one part."""


class AgoraChatMessageCallback(WireModel):
    """A message was sent, between two, in a group or in a room. Told after it was delivered, and of those who were offline."""

    call_id: Annotated[str, Field(alias="callId", min_length=1)]
    """Identifies the callback: the app's key, an underscore, a UUID. Part of the signature."""
    event_type: Annotated[Literal["chat", "chat_offline"], Field(alias="eventType")]
    """chat: on its way to devices. chat_offline: kept, for nobody was online."""
    timestamp: UnixMilliseconds
    """When the Chat server got it, in milliseconds. Part of the signature."""
    chat_type: Literal["chat", "groupchat"]
    """chat between two, groupchat in a group or a room."""
    group_id: Annotated[str | MISSING, Field(min_length=1)] = MISSING
    """The group or the room; of a message between two there is none."""
    from_: Annotated[str, Field(alias="from", min_length=1)]
    """The user who sent it."""
    to: Annotated[str, Field(min_length=1)]
    """Who it is for: a user, or the id of a group or room."""
    msg_id: Annotated[str, Field(min_length=1)]
    """The message or the event; the same id that its sender was given."""
    payload: AgoraChatMessageContent
    security_version: Annotated[str | MISSING, Field(alias="securityVersion")] = MISSING
    """Reserved."""
    security: Annotated[str, Field(min_length=1)]
    """The signature: MD5 over callId, secret and timestamp, in hex."""
    appkey: Annotated[str | MISSING, Field(min_length=1)] = MISSING
    """The app: organisation, a number sign, the app's name."""
    host: Annotated[str | MISSING, Field(min_length=1)] = MISSING
    """A server of the vendor; the page calls it the domain of its REST API."""
