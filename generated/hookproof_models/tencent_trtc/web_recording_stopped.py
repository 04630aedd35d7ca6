# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, WireModel
from pydantic import MISSING, Field


class TrtcWebRecordingStoppedPayload(WireModel):
    """The details of this event."""

    status: Annotated[Exact[Literal[1]], Field(alias="Status")]
    """1, the task ended as it should."""
    event_message: Annotated[str, Field(alias="EventMessage")]
    """What the status means, in words. Do not branch on it."""


class TrtcWebRecordingStoppedInfo(WireModel):
    """What happened."""

    event_ms_ts: Annotated[UnixMilliseconds, Field(alias="EventMsTs")]
    """When it happened, in milliseconds."""
    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The recording task."""
    event_message: Annotated[str | MISSING, Field(alias="EventMessage")] = MISSING
    """What the status means, in words. Listed here as well; the samples have it in Payload alone."""
    payload: Annotated[TrtcWebRecordingStoppedPayload, Field(alias="Payload")]


class TrtcWebRecordingStoppedCallback(WireModel):
    """The recording of a web page ended; events 311 and 312 tell of its file."""

    event_group_id: Annotated[Exact[Literal[8]], Field(alias="EventGroupId")]
    """The group of events: web page recording. Names the callback together with EventType."""
    event_type: Annotated[Exact[Literal[802]], Field(alias="EventType")]
    """Names the callback within its group."""
    callback_ts: Annotated[UnixMilliseconds, Field(alias="CallbackTs")]
    """When the callback was sent, in milliseconds."""
    event_info: Annotated[TrtcWebRecordingStoppedInfo, Field(alias="EventInfo")]
