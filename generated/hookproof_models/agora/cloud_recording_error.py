# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, WireModel
from pydantic import Field


class AgoraCloudRecordingErrorDetails(WireModel):
    """What this event says. Fields may be added."""

    msg_name: Annotated[Literal["cloud_recording_error"], Field(alias="msgName")]
    """Names the event in words."""
    module: Exact[Literal[0, 1, 2, 6]]
    """Where: 0 the recorder, 1 the uploader, 2 the service, 6 web page recording."""
    error_level: Annotated[Exact[Literal[1, 2, 3, 4, 5]], Field(alias="errorLevel")]
    """How bad: 1 debug, 2 minor, 3 medium, 4 major, 5 fatal."""
    error_code: Annotated[
        int, Field(alias="errorCode", ge=-9223372036854775807, le=9223372036854775807)
    ]
    """Which error. Of the uploader: 32 the storage is not set up rightly, 47 the upload failed, 51 the files could not be processed. Of the service: 50 the upload timed out, 52 the start did."""
    stat: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """0 as it should be; any other number, not."""
    error_msg: Annotated[str, Field(alias="errorMsg")]
    """The error in words."""


class AgoraCloudRecordingErrorPayload(WireModel):
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
    service_type: Annotated[Exact[Literal[0]], Field(alias="serviceType")]
    """The part that reports: 0, the cloud recording service."""
    details: AgoraCloudRecordingErrorDetails


class AgoraCloudRecordingErrorNotification(WireModel):
    """Something failed in a recording. A fatal error may end it."""

    notice_id: Annotated[str, Field(alias="noticeId", min_length=1)]
    """Identifies the notification."""
    product_id: Annotated[Exact[Literal[3]], Field(alias="productId")]
    """The product: cloud recording. Names the callback together with eventType."""
    event_type: Annotated[Exact[Literal[1]], Field(alias="eventType")]
    """Names the callback within its product."""
    notify_ms: Annotated[UnixMilliseconds, Field(alias="notifyMs")]
    """When the notification was sent, in milliseconds. Another one in each attempt."""
    payload: AgoraCloudRecordingErrorPayload
