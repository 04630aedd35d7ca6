# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


AgoraLiveProfileUpdatedRtcUidInteger = TypeAliasType(
    "AgoraLiveProfileUpdatedRtcUidInteger",
    Annotated[
        int, Field(ge=0, le=9223372036854775807, title="AgoraLiveProfileUpdatedRtcUidInteger")
    ],
)
"""The user that it joined as, by number or in text."""


AgoraLiveProfileUpdatedRtcUidString = TypeAliasType(
    "AgoraLiveProfileUpdatedRtcUidString",
    Annotated[str, Field(min_length=1, title="AgoraLiveProfileUpdatedRtcUidString")],
)
"""The user that it joined as, by number or in text."""


class AgoraLiveProfileUpdatedRtc(WireModel):
    """Where it went."""

    channel: Annotated[str, Field(min_length=1)]
    """The channel."""
    uid: AgoraLiveProfileUpdatedRtcUidInteger | AgoraLiveProfileUpdatedRtcUidString
    """The user that it joined as, by number or in text."""


class AgoraLiveProfileUpdatedVideo(WireModel):
    """The picture. Missing where there is only sound."""

    codec: str
    """Such as H.264, H.265, VP8, VP9, AV1."""
    width: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """In pixels."""
    height: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """In pixels."""
    gop: Annotated[int, Field(ge=1000, le=9223372036854775807)]
    """Length of a group of pictures in milliseconds, an average rounded to 1000."""


class AgoraLiveProfileUpdatedAudio(WireModel):
    """The sound."""

    sample_rate: Annotated[int, Field(alias="sampleRate", ge=0, le=9223372036854775807)]
    """In Hz."""
    channels: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """How many channels."""


class AgoraLiveProfileUpdatedPayload(WireModel):
    """What happened."""

    sid: Annotated[str, Field(min_length=1)]
    """The streaming session."""
    region: str
    """The area of the server that takes the stream."""
    domain: str | MISSING = MISSING
    """The domain that the stream is pushed to."""
    stream_key: Annotated[str, Field(alias="streamKey")]
    """The key that the stream came with."""
    rtc_info: Annotated[AgoraLiveProfileUpdatedRtc, Field(alias="rtcInfo")]
    video_profile: Annotated[
        AgoraLiveProfileUpdatedVideo | MISSING, Field(alias="videoProfile")
    ] = MISSING
    audio_profile: Annotated[
        AgoraLiveProfileUpdatedAudio | MISSING, Field(alias="audioProfile")
    ] = MISSING
    begin_at: Annotated[
        str,
        Field(
            alias="beginAt",
            pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$",
        ),
    ]
    """When the stream began, in the form of RFC 3339."""


class AgoraLiveProfileUpdatedNotification(WireModel):
    """The first sound or picture came, or its form changed."""

    notice_id: Annotated[str, Field(alias="noticeId", min_length=1)]
    """Identifies the notification."""
    product_id: Annotated[Exact[Literal[10]], Field(alias="productId")]
    """The product: media gateway. Names the callback together with eventType."""
    event_type: Annotated[Exact[Literal[4]], Field(alias="eventType")]
    """Names the callback within its product."""
    notify_ms: Annotated[UnixMilliseconds, Field(alias="notifyMs")]
    """When the notification was sent, in milliseconds. Another one in each attempt."""
    payload: AgoraLiveProfileUpdatedPayload
