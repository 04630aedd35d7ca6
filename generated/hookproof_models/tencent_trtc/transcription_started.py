# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, WireModel
from pydantic import Field


class TrtcTranscriptionStartedPayload(WireModel):
    """The details of this event."""

    status: Annotated[Exact[Literal[0, 1]], Field(alias="Status")]
    """0 started, 1 failed to start."""


class TrtcTranscriptionStartedInfo(WireModel):
    """What happened."""

    event_ms_ts: Annotated[UnixMilliseconds, Field(alias="EventMsTs")]
    """When it happened, in milliseconds."""
    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The task."""
    room_id: Annotated[str, Field(alias="RoomId", min_length=1)]
    """The room, as text also where it has a number."""
    room_id_type: Annotated[Exact[Literal[0, 1]], Field(alias="RoomIdType")]
    """0 the room has a number, 1 it has a name."""
    robot_id: Annotated[str, Field(alias="RobotId", min_length=1)]
    """The robot that listens in the room."""
    payload: Annotated[TrtcTranscriptionStartedPayload, Field(alias="Payload")]


class TrtcTranscriptionStartedCallback(WireModel):
    """A task of AI transcription and translation 2.0 was started, or failed to start."""

    event_group_id: Annotated[Exact[Literal[14]], Field(alias="EventGroupId")]
    """The group of events: transcription. Names the callback together with EventType."""
    event_type: Annotated[Exact[Literal[1401]], Field(alias="EventType")]
    """Names the callback within its group."""
    callback_ts: Annotated[UnixMilliseconds, Field(alias="CallbackTs")]
    """When the callback was sent, in milliseconds."""
    event_info: Annotated[TrtcTranscriptionStartedInfo, Field(alias="EventInfo")]
