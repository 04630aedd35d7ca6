# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, UnixSecondsString, WireModel
from pydantic import MISSING, Field

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class CloudRecordingFile(WireModel):
    """A recorded file. Of a mixed stream, user and stream are the id of the mix."""

    user_id: str
    """User who published the recorded stream."""
    user_name: str
    """Nickname of that user."""
    stream_id: str
    """The recorded stream."""
    file_id: Annotated[str, Field(min_length=1)]
    """Name of the file, as OutputFileRule of the request makes it. It begins with the task."""
    video_id: str
    """Id that a video-on-demand service gave: VideoId of Alibaba Cloud, FileId of Tencent Cloud. Empty in the sample."""
    file_url: Annotated[str | MISSING, Field(min_length=1)] = MISSING
    """Where the file can be fetched. Missing where it is stored with Qiniu or with Alibaba Cloud's video on demand."""
    output_file_format: Literal["mp4", "flv", "hls", "jpg", "aac"] | str
    """Format of the file."""
    file_size: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """Size in bytes."""
    duration: Annotated[int, Field(ge=0, le=4294967295)]
    """Length in milliseconds."""
    resolution_width: Annotated[int, Field(ge=0, le=4294967295)]
    """Width in pixels."""
    resolution_height: Annotated[int, Field(ge=0, le=4294967295)]
    """Height in pixels."""
    media_track_type: Exact[Literal[1, 2, 3]] | int
    """1 sound only, 2 picture only, 3 both."""
    begin_timestamp: UnixMilliseconds
    """When the file was begun (Chinese page), or when the stream's signal came (English page)."""
    custom_begin_timestamp: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """A moment of the customer's own, taken from the stream's SEI. On the English page only; no unit is stated."""
    status: Exact[Literal[3, 4, 5]] | int
    """3 uploaded to the customer's storage, 4 uploaded to the vendor's backup instead, which keeps it for three days, 5 uploaded to neither."""


class CloudRecordingUploadDetail(WireModel):
    """Outcome of the uploads."""

    upload_status: Exact[Literal[1, 2]] | int
    """1 all files were uploaded, 2 some were: at least one has a status other than 3."""
    file_info: list[CloudRecordingFile]
    """The files; empty where nobody published, so that nothing was recorded."""


class CloudRecordingFileUploadStatusCallback(WireModel):
    """The files of a recording were uploaded, all of them or some. Of screenshots each file has its own callback."""

    app_id: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """App identifier. A number here, not text."""
    task_id: Annotated[str, Field(pattern="^[!-~]{16}$")]
    """The recording task, always 16 bytes."""
    room_id: str
    """The recorded room."""
    event_type: Exact[Literal[1]]
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
    detail: CloudRecordingUploadDetail
