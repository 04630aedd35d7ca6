# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, MillisecondsMoment, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import Field


class AgoraSttUploadingProgressDetails(WireModel):
    """What this event says. Fields may be added."""

    msg_name: Annotated[Literal["uploading_progress"], Field(alias="msgName")]
    """Names the event in words."""
    progress: Annotated[int, Field(ge=0, le=10000)]
    """Ten thousand times the share of the files that are uploaded; it only grows."""


class AgoraSttUploadingProgressPayload(WireModel):
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
    details: AgoraSttUploadingProgressDetails


class AgoraSttUploadingProgressNotification(WireModel):
    """How far the upload of caption files is, once a minute, in versions 5 and 6."""

    notice_id: Annotated[str, Field(alias="noticeId", min_length=1)]
    """Identifies the notification."""
    product_id: Annotated[int, Field(alias="productId", ge=1, le=9223372036854775807)]
    """The product; which number it has in these versions is not said."""
    event_type: Annotated[Exact[Literal[33]], Field(alias="eventType")]
    """Names the callback together with a field of its payload."""
    notify_ms: Annotated[UnixMilliseconds, Field(alias="notifyMs")]
    """When the notification was sent, in milliseconds. Another one in each attempt."""
    payload: AgoraSttUploadingProgressPayload
