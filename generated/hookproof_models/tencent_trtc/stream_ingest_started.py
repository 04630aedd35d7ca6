# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import (
    Exact,
    MillisecondsMoment,
    UnixMilliseconds,
    UnixMillisecondsString,
    WireModel,
)
from pydantic import Field


class TrtcStreamIngestStartedInfo(WireModel):
    """What happened."""

    event_ms_ts: Annotated[MillisecondsMoment | UnixMillisecondsString, Field(alias="EventMsTs")]
    """When it happened, in milliseconds. Text in the page's table, a number in its samples."""
    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The task that pushes the stream."""
    status: Annotated[Exact[Literal[0, 1, 2]], Field(alias="Status")]
    """0 started, 1 failed to start, 2 starts again: it is tried after 0, 1 and 3 seconds, with a callback each time."""


class TrtcStreamIngestStartedCallback(WireModel):
    """A task that pushes an online media stream into a room was started, failed to start, or starts again. Events may come out of order; EventMsTs sorts them."""

    event_group_id: Annotated[Exact[Literal[7]], Field(alias="EventGroupId")]
    """The group of events: streams pushed into a room. Names the callback together with EventType."""
    event_type: Annotated[Exact[Literal[701]], Field(alias="EventType")]
    """Names the callback within its group."""
    callback_ms_ts: Annotated[UnixMilliseconds, Field(alias="CallbackMsTs")]
    """When the callback was sent, in milliseconds."""
    event_info: Annotated[TrtcStreamIngestStartedInfo, Field(alias="EventInfo")]
