# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import DecimalString, Exact, UnixSecondsString, WireModel
from pydantic import Field

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class TranscodeStopCallback(WireModel):
    """The transcoding of a single stream was stopped, by the user or by a fault."""

    event: Annotated[Literal["transcode_stop"], Field(alias="Event")]
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
    """The user who asked for the stop, an id of the developer's own."""
    sequence: Annotated[int, Field(alias="Sequence", ge=0, le=9223372036854775807)]
    """Number of the stop request, from 0. A number here, not text."""
    status: Annotated[Literal["TranscodeStopped", "TranscodeStarted"], Field(alias="Status")]
    """State of the task. Documented as TranscodeStopped, shown as TranscodeStarted."""
    stop_reason: Annotated[Exact[Literal[0, 1]], Field(alias="StopReason")]
    """0 stopped by the user, 1 stopped by a fault. A number here, not text."""
