# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


AgoraLiveStreamConnectedRtcUidInteger = TypeAliasType(
    "AgoraLiveStreamConnectedRtcUidInteger",
    Annotated[
        int, Field(ge=0, le=9223372036854775807, title="AgoraLiveStreamConnectedRtcUidInteger")
    ],
)
"""The user that it joined as, by number or in text."""


AgoraLiveStreamConnectedRtcUidString = TypeAliasType(
    "AgoraLiveStreamConnectedRtcUidString",
    Annotated[str, Field(min_length=1, title="AgoraLiveStreamConnectedRtcUidString")],
)
"""The user that it joined as, by number or in text."""


class AgoraLiveStreamConnectedRtc(WireModel):
    """Where it went."""

    channel: Annotated[str, Field(min_length=1)]
    """The channel."""
    uid: AgoraLiveStreamConnectedRtcUidInteger | AgoraLiveStreamConnectedRtcUidString
    """The user that it joined as, by number or in text."""


class AgoraLiveStreamConnectedAudio(WireModel):
    """The sound."""

    enabled: bool | MISSING = MISSING
    """Whether it is converted."""
    profile: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """The profile."""


class AgoraLiveStreamConnectedVideo(WireModel):
    """The picture."""

    enabled: bool | MISSING = MISSING
    """Whether it is converted."""
    bitrate: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """The bit rate."""
    fps: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """Frames each second."""
    height: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """In pixels."""
    width: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """In pixels."""


class AgoraLiveStreamConnectedTranscoding(WireModel):
    """How it is converted."""

    audio: AgoraLiveStreamConnectedAudio | MISSING = MISSING
    video: AgoraLiveStreamConnectedVideo | MISSING = MISSING


class AgoraLiveStreamConnectedPayload(WireModel):
    """What happened."""

    sid: Annotated[str, Field(min_length=1)]
    """The streaming session."""
    region: str
    """The area of the server that takes the stream."""
    domain: str | MISSING = MISSING
    """The domain that the stream is pushed to."""
    stream_key: Annotated[str, Field(alias="streamKey")]
    """The key that the stream came with."""
    rtc_info: Annotated[AgoraLiveStreamConnectedRtc, Field(alias="rtcInfo")]
    transcoding: AgoraLiveStreamConnectedTranscoding | MISSING = MISSING
    begin_at: Annotated[
        str,
        Field(
            alias="beginAt",
            pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$",
        ),
    ]
    """When the stream began, in the form of RFC 3339."""


class AgoraLiveStreamConnectedNotification(WireModel):
    """The gateway took a stream and joined the channel. live_stream_disconnected follows."""

    notice_id: Annotated[str, Field(alias="noticeId", min_length=1)]
    """Identifies the notification."""
    product_id: Annotated[Exact[Literal[10]], Field(alias="productId")]
    """The product: media gateway. Names the callback together with eventType."""
    event_type: Annotated[Exact[Literal[1]], Field(alias="eventType")]
    """Names the callback within its product."""
    notify_ms: Annotated[UnixMilliseconds, Field(alias="notifyMs")]
    """When the notification was sent, in milliseconds. Another one in each attempt."""
    payload: AgoraLiveStreamConnectedPayload
