# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, JsonText, UnixSeconds, WireModel
from pydantic import MISSING, Field


class CssRecordingFileExtension(WireModel):
    """More on a file."""

    video_codec: str | MISSING = MISSING
    """The codec of what was pushed."""
    resolution: str | MISSING = MISSING
    """The size of what was pushed."""
    session_id: str | MISSING = MISSING
    """The recording task."""


class CssRecordingFileNotification(WireModel):
    """A file of a recording was made."""

    event_type: Exact[Literal[100]]
    """Names the callback."""
    t: UnixSeconds
    """Until when the notification is valid, in seconds; ten minutes after it was sent."""
    sign: Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
    """MD5 of the customer's key and t right after it."""
    appid: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """The customer's account."""
    app: str | MISSING = MISSING
    """The domain that is pushed to."""
    appname: str | MISSING = MISSING
    """The path that is pushed to."""
    stream_id: Annotated[str, Field(min_length=1)]
    """The stream."""
    channel_id: str
    """The same as stream_id."""
    file_id: Annotated[str, Field(min_length=1)]
    """The file at VOD."""
    record_file_id: str | MISSING = MISSING
    """The file at VOD."""
    record_temp_id: str | int | MISSING = MISSING
    """The template that it was recorded by; empty or missing for a task of the whole account."""
    file_format: str
    """The format of the file: flv, hls, mp4 or aac. In capitals in one edition of the table."""
    task_id: str | MISSING = MISSING
    """The task, where it was recorded by one of the API."""
    start_time: UnixSeconds
    """When the recording began, in seconds."""
    end_time: UnixSeconds
    """When the recording ended, in seconds."""
    start_time_usec: Annotated[int | MISSING, Field(ge=0, le=999999)] = MISSING
    """The microseconds of start_time."""
    end_time_usec: Annotated[int | MISSING, Field(ge=0, le=999999)] = MISSING
    """The microseconds of end_time."""
    duration: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """How long the file is, in seconds. May differ from what lies between start_time and end_time."""
    file_size: Annotated[int, Field(ge=0, le=18446744073709551615)]
    """The bytes of the file."""
    stream_param: str | MISSING = MISSING
    """The parameters of the URL that is pushed to. Missing for a task of the API."""
    video_url: str
    """Where the file lies."""
    media_start_time: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """The time stamp of the first frame that came."""
    record_bps: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """The rate that it was recorded at, in kilobits a second."""
    callback_ext: JsonText[CssRecordingFileExtension] | MISSING = MISSING
    """More, as JSON: video_codec, resolution, session_id. Nothing is to rest on it."""
