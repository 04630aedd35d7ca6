# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import DecimalString, Exact, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import MISSING, Field

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class ZimBotMsgRecipient(WireModel):
    """A user whom a message sent through the server went to."""

    user_id: Annotated[str, Field(alias="UserId")]
    """The user."""
    msg_id: Annotated[str, Field(alias="MsgId")]
    """The message as this user got it; empty where it could not be sent."""
    msg_seq: Annotated[int | MISSING, Field(alias="MsgSeq", ge=0, le=9223372036854775807)] = MISSING
    """Number of the message, to recall it by. Missing in the page's own sample."""


class ZimBotMsgCallback(WireModel):
    """A one-to-one message has been sent to a bot."""

    appid: DecimalString
    """App identifier."""
    event: Literal["bot_msg"]
    """Names the callback."""
    timestamp: UnixSeconds
    """When the callback was sent. Part of the signature."""
    nonce: NonceString
    """Random number. Part of the signature."""
    signature: Sha1HexString
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    from_user_id: str
    """The user who sent."""
    conv_type: Exact[Literal[0]]
    """0, one-to-one; nothing else occurs."""
    conv_id: str
    """The conversation. Empty for a one-to-one message sent through the server, whose recipients stand in user_list."""
    msg_type: Exact[Literal[1, 10, 11, 12, 13, 14, 200]]
    """1 text, 10 several items, 11 image, 12 file, 13 audio, 14 video, 200 custom."""
    sub_msg_type: Annotated[int, Field(ge=0, le=200)]
    """Type of a custom message, chosen by the sender; means nothing unless msg_type is 200."""
    msg_body: str
    """What the message says. Sent by the client SDK: as it was sent for text (1) and custom (200), JSON text for all other types (ZimMediaMessage, ZimMultiItemMessage), which may be percent-encoded. Sent through the server: what was given there, whatever the type."""
    msg_id: str
    """The message; unique. Empty for a batch of one-to-one messages sent through the server; user_list has the ids then."""
    msg_seq: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """Number of the message, to recall it by. Empty for a batch of one-to-one messages sent through the server. Missing in the page's own sample."""
    payload: str | MISSING = MISSING
    """What the sender added for the app. Not in the English table, but in its sample and in the Chinese table."""
    msg_time: UnixMilliseconds
    """When the server got the message."""
    send_result: Annotated[int, Field(ge=-9223372036854775808, le=9223372036854775807)]
    """0 where the message was sent, else an error code."""
    user_list: list[ZimBotMsgRecipient] | MISSING = MISSING
    """The recipients of one-to-one messages sent through the server; else absent. Accounts that used this callback before 2024-01-05 get it only once support has turned it on."""
