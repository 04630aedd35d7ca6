# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixSeconds, WireModel
from pydantic import MISSING, Field


class CssRecordingFault(WireModel):
    """Faults of a kind."""

    type: Annotated[int, Field(ge=-2147483648, le=2147483647)]
    """The kind, below zero; the page has a list."""
    occurs: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """How often."""
    desc: str | MISSING = MISSING
    """The kind in words."""


class CssRecordingFaultNotification(WireModel):
    """Faults were seen while a stream was recorded."""

    event_type: Exact[Literal[341]]
    """Names the callback."""
    t: UnixSeconds
    """Until when the notification is valid, in seconds; ten minutes after it was sent."""
    sign: Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
    """MD5 of the customer's key and t right after it."""
    appid: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """The customer's account."""
    stream_id: Annotated[str, Field(min_length=1)]
    """The stream."""
    session_id: Annotated[str, Field(min_length=1)]
    """The recording task."""
    file_format: str | MISSING = MISSING
    """The format of the file: FLV, TS, MP4, AAC and others."""
    timestamp: UnixSeconds
    """When they were told, in seconds."""
    exception_level: str
    """How grave they are: info, warning, error and others."""
    exception: list[CssRecordingFault] | CssRecordingFault
    """The faults."""
    interface: str | MISSING = MISSING
    """In the sample, not in the table."""
