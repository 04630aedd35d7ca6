# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import (
    DecimalString,
    JsonNumber,
    JsonText,
    TextInteger,
    UnixSecondsString,
    WireModel,
)
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


ProcedureMediaSizeInteger = TypeAliasType(
    "ProcedureMediaSizeInteger",
    Annotated[int, Field(ge=0, le=9223372036854775807, title="ProcedureMediaSizeInteger")],
)
"""As in an entry of transcode, by the table alone."""


ProcedureTranscodeSizeInteger = TypeAliasType(
    "ProcedureTranscodeSizeInteger",
    Annotated[int, Field(ge=0, le=9223372036854775807, title="ProcedureTranscodeSizeInteger")],
)
"""Size in bytes. The page leaves its type empty and shows an integer."""


class ProcedureVideo(WireModel):
    """The video stream of an output."""

    height: Annotated[int | MISSING, Field(ge=0, le=4294967295)] = MISSING
    """Height in pixels."""
    width: Annotated[int | MISSING, Field(ge=0, le=4294967295)] = MISSING
    """Width in pixels."""
    bitrate: Annotated[int | MISSING, Field(ge=0, le=4294967295)] = MISSING
    """Bits a second."""
    codec: str | MISSING = MISSING
    """Name of the codec; its case and dots vary (hevc, H.264)."""
    fps: Annotated[int | MISSING, Field(ge=0, le=4294967295)] = MISSING
    """Frames a second."""


class ProcedureAudio(WireModel):
    """The audio stream of an output."""

    bitrate: Annotated[int | MISSING, Field(ge=0, le=4294967295)] = MISSING
    """Bits a second."""
    codec: str | MISSING = MISSING
    """Name of the codec; its case varies (aac, AAC)."""
    sampling_rate: Annotated[int | MISSING, Field(ge=0, le=4294967295)] = MISSING
    """Samples a second."""


class ProcedureTranscode(WireModel):
    """One output. Where it failed, all but the code may be missing; an output without pictures has no video."""

    code: Annotated[str, Field(min_length=1)]
    """0 is success, all else failure; the values are not listed."""
    message: str | MISSING = MISSING
    """Text of the error."""
    replay_url: str | MISSING = MISSING
    """Where the output can be played."""
    size: ProcedureTranscodeSizeInteger | TextInteger | MISSING = MISSING
    """Size in bytes. The page leaves its type empty and shows an integer."""
    duration: Annotated[JsonNumber | MISSING, Field(ge=0)] = MISSING
    """Length in seconds."""
    video: ProcedureVideo | MISSING = MISSING
    audio: ProcedureAudio | MISSING = MISSING


class ProcedureMedia(WireModel):
    """Result for the media file, by kind of task."""

    transcode: list[ProcedureTranscode]
    """One entry for each output."""
    code: Annotated[str | MISSING, Field(min_length=1)] = MISSING
    """As in an entry of transcode, by the table alone."""
    message: str | MISSING = MISSING
    """As in an entry of transcode, by the table alone."""
    replay_url: str | MISSING = MISSING
    """As in an entry of transcode, by the table alone."""
    size: ProcedureMediaSizeInteger | TextInteger | MISSING = MISSING
    """As in an entry of transcode, by the table alone."""
    duration: Annotated[JsonNumber | MISSING, Field(ge=0)] = MISSING
    """As in an entry of transcode, by the table alone."""
    video: ProcedureVideo | MISSING = MISSING
    audio: ProcedureAudio | MISSING = MISSING


class ProcedureExtraParams(WireModel):
    """Result of the task. The table shows the members flat, the sample nests them under transcode."""

    media: ProcedureMedia


class ProcedureCallback(WireModel):
    """The transcoding of a stored media file has ended. SUCCESS speaks for the task as a whole; single outputs may still have failed, see their code."""

    event: Literal["procedure"]
    """Names the callback."""
    appid: DecimalString
    """App identifier."""
    timestamp: UnixSecondsString
    """When the callback was sent; nine digits in the page's own sample. Part of the signature."""
    nonce: NonceString
    """Random number. Part of the signature."""
    signature: Sha1HexString
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    task_id: Annotated[str, Field(min_length=1)]
    """The transcoding task, as the answer to its start named it."""
    status: Literal["SUCCESS", "FAILED"]
    """Outcome of the task as a whole."""
    file_id_camel: Annotated[DecimalString | MISSING, Field(alias="fileId")] = MISSING
    """The source file, as the table of the page spells it. Over 2^53."""
    file_id: DecimalString | MISSING = MISSING
    """The source file, as the sample of the page spells it. Over 2^53."""
    extra_params: Literal["", "{}"] | JsonText[ProcedureExtraParams] | None | MISSING = MISSING
    """The result as JSON text; empty when the task failed."""
