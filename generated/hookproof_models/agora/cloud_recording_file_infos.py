# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, WireModel
from pydantic import Field


class AgoraCloudRecordingFileInfosDetails(WireModel):
    """What this event says. Fields may be added."""

    msg_name: Annotated[Literal["cloud_recording_file_infos"], Field(alias="msgName")]
    """Names the event in words."""
    file_list: Annotated[str, Field(alias="fileList")]
    """Name of the M3U8 file."""


class AgoraCloudRecordingFileInfosPayload(WireModel):
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
    details: AgoraCloudRecordingFileInfosDetails


class AgoraCloudRecordingFileInfosNotification(WireModel):
    """The M3U8 playlist was made and uploaded for the first time."""

    notice_id: Annotated[str, Field(alias="noticeId", min_length=1)]
    """Identifies the notification."""
    product_id: Annotated[Exact[Literal[3]], Field(alias="productId")]
    """The product: cloud recording. Names the callback together with eventType."""
    event_type: Annotated[Exact[Literal[4]], Field(alias="eventType")]
    """Names the callback within its product."""
    notify_ms: Annotated[UnixMilliseconds, Field(alias="notifyMs")]
    """When the notification was sent, in milliseconds. Another one in each attempt."""
    payload: AgoraCloudRecordingFileInfosPayload
