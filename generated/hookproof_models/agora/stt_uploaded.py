# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, MillisecondsMoment, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import Field


class AgoraSttUploadedFile(WireModel):
    """A file that was written."""

    file_name: Annotated[str, Field(alias="fileName", min_length=1)]
    """Its name."""
    track_type: Annotated[Literal["audio", "video", "text"], Field(alias="trackType")]
    """What it holds: audio, video without sound, text of captions or a transcript."""
    mode: Exact[Literal[1, 2]]
    """1 it is of the channel, 2 of one user."""
    slice_start_time: Annotated[UnixMilliseconds, Field(alias="sliceStartTime")]
    """When its recording began, in milliseconds."""


class AgoraSttUploadedDetails(WireModel):
    """What this event says. Fields may be added."""

    msg_name: Annotated[Literal["uploaded"], Field(alias="msgName")]
    """Names the event in words."""
    status: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """0 as it should be; any other number, not."""
    file_list: Annotated[list[AgoraSttUploadedFile], Field(alias="fileList")]
    """The files, of captions and of sound."""


class AgoraSttUploadedPayload(WireModel):
    """What every event of a transcription carries, and its details."""

    cname: Annotated[str, Field(min_length=1)]
    """The channel that is transcribed."""
    sub_bot_uid: Annotated[str, Field(alias="subBotUid", min_length=1)]
    """The robot that listens; a number in text. It names the callback together with eventType."""
    pub_bot_uid: Annotated[str, Field(alias="pubBotUid", min_length=1)]
    """The robot that writes into the channel; a number in text."""
    task_id: Annotated[str, Field(alias="taskId", min_length=1)]
    """The task."""
    sequence: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """Numbers the notifications from 0, so that lost and repeated ones are seen."""
    service_scene: Annotated[str, Field(alias="serviceScene", min_length=1)]
    """What the service does. Documented as 1, shown in words."""
    sendts: UnixSeconds | MillisecondsMoment
    """When it happened. Documented in milliseconds, shown in seconds."""
    service_type: Annotated[Exact[Literal[2]], Field(alias="serviceType")]
    """The part that reports: 2, the uploader."""
    details: AgoraSttUploadedDetails


class AgoraSttUploadedNotification(WireModel):
    """All caption files are in the customer's storage, in versions 5 and 6."""

    notice_id: Annotated[str, Field(alias="noticeId", min_length=1)]
    """Identifies the notification."""
    product_id: Annotated[int, Field(alias="productId", ge=1, le=9223372036854775807)]
    """The product; which number it has in these versions is not said."""
    event_type: Annotated[Exact[Literal[31]], Field(alias="eventType")]
    """Names the callback together with a field of its payload."""
    notify_ms: Annotated[UnixMilliseconds, Field(alias="notifyMs")]
    """When the notification was sent, in milliseconds. Another one in each attempt."""
    payload: AgoraSttUploadedPayload
