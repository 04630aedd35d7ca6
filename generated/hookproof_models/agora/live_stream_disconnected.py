# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


AgoraLiveStreamDisconnectedRtcUidInteger = TypeAliasType(
    "AgoraLiveStreamDisconnectedRtcUidInteger",
    Annotated[
        int, Field(ge=0, le=9223372036854775807, title="AgoraLiveStreamDisconnectedRtcUidInteger")
    ],
)
"""The user that it joined as, by number or in text."""


AgoraLiveStreamDisconnectedRtcUidString = TypeAliasType(
    "AgoraLiveStreamDisconnectedRtcUidString",
    Annotated[str, Field(min_length=1, title="AgoraLiveStreamDisconnectedRtcUidString")],
)
"""The user that it joined as, by number or in text."""


class AgoraLiveStreamDisconnectedRtc(WireModel):
    """Where it went."""

    channel: Annotated[str, Field(min_length=1)]
    """The channel."""
    uid: AgoraLiveStreamDisconnectedRtcUidInteger | AgoraLiveStreamDisconnectedRtcUidString
    """The user that it joined as, by number or in text."""


class AgoraLiveStreamDisconnectedStats(WireModel):
    """Bytes of the stream."""

    input_audio_bytes: Annotated[int, Field(alias="inputAudioBytes", ge=0, le=9223372036854775807)]
    """Sound that came in."""
    input_video_bytes: Annotated[int, Field(alias="inputVideoBytes", ge=0, le=9223372036854775807)]
    """Picture that came in."""
    output_audio_bytes: Annotated[
        int, Field(alias="outputAudioBytes", ge=0, le=9223372036854775807)
    ]
    """Sound that went to the channel."""
    output_video_bytes: Annotated[
        int, Field(alias="outputVideoBytes", ge=0, le=9223372036854775807)
    ]
    """Picture that went to the channel."""


class AgoraLiveStreamDisconnectedPayload(WireModel):
    """What happened."""

    sid: Annotated[str, Field(min_length=1)]
    """The streaming session."""
    region: str
    """The area of the server that takes the stream."""
    domain: str | MISSING = MISSING
    """The domain that the stream is pushed to."""
    stream_key: Annotated[str, Field(alias="streamKey")]
    """The key that the stream came with."""
    rtc_info: Annotated[AgoraLiveStreamDisconnectedRtc, Field(alias="rtcInfo")]
    stream_stats: Annotated[AgoraLiveStreamDisconnectedStats, Field(alias="streamStats")]
    begin_at: Annotated[
        str,
        Field(
            alias="beginAt",
            pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$",
        ),
    ]
    """When the stream began, in the form of RFC 3339."""
    end_at: Annotated[
        str,
        Field(
            alias="endAt",
            pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$",
        ),
    ]
    """When the stream ended, in the form of RFC 3339."""


class AgoraLiveStreamDisconnectedNotification(WireModel):
    """The gateway left the channel."""

    notice_id: Annotated[str, Field(alias="noticeId", min_length=1)]
    """Identifies the notification."""
    product_id: Annotated[Exact[Literal[10]], Field(alias="productId")]
    """The product: media gateway. Names the callback together with eventType."""
    event_type: Annotated[Exact[Literal[2]], Field(alias="eventType")]
    """Names the callback within its product."""
    notify_ms: Annotated[UnixMilliseconds, Field(alias="notifyMs")]
    """When the notification was sent, in milliseconds. Another one in each attempt."""
    payload: AgoraLiveStreamDisconnectedPayload
