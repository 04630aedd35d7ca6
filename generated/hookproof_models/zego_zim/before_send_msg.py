# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import DecimalString, Exact, UnixSeconds, WireModel
from pydantic import MISSING, Field

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class ZimMediaMessage(WireModel):
    """Body of an image (11), file (12), audio (13) or video (14) message. The page gives no sample of it."""

    md5: str
    """MD5 of the file."""
    file_name: str
    """Name of the file."""
    file_size: DecimalString
    """Size in bytes."""
    download_url: str
    """Where the file can be fetched."""
    media_duration: DecimalString | MISSING = MISSING
    """Length of audio or video in seconds."""
    origin_image_width: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """Images: width of the original in pixels."""
    origin_image_height: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """Images: height of the original in pixels."""
    large_image_download_url: str | MISSING = MISSING
    """Images: where the large version can be fetched."""
    large_image_width: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """Images: width of the large version in pixels."""
    large_image_height: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """Images: height of the large version in pixels."""
    thumbnail_download_url: str | MISSING = MISSING
    """Images: where the thumbnail can be fetched."""
    thumbnail_width: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """Images: width of the thumbnail in pixels."""
    thumbnail_height: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """Images: height of the thumbnail in pixels."""
    video_first_frame_download_url: str | MISSING = MISSING
    """Videos: where a picture of the first frame can be fetched."""
    video_first_frame_width: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """Videos: width of the first frame in pixels."""
    video_first_frame_height: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = (
        MISSING
    )
    """Videos: height of the first frame in pixels."""


class ZimMessageItem(WireModel):
    """One item of a message of several items."""

    msg_type: Exact[Literal[1, 11, 12, 13, 14, 200]]
    """1 text, 11 image, 12 file, 13 audio, 14 video, 200 custom."""
    sub_msg_type: Annotated[int | MISSING, Field(ge=0, le=200)] = MISSING
    """Type of a custom item; only there when msg_type is 200."""
    callback_content: str | dict[str, Any]
    """What the item holds: of image, file, audio and video the same as in a message of its own, else the content as it was sent. The table says Object."""


class ZimCombinedMessage(WireModel):
    """Body of a message that combines others (100). Its fields begin with capitals, unlike all around it."""

    title: Annotated[str, Field(alias="Title")]
    """Title of the combined message."""
    summary: Annotated[str, Field(alias="Summary")]
    """Summary of the combined message."""


class ZimBeforeSendMsgCallback(WireModel):
    """A user is about to send a message, and the receiver's answer decides what becomes of it. Only for messages sent by the client SDK. Where the receiver fails, the message is not sent."""

    appid: DecimalString
    """App identifier."""
    event: Literal["before_send_msg"]
    """Names the callback."""
    timestamp: UnixSeconds
    """When the callback was sent. Part of the signature."""
    nonce: NonceString
    """Random number. Part of the signature."""
    signature: Sha1HexString
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    request_id: str
    """The request."""
    from_user_id: str
    """The user who sends."""
    conv_id: str
    """The conversation: a user, a room, a group or a channel."""
    conv_type: Exact[Literal[0, 1, 2, 3]]
    """0 one-to-one, 1 room, 2 group, 3 channel (in the Chinese page only)."""
    msg_id: str
    """The message; unique."""
    payload: str
    """What the sender added for the app."""
    msg_type: Exact[Literal[1, 10, 11, 12, 13, 14, 100, 200]]
    """1 text, 10 several items, 11 image, 12 file, 13 audio, 14 video, 100 combined, 200 custom."""
    sub_msg_type: Annotated[int, Field(ge=0, le=200)]
    """Type of a custom message, chosen by the sender; means nothing unless msg_type is 200."""
    msg_body: str
    """What the message says. As it was sent for text (1) and custom (200), JSON text for all other types (ZimMediaMessage, ZimMultiItemMessage, ZimCombinedMessage), which may be percent-encoded."""


class ZimMultiItemMessage(WireModel):
    """Body of a message of several items (10). The page gives no sample of it."""

    multi_msg: list[ZimMessageItem]
    """The items in order."""
