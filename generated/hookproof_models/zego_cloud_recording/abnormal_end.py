# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixSecondsString, WireModel
from pydantic import Field

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class CloudRecordingAbnormalEndDetail(WireModel):
    """Why the recording ended."""

    quit_reason: Exact[Literal[1, 2, 3, 4, 5, 6, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009, 1010, 1011]] | int
    """1 not started, 2 could not enter the room, 3 no stream and no whiteboard for MaxIdleTime, 4 MaxRecordTime reached, 5 the engine did not start, 6 connection lost; 1001 unknown, 1002 file name too long, 1003 file not opened, 1004 no space left, 1005 engine not set up, 1006 header not written, 1007 EBADF and 1008 EIO in writing, 1009 internal channel, 1010 format not supported, 1011 illegal state."""


class CloudRecordingAbnormalEndCallback(WireModel):
    """A recording ended by a fault or a limit."""

    app_id: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """App identifier. A number here, not text."""
    task_id: Annotated[str, Field(pattern="^[!-~]{16}$")]
    """The recording task, always 16 bytes."""
    room_id: str
    """The recorded room."""
    event_type: Exact[Literal[2]]
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
    detail: CloudRecordingAbnormalEndDetail
