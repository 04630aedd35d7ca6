# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, MillisecondsMoment, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import MISSING, Field


class AgoraCloudTranscoderUpdatedInput(WireModel):
    """A stream that goes in."""

    rtc_channel: Annotated[str, Field(alias="rtcChannel", min_length=1)]
    """The channel."""
    rtc_uid: Annotated[int, Field(alias="rtcUid", ge=0, le=9223372036854775807)]
    """The user."""
    audio: bool
    """Whether there is sound."""
    video: bool
    """Whether there is picture."""


class AgoraCloudTranscoderUpdatedOutput(WireModel):
    """A stream that comes out."""

    rtc_channel: Annotated[str, Field(alias="rtcChannel", min_length=1)]
    """The channel."""
    rtc_uid: Annotated[int, Field(alias="rtcUid", ge=0, le=9223372036854775807)]
    """The user."""
    audio: bool
    """Whether there is sound."""
    video: bool
    """Whether there is picture."""


class AgoraCloudTranscoderUpdatedTranscoder(WireModel):
    """What goes in and what comes out."""

    inputs: list[AgoraCloudTranscoderUpdatedInput]
    """What goes in."""
    outputs: list[AgoraCloudTranscoderUpdatedOutput]
    """What comes out."""
    user_config_detail: Annotated[str | MISSING, Field(alias="userConfigDetail")] = MISSING
    """The settings as the customer's request gave them."""


class AgoraCloudTranscoderUpdatedDetails(WireModel):
    """What this event says."""

    event: Literal["cloud_transcoder_updated"]
    """Names the event in words."""
    state: Literal["running"]
    """running: it works."""
    create_ts: Annotated[UnixSeconds | MillisecondsMoment, Field(alias="createTs")]
    """When the transcoder was made. Documented in seconds, shown in milliseconds."""
    update_ts: Annotated[UnixSeconds | MillisecondsMoment, Field(alias="updateTs")]
    """When it was last changed or ended. Documented in seconds, shown in milliseconds."""
    transcoder: AgoraCloudTranscoderUpdatedTranscoder


class AgoraCloudTranscoderUpdatedPayload(WireModel):
    """What every event of a transcoder carries, and its details."""

    task_id: Annotated[str, Field(alias="taskId", min_length=1)]
    """The task."""
    instance_id: Annotated[str, Field(alias="instanceId", min_length=1)]
    """The name that the customer gave it."""
    sequence: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """Numbers the events."""
    sendts: UnixMilliseconds
    """When it was sent, in milliseconds."""
    service_scene: Annotated[Literal["rtsc/cloud-transcoder"], Field(alias="serviceScene")]
    """Always this."""
    details: AgoraCloudTranscoderUpdatedDetails


class AgoraCloudTranscoderUpdatedNotification(WireModel):
    """The settings of a transcoder were changed."""

    notice_id: Annotated[str, Field(alias="noticeId", min_length=1)]
    """Identifies the notification."""
    product_id: Annotated[int, Field(alias="productId", ge=0, le=9223372036854775807)]
    """The product. The pages give no number for this one; the examples have 0, which no product has."""
    event_type: Annotated[Exact[Literal[113]], Field(alias="eventType")]
    """Names the callback, together with the name in the details."""
    notify_ms: Annotated[UnixMilliseconds, Field(alias="notifyMs")]
    """When the notification was sent, in milliseconds. Another one in each attempt."""
    payload: AgoraCloudTranscoderUpdatedPayload
