# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import Exact, UnixSecondsString, WireModel
from pydantic import MISSING, Field

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class CloudRecordingUploadingCallback(WireModel):
    """The recording has stopped, and its files are being uploaded."""

    app_id: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """App identifier. A number here, not text."""
    task_id: Annotated[str, Field(pattern="^[!-~]{16}$")]
    """The recording task, always 16 bytes."""
    room_id: str
    """The recorded room."""
    event_type: Exact[Literal[7]]
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
    detail: dict[str, Any] | Literal[""] | None | MISSING = MISSING
    """Documented as an object and as empty; no sample shows it."""
