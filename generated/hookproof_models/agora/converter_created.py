# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, MillisecondsMoment, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


AgoraConverterCreatedAudioRtcStreamUidsItemInteger = TypeAliasType(
    "AgoraConverterCreatedAudioRtcStreamUidsItemInteger",
    Annotated[
        int,
        Field(
            ge=0, le=9223372036854775807, title="AgoraConverterCreatedAudioRtcStreamUidsItemInteger"
        ),
    ],
)


AgoraConverterCreatedAudioRtcStreamUidsItemString = TypeAliasType(
    "AgoraConverterCreatedAudioRtcStreamUidsItemString",
    Annotated[str, Field(min_length=1, title="AgoraConverterCreatedAudioRtcStreamUidsItemString")],
)


class AgoraConverterCreatedAudio(WireModel):
    """How the sound is made."""

    codec_profile: Annotated[str | MISSING, Field(alias="codecProfile")] = MISSING
    """The codec."""
    sample_rate: Annotated[
        int | MISSING, Field(alias="sampleRate", ge=0, le=9223372036854775807)
    ] = MISSING
    """In Hz."""
    bitrate: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """In Kbps."""
    audio_channels: Annotated[
        int | MISSING, Field(alias="audioChannels", ge=0, le=9223372036854775807)
    ] = MISSING
    """How many channels."""
    rtc_stream_uids: Annotated[
        list[AgoraConverterCreatedAudioRtcStreamUidsItemInteger | AgoraConverterCreatedAudioRtcStreamUidsItemString] | MISSING,
        Field(alias="rtcStreamUids"),
    ] = MISSING
    """The users who are mixed, by number or by name."""


class AgoraConverterCreatedCanvas(WireModel):
    """The canvas."""

    width: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """In pixels."""
    height: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """In pixels."""
    color: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """Colour of the ground as an RGB number: 255 is blue."""


class AgoraConverterCreatedRegion(WireModel):
    """Where it stands on the canvas."""

    x_pos: Annotated[int, Field(alias="xPos", ge=-9223372036854775807, le=9223372036854775807)]
    """From the left, in pixels."""
    y_pos: Annotated[int, Field(alias="yPos", ge=-9223372036854775807, le=9223372036854775807)]
    """From the top, in pixels."""
    z_index: Annotated[int, Field(alias="zIndex", ge=0, le=100)]
    """The layer, 0 the lowest."""
    width: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """In pixels."""
    height: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """In pixels."""


class AgoraConverterCreatedElement(WireModel):
    """A user's picture (rtcStreamUid), or an image (imageUrl)."""

    rtc_stream_uid: Annotated[
        int | MISSING, Field(alias="rtcStreamUid", ge=0, le=9223372036854775807)
    ] = MISSING
    """The user whose picture it is."""
    region: AgoraConverterCreatedRegion
    placeholder_image_url: Annotated[str | MISSING, Field(alias="placeholderImageUrl")] = MISSING
    """What is shown in its place."""
    image_url: Annotated[str | MISSING, Field(alias="imageUrl")] = MISSING
    """The image."""


class AgoraConverterCreatedVideo(WireModel):
    """How the picture is made."""

    canvas: AgoraConverterCreatedCanvas | MISSING = MISSING
    layout: list[AgoraConverterCreatedElement] | MISSING = MISSING
    """What stands on the canvas."""
    codec_profile: Annotated[str | MISSING, Field(alias="codecProfile")] = MISSING
    """The profile of the codec."""
    frame_rate: Annotated[int | MISSING, Field(alias="frameRate", ge=0, le=9223372036854775807)] = (
        MISSING
    )
    """Frames each second."""
    bitrate: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """In Kbps."""
    sei_extra_info: Annotated[str | MISSING, Field(alias="seiExtraInfo")] = MISSING
    """What is added to the stream as SEI, spelled as in the list."""
    sei_options: Annotated[str | MISSING, Field(alias="seiOptions")] = MISSING
    """What is added to the stream as SEI, spelled as in the sample."""


class AgoraConverterCreatedOptions(WireModel):
    """How the streams are converted."""

    rtc_channel: Annotated[str, Field(alias="rtcChannel", min_length=1)]
    """The channel."""
    audio_options: Annotated[AgoraConverterCreatedAudio | MISSING, Field(alias="audioOptions")] = (
        MISSING
    )
    video_options: Annotated[AgoraConverterCreatedVideo | MISSING, Field(alias="videoOptions")] = (
        MISSING
    )


class AgoraConverterCreated(WireModel):
    """The converter."""

    id: Annotated[str, Field(min_length=1)]
    """The converter."""
    name: str | MISSING = MISSING
    """Its name."""
    transcode_options: Annotated[AgoraConverterCreatedOptions, Field(alias="transcodeOptions")]
    rtmp_url: Annotated[str, Field(alias="rtmpUrl")]
    """The CDN's address."""
    idle_time_out: Annotated[
        int | MISSING, Field(alias="idleTimeOut", ge=0, le=9223372036854775807)
    ] = MISSING
    """Seconds without anybody in the channel after which it is destroyed, spelled as in the list."""
    idle_timeout: Annotated[
        int | MISSING, Field(alias="idleTimeout", ge=0, le=9223372036854775807)
    ] = MISSING
    """The same, spelled as in the sample."""
    create_ts: Annotated[UnixSeconds, Field(alias="createTs")]
    """When the converter was made, in seconds."""
    update_ts: Annotated[UnixSeconds, Field(alias="updateTs")]
    """When it was last changed, in seconds."""
    state: Literal["connecting", "running", "failed"]
    """connecting: it connects to the server. running: it pushes."""


class AgoraConverterCreatedPayload(WireModel):
    """What happened."""

    converter: AgoraConverterCreated
    lts: UnixSeconds | MillisecondsMoment
    """When it happened, on the vendor's server. Documented in milliseconds, shown in seconds."""
    x_request_id: Annotated[str, Field(alias="xRequestId", min_length=1)]
    """The request that led to it, as in its X-Request-ID header."""


class AgoraConverterCreatedNotification(WireModel):
    """A converter, which pushes streams to a CDN, was made."""

    notice_id: Annotated[str, Field(alias="noticeId", min_length=1)]
    """Identifies the notification."""
    product_id: Annotated[Exact[Literal[5]], Field(alias="productId")]
    """The product: media push. Names the callback together with eventType."""
    event_type: Annotated[Exact[Literal[1]], Field(alias="eventType")]
    """Names the callback within its product."""
    notify_ms: Annotated[UnixMilliseconds, Field(alias="notifyMs")]
    """When the notification was sent, in milliseconds. Another one in each attempt."""
    payload: AgoraConverterCreatedPayload
