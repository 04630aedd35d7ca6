# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixSecondsString, WireModel
from pydantic import MISSING, Field

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class CloudRecordingEndedFile(WireModel):
    """A recorded file. Of a mixed stream, user and stream are the id of the mix."""

    user_id: str
    """User who published the recorded stream."""
    user_name: str
    """Nickname of that user."""
    stream_id: str
    """The recorded stream."""
    file_id: Annotated[str, Field(min_length=1)]
    """Name of the file, as output_file_rule of the request makes it."""
    video_id: str
    """Id that a video-on-demand service gave: that of Alibaba Cloud or of Tencent Cloud."""


class CloudRecordingRecordingEndedCallback(WireModel):
    """A recording has ended: the older callback, for accounts that were opened before 2021-11-29. Unlike the newer ones it has its files at the top and no detail."""

    app_id: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """App identifier. A number here, not text."""
    task_id: Annotated[str, Field(pattern="^[!-~]{16}$")]
    """The recording task, always 16 bytes."""
    room_id: str
    """The recorded room."""
    event_type: Exact[Literal[1, 2, 3]]
    """1 ended well and all files were uploaded; 2 ended with a fault and some were not; 3 ended well without a file, as nobody published."""
    message: str
    """The event in words."""
    nonce: NonceString
    """Random number. Part of the signature."""
    timestamp: UnixSecondsString
    """When the callback was sent. Part of the signature."""
    signature: Sha1HexString
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    sequence: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """Number of the message, from 0. Only where screenshots are taken."""
    file_info: list[CloudRecordingEndedFile]
    """The files; empty where nobody published, so that nothing was recorded."""
