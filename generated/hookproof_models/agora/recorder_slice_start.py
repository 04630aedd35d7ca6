# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, WireModel
from pydantic import Field


class AgoraRecordingRecorderSliceStartDetails(WireModel):
    """What this event says. Fields may be added."""

    msg_name: Annotated[Literal["recorder_slice_start"], Field(alias="msgName")]
    """Names the event in words."""
    start_utc_ms: Annotated[UnixMilliseconds, Field(alias="startUtcMs")]
    """When the slice began, in milliseconds."""
    discontinue_utc_ms: Annotated[UnixMilliseconds, Field(alias="discontinueUtcMs")]
    """When the last slice before an interruption ended, in milliseconds; otherwise the same as startUtcMs."""
    mixed_all_user: Annotated[bool, Field(alias="mixedAllUser")]
    """Whether all users are in one file."""
    stream_uid: Annotated[str, Field(alias="streamUid", min_length=1)]
    """The user whose stream is in the file; 0 in composite mode."""
    track_type: Annotated[Literal["audio", "video", "audio_and_video"], Field(alias="trackType")]
    """What the file holds: audio; video without sound; or both."""


class AgoraRecordingRecorderSliceStartPayload(WireModel):
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
    service_type: Annotated[Exact[Literal[1]], Field(alias="serviceType")]
    """The part that reports: 1, the recorder."""
    details: AgoraRecordingRecorderSliceStartDetails


class AgoraRecordingRecorderSliceStartNotification(WireModel):
    """The first slice began, or the first one after an interruption."""

    notice_id: Annotated[str, Field(alias="noticeId", min_length=1)]
    """Identifies the notification."""
    product_id: Annotated[Exact[Literal[3]], Field(alias="productId")]
    """The product: cloud recording. Names the callback together with eventType."""
    event_type: Annotated[Exact[Literal[42]], Field(alias="eventType")]
    """Names the callback within its product."""
    notify_ms: Annotated[UnixMilliseconds, Field(alias="notifyMs")]
    """When the notification was sent, in milliseconds. Another one in each attempt."""
    payload: AgoraRecordingRecorderSliceStartPayload
