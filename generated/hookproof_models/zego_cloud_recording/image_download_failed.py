# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixSecondsString, WireModel
from pydantic import Field

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class CloudRecordingImageDetail(WireModel):
    """The image that could not be fetched."""

    image_type: Exact[Literal[1, 2, 3, 4]] | int
    """Which parameter named it: 1 MixOutputBackgroundImage, 2 MixOutputWatermarkImage, 3 DefaultMixStreamBackgroundImage, 4 BackgroundImage of one stream."""
    image_url: Annotated[str, Field(min_length=1)]
    """Address of the image."""


class CloudRecordingImageDownloadFailedCallback(WireModel):
    """A background or watermark image that the request named could not be fetched."""

    app_id: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """App identifier. A number here, not text."""
    task_id: Annotated[str, Field(pattern="^[!-~]{16}$")]
    """The recording task, always 16 bytes."""
    room_id: str
    """The recorded room."""
    event_type: Exact[Literal[3]]
    """Names the callback."""
    message: str
    """The event in words; empty in the sample."""
    nonce: NonceString
    """Random number. Part of the signature."""
    timestamp: UnixSecondsString
    """When the callback was sent. The unit is not stated; the sample shows seconds. Part of the signature."""
    signature: Sha1HexString
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    sequence: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """Number of the message, from 0."""
    detail: CloudRecordingImageDetail
