# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, WireModel
from pydantic import MISSING, Field


class AgoraRecordingUploadedFile(WireModel):
    """A recorded file."""

    file_name: Annotated[str, Field(alias="fileName", min_length=1)]
    """Name of the M3U8 or MP4 file."""
    track_type: Annotated[Literal["audio", "video", "audio_and_video"], Field(alias="trackType")]
    """What the file holds: audio; video without sound; or both."""
    uid: Annotated[str, Field(min_length=1)]
    """The user who is recorded in it; 0 in composite mode."""
    mixed_all_user: Annotated[bool, Field(alias="mixedAllUser")]
    """Whether all users are in one file."""
    is_playable: Annotated[bool, Field(alias="isPlayable")]
    """Whether it can be played online."""
    slice_start_time: Annotated[UnixMilliseconds, Field(alias="sliceStartTime")]
    """When its recording began, in milliseconds."""


class AgoraRecordingUploadedDetails(WireModel):
    """What this event says. Fields may be added."""

    msg_name: Annotated[Literal["uploaded"], Field(alias="msgName")]
    """Names the event in words."""
    status: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """0 as it should be; any other number, not."""
    file_list: Annotated[list[AgoraRecordingUploadedFile] | MISSING, Field(alias="fileList")] = (
        MISSING
    )
    """The recorded files. Missing of a web page recording."""


class AgoraRecordingUploadedPayload(WireModel):
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
    service_type: Annotated[Exact[Literal[2]], Field(alias="serviceType")]
    """The part that reports: 2, the uploader."""
    details: AgoraRecordingUploadedDetails


class AgoraRecordingUploadedNotification(WireModel):
    """All files are in the customer's storage."""

    notice_id: Annotated[str, Field(alias="noticeId", min_length=1)]
    """Identifies the notification."""
    product_id: Annotated[Exact[Literal[3]], Field(alias="productId")]
    """The product: cloud recording. Names the callback together with eventType."""
    event_type: Annotated[Exact[Literal[31]], Field(alias="eventType")]
    """Names the callback within its product."""
    notify_ms: Annotated[UnixMilliseconds, Field(alias="notifyMs")]
    """When the notification was sent, in milliseconds. Another one in each attempt."""
    payload: AgoraRecordingUploadedPayload
