# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import WireModel
from pydantic import MISSING, Field

from .int64_string import Int64String
from .livekit_participant import LivekitParticipant
from .livekit_room import LivekitRoom


class LivekitJobState(WireModel):
    """How far it is."""

    status: Literal["JS_PENDING", "JS_RUNNING", "JS_SUCCESS", "JS_FAILED"] | MISSING = MISSING
    """How far it is. Missing where it is JS_PENDING."""
    error: str | MISSING = MISSING
    """Why it failed."""
    started_at: Annotated[Int64String | MISSING, Field(alias="startedAt")] = MISSING
    """When it began. The unit is not said."""
    ended_at: Annotated[Int64String | MISSING, Field(alias="endedAt")] = MISSING
    """When it ended."""
    updated_at: Annotated[Int64String | MISSING, Field(alias="updatedAt")] = MISSING
    """When this was last so."""
    participant_identity: Annotated[str | MISSING, Field(alias="participantIdentity")] = MISSING
    """Who the agent is in the room."""
    worker_id: Annotated[str | MISSING, Field(alias="workerId")] = MISSING
    """The worker that runs it."""
    agent_id: Annotated[str | MISSING, Field(alias="agentId")] = MISSING
    """The agent that runs it."""


class LivekitJob(WireModel):
    """A job of an agent. What is zero, empty or false is left out."""

    id: Annotated[str, Field(min_length=1)]
    """The job."""
    dispatch_id: Annotated[str | MISSING, Field(alias="dispatchId")] = MISSING
    """The dispatch that it comes of."""
    type: Literal["JT_ROOM", "JT_PUBLISHER", "JT_PARTICIPANT"] | MISSING = MISSING
    """What it is for. Missing where it is JT_ROOM."""
    room: LivekitRoom | MISSING = MISSING
    participant: LivekitParticipant | MISSING = MISSING
    namespace: str | MISSING = MISSING
    """Deprecated."""
    metadata: str | MISSING = MISSING
    """What the customer has hung on the dispatch."""
    agent_name: Annotated[str | MISSING, Field(alias="agentName")] = MISSING
    """The agent."""
    state: LivekitJobState | MISSING = MISSING
    enable_recording: Annotated[bool | MISSING, Field(alias="enableRecording")] = MISSING
    """Whether it is recorded. Missing where it is false."""
    deployment: str | MISSING = MISSING
    """The deployment that runs it."""
    attributes: dict[str, str] | MISSING = MISSING
    """Names and texts of the job."""
    enable_redaction: Annotated[bool | MISSING, Field(alias="enableRedaction")] = MISSING
    """Whether what is said is made unreadable where it is private. Missing where it is false."""
