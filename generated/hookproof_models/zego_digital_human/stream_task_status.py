# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import (
    Exact,
    MillisecondsTextMoment,
    UnixMilliseconds,
    UnixSecondsString,
    WireModel,
)
from pydantic import MISSING, Field

from ..common.sha1_hex_string import Sha1HexString


class DigitalHumanStreamTaskDetail(WireModel):
    """The state of the task."""

    status: Annotated[Exact[Literal[1, 2, 3, 4, 5]] | int, Field(alias="Status")]
    """1 starting, 2 could not start, 3 streaming, 4 stopping, 5 stopped."""
    room_id: Annotated[str, Field(alias="RoomId")]
    """Room into which it streams."""
    stream_id: Annotated[str, Field(alias="StreamId")]
    """The stream."""
    fail_reason: Annotated[str | MISSING, Field(alias="FailReason")] = MISSING
    """Why the task could not start; of meaning only where Status is 2. In no sample."""


class DigitalHumanStreamTaskStatusCallback(WireModel):
    """The task that streams a digital human has come to another state."""

    app_id: Annotated[int, Field(alias="AppId", ge=0, le=4294967295)]
    """App identifier."""
    event_type: Annotated[Exact[Literal[3]], Field(alias="EventType")]
    """Names the callback, by the number 3."""
    nonce: Annotated[str, Field(alias="Nonce", min_length=1)]
    """Random text, with letters in the samples. Part of the signature."""
    timestamp: Annotated[UnixSecondsString | MillisecondsTextMoment, Field(alias="Timestamp")]
    """When the callback was sent, as text. Documented in milliseconds, shown in seconds. Part of the signature."""
    signature: Annotated[Sha1HexString, Field(alias="Signature")]
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    event_time: Annotated[UnixMilliseconds, Field(alias="EventTime")]
    """When the event happened on the vendor's server, a number in milliseconds."""
    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The task that streams the digital human."""
    detail: Annotated[DigitalHumanStreamTaskDetail, Field(alias="Detail")]
