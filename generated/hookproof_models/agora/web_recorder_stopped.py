# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, WireModel
from pydantic import MISSING, Field


class AgoraRecordingWebRecorderStoppedFile(WireModel):
    """A recorded file. Its name is fileName in the page's list and filename in its sample."""

    file_name: Annotated[str | MISSING, Field(alias="fileName", min_length=1)] = MISSING
    """Name of the M3U8 or MP4 file, spelled as in the list."""
    filename: Annotated[str | MISSING, Field(min_length=1)] = MISSING
    """Name of the M3U8 or MP4 file, spelled as in the sample."""
    slice_start_time: Annotated[UnixMilliseconds, Field(alias="sliceStartTime")]
    """When its recording began, in milliseconds."""


class AgoraRecordingWebRecorderStoppedDetails(WireModel):
    """What this event says. Fields may be added."""

    msg_name: Annotated[Literal["web_recorder_stopped"], Field(alias="msgName")]
    """Names the event in words."""
    code: Exact[Literal[0, 1, 2, 3, 4, 5, 6]]
    """Why: 0 it was told to, 1 the longest time was reached, 2 the page does what is not supported, 3 it could not start, 4 the page took too long to load, 5 the page could not be opened, 6 an error."""
    message: str
    """The reason as a word: ok, max_recording_hour, capability_limit, start_engine_failed, page_load_timeout, access_url_failed, recorder_error."""
    details: str
    """The reason in more words."""
    file_list: Annotated[list[AgoraRecordingWebRecorderStoppedFile], Field(alias="fileList")]
    """The recorded files."""


class AgoraRecordingWebRecorderStoppedPayload(WireModel):
    """What every event of a recording carries, and its details."""

    cname: Annotated[str, Field(min_length=1)]
    """The channel that is recorded."""
    uid: Annotated[str, Field(min_length=1)]
    """The user that the recorder joins the channel as; a number in text."""
    sid: Annotated[str, Field(min_length=1)]
    """The recording."""
    sequence: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """Numbers the notifications of a recording from 0, so that lost and repeated ones are seen."""
    sendts: UnixMilliseconds
    """When it happened, in milliseconds."""
    service_type: Annotated[Exact[Literal[6]], Field(alias="serviceType")]
    """The part that reports: 6, web page recording."""
    details: AgoraRecordingWebRecorderStoppedDetails


class AgoraRecordingWebRecorderStoppedNotification(WireModel):
    """The recording of a web page ended."""

    notice_id: Annotated[str, Field(alias="noticeId", min_length=1)]
    """Identifies the notification."""
    product_id: Annotated[Exact[Literal[3]], Field(alias="productId")]
    """The product: cloud recording. Names the callback together with eventType."""
    event_type: Annotated[Exact[Literal[71]], Field(alias="eventType")]
    """Names the callback within its product."""
    notify_ms: Annotated[UnixMilliseconds, Field(alias="notifyMs")]
    """When the notification was sent, in milliseconds. Another one in each attempt."""
    payload: AgoraRecordingWebRecorderStoppedPayload
