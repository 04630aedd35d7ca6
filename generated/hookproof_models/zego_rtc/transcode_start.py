# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import DecimalString, UnixSecondsString, WireModel
from pydantic import MISSING, Field

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class TranscodeInput(WireModel):
    """The stream that is transcoded, by its id or its address."""

    stream_id: Annotated[str | MISSING, Field(alias="StreamId")] = MISSING
    """Id of the stream."""
    stream_url: Annotated[str | MISSING, Field(alias="StreamUrl")] = MISSING
    """Address of the stream."""


class TranscodeOutput(WireModel):
    """A stream that the task makes, by its id or its address."""

    stream_id: Annotated[str | MISSING, Field(alias="StreamId")] = MISSING
    """Id of the stream."""
    stream_url: Annotated[str | MISSING, Field(alias="StreamUrl")] = MISSING
    """Address of the stream."""
    video_enc_id: Annotated[int, Field(alias="VideoEncId", ge=0, le=4294967295)]
    """Video codec, as the request numbers it; 0 is that of the input."""
    video_bitrate: Annotated[int, Field(alias="VideoBitrate", ge=0, le=4294967295)]
    """Bit rate."""
    short_edge_adaption: Annotated[int, Field(alias="ShortEdgeAdaption", ge=0, le=4294967295)]
    """1 where the width is that of the shorter edge, turned as the input is; 0 where width and height are taken as they are."""
    fps: Annotated[int, Field(alias="Fps", ge=0, le=4294967295)]
    """Frames a second."""
    width: Annotated[int, Field(alias="Width", ge=0, le=4294967295)]
    """Width in pixels."""
    height: Annotated[int, Field(alias="Height", ge=0, le=4294967295)]
    """Height in pixels."""
    gop: Annotated[int, Field(alias="GOP", ge=0, le=4294967295)]
    """Interval between key frames."""


class TranscodeDetails(WireModel):
    """What is transcoded, and into what."""

    input: Annotated[TranscodeInput, Field(alias="Input")]
    outputs: Annotated[list[TranscodeOutput], Field(alias="Outputs")]
    """One entry for each stream that the task makes."""


class TranscodeStartCallback(WireModel):
    """The transcoding of a single stream was started or changed."""

    event: Annotated[Literal["transcode_start"], Field(alias="Event")]
    """Names the callback."""
    appid: Annotated[DecimalString, Field(alias="Appid")]
    """App identifier."""
    timestamp: Annotated[UnixSecondsString, Field(alias="Timestamp")]
    """When the callback was sent. Part of the signature."""
    nonce: Annotated[NonceString, Field(alias="Nonce")]
    """Random number. Part of the signature."""
    signature: Annotated[Sha1HexString, Field(alias="Signature")]
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The transcoding task."""
    user_id: Annotated[str, Field(alias="UserId")]
    """The user who asked for the start, an id of the developer's own."""
    sequence: Annotated[int, Field(alias="Sequence", ge=0, le=9223372036854775807)]
    """Number of the request to transcode. A number here, not text."""
    status: Annotated[Literal["TranscodeStarted", "TranscodeUpdated"], Field(alias="Status")]
    """Whether the task was started or changed."""
    details: Annotated[TranscodeDetails, Field(alias="Details")]
