# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, WireModel
from pydantic import MISSING, Field


class TrtcWebRecordingStartedPayload(WireModel):
    """The details of this event."""

    status: Annotated[Exact[Literal[1, 2, 3, 4, 5]], Field(alias="Status")]
    """1 it started, 2 it failed to start, 3 it broke off while recording, 4 the task was moved, 5 it failed and stops."""
    event_message: Annotated[str, Field(alias="EventMessage")]
    """What the status means, in words. Do not branch on it."""


class TrtcWebRecordingStartedInfo(WireModel):
    """What happened."""

    event_ms_ts: Annotated[UnixMilliseconds, Field(alias="EventMsTs")]
    """When it happened, in milliseconds."""
    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The recording task."""
    event_message: Annotated[str | MISSING, Field(alias="EventMessage")] = MISSING
    """What the status means, in words. Listed here as well; the samples have it in Payload alone."""
    payload: Annotated[TrtcWebRecordingStartedPayload, Field(alias="Payload")]


class TrtcWebRecordingStartedCallback(WireModel):
    """The recorder of a web page came up, or met a fault. 3 and 4 mend themselves; 5 ends the task."""

    event_group_id: Annotated[Exact[Literal[8]], Field(alias="EventGroupId")]
    """The group of events: web page recording. Names the callback together with EventType."""
    event_type: Annotated[Exact[Literal[801]], Field(alias="EventType")]
    """Names the callback within its group."""
    callback_ts: Annotated[UnixMilliseconds, Field(alias="CallbackTs")]
    """When the callback was sent, in milliseconds."""
    event_info: Annotated[TrtcWebRecordingStartedInfo, Field(alias="EventInfo")]
