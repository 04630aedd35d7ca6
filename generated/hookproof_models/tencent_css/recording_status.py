# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixSeconds, WireModel
from pydantic import MISSING, Field


class CssRecordingStatusNotification(WireModel):
    """A recording has begun, waits, goes on, failed or has ended."""

    event_type: Exact[Literal[332]]
    """Names the callback."""
    t: UnixSeconds
    """Until when the notification is valid, in seconds; ten minutes after it was sent."""
    sign: Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
    """MD5 of the customer's key and t right after it."""
    appid: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """The customer's account."""
    appname: str
    """The path that is pushed to."""
    domain: str
    """The domain that is pushed to."""
    event_time: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """When it happened. The unit is not said."""
    record_detail: str | MISSING = MISSING
    """How it is recorded."""
    record_event: Literal["record_start_succeeded", "record_start_failed", "record_paused", "record_resumed", "record_error", "record_ended"]
    """What happened."""
    seq: str | MISSING = MISSING
    """Counts the notifications."""
    session_id: Annotated[str, Field(min_length=1)]
    """The recording task."""
    stream_id: Annotated[str, Field(min_length=1)]
    """The stream."""
