# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, WireModel
from pydantic import Field
from typing_extensions import TypeAliasType


AgoraLiveStreamAbortedRtcUidInteger = TypeAliasType(
    "AgoraLiveStreamAbortedRtcUidInteger",
    Annotated[
        int, Field(ge=0, le=9223372036854775807, title="AgoraLiveStreamAbortedRtcUidInteger")
    ],
)
"""The user that it joined as, by number or in text."""


AgoraLiveStreamAbortedRtcUidString = TypeAliasType(
    "AgoraLiveStreamAbortedRtcUidString",
    Annotated[str, Field(min_length=1, title="AgoraLiveStreamAbortedRtcUidString")],
)
"""The user that it joined as, by number or in text."""


class AgoraLiveStreamAbortedRtc(WireModel):
    """Where it went."""

    channel: Annotated[str, Field(min_length=1)]
    """The channel."""
    uid: AgoraLiveStreamAbortedRtcUidInteger | AgoraLiveStreamAbortedRtcUidString
    """The user that it joined as, by number or in text."""


class AgoraLiveStreamAbortedPayload(WireModel):
    """What happened."""

    sid: Annotated[str, Field(min_length=1)]
    """The streaming session."""
    region: str
    """The area of the server that takes the stream."""
    domain: str
    """The domain that the stream is pushed to."""
    stream_key: Annotated[str, Field(alias="streamKey")]
    """The key that the stream came with."""
    rtc_info: Annotated[AgoraLiveStreamAbortedRtc, Field(alias="rtcInfo")]
    begin_at: Annotated[
        str,
        Field(
            alias="beginAt",
            pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$",
        ),
    ]
    """When the stream began, in the form of RFC 3339."""
    error_code: Annotated[int, Field(alias="errorCode", ge=0, le=9223372036854775807)]
    """Why: 1 the key is malformed, 2 invalid, 3 not for this domain; 4 too many streams, 5 a conflict, 6 a bit rate over the limit, 7 no data for ten seconds, 8 the channel could not be joined, 9 the network was lost, 10 an error inside. The sample has 100."""
    reason: str
    """The error in words."""


class AgoraLiveStreamAbortedNotification(WireModel):
    """The gateway ended a stream: by itself, or between the two other events."""

    notice_id: Annotated[str, Field(alias="noticeId", min_length=1)]
    """Identifies the notification."""
    product_id: Annotated[Exact[Literal[10]], Field(alias="productId")]
    """The product: media gateway. Names the callback together with eventType."""
    event_type: Annotated[Exact[Literal[3]], Field(alias="eventType")]
    """Names the callback within its product."""
    notify_ms: Annotated[UnixMilliseconds, Field(alias="notifyMs")]
    """When the notification was sent, in milliseconds. Another one in each attempt."""
    payload: AgoraLiveStreamAbortedPayload
