# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixSecondsString, WireModel
from pydantic import Field

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class CloudRecordingM3u8Detail(WireModel):
    """The M3U8 file."""

    stream_id: Annotated[str, Field(min_length=1)]
    """The recorded stream."""
    file_id: Annotated[str, Field(min_length=1)]
    """Name of the file."""
    file_url: Annotated[str, Field(min_length=1)]
    """Where the file can be fetched."""
    media_track_type: Exact[Literal[1, 2, 3]] | int
    """1 sound only, 2 picture only, 3 both."""


class CloudRecordingM3u8AddressCallback(WireModel):
    """Where the M3U8 file of a recording lies whose segments are uploaded while it runs."""

    app_id: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """App identifier. A number here, not text."""
    task_id: Annotated[str, Field(pattern="^[!-~]{16}$")]
    """The recording task, always 16 bytes."""
    room_id: str
    """The recorded room."""
    event_type: Exact[Literal[102]]
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
    detail: CloudRecordingM3u8Detail
