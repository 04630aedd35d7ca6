# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import (
    Exact,
    JsonNumber,
    MillisecondsMoment,
    UnixMilliseconds,
    UnixSeconds,
    WireModel,
)
from pydantic import MISSING, Field


class AgoraTurnsFinishedStartMetadata(WireModel):
    """More about the beginning; which, depends on the type."""

    speech_duration_ms: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """How long the user spoke, in milliseconds. Only of voice_input."""
    interrupt_duration_ms: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """How long a voice must last to interrupt, in milliseconds. Only of voice_input."""


class AgoraTurnsFinishedEnd(WireModel):
    """How it ended."""

    end_at: UnixMilliseconds
    """When, in milliseconds."""
    type: Literal["ok", "error", "ignored", "interrupted"]
    """How: as it should, by an error, ignored, or interrupted."""
    metadata: dict[str, Any] | MISSING = MISSING
    """More about the end."""


class AgoraTurnsFinishedLatency(WireModel):
    """The parts of that, in milliseconds."""

    algorithm_processing: Annotated[JsonNumber | MISSING, Field(ge=0)] = MISSING
    """Processing of the sound."""
    asr_ttlw: Annotated[JsonNumber | MISSING, Field(ge=0)] = MISSING
    """To the last word recognised."""
    llm_ttft: Annotated[JsonNumber | MISSING, Field(ge=0)] = MISSING
    """To the language model's first token."""
    llm_ftfs: Annotated[JsonNumber | MISSING, Field(ge=0)] = MISSING
    """From the first token to the first whole sentence."""
    tts_ttfb: Annotated[JsonNumber | MISSING, Field(ge=0)] = MISSING
    """To the first byte of speech."""
    transport: Annotated[JsonNumber | MISSING, Field(ge=0)] = MISSING
    """The network. Missing of users of the Web SDK."""


class AgoraTurnsFinishedStart(WireModel):
    """How it began."""

    start_at: UnixMilliseconds
    """When, in milliseconds."""
    type: Literal["voice_input", "greeting", "silence_timeout", "api_speak", "api_think"]
    """By what: the user's voice, a greeting of the agent, silence for too long, or a call of the API."""
    metadata: AgoraTurnsFinishedStartMetadata | MISSING = MISSING


class AgoraTurnsFinishedMetrics(WireModel):
    """How long it took."""

    e2e_latency_ms: Annotated[JsonNumber | MISSING, Field(ge=0)] = MISSING
    """From the end of the user's speech to the begin of the agent's, in milliseconds."""
    segmented_latency_ms: AgoraTurnsFinishedLatency | MISSING = MISSING


class AgoraTurnsFinishedTurn(WireModel):
    """A turn."""

    agent_id: Annotated[str, Field(min_length=1)]
    """The agent."""
    channel: Annotated[str, Field(min_length=1)]
    """The channel."""
    turn_id: Annotated[int, Field(ge=1, le=9223372036854775807)]
    """Its number in the session, from 1."""
    start: AgoraTurnsFinishedStart
    end: AgoraTurnsFinishedEnd
    metrics: AgoraTurnsFinishedMetrics


class AgoraTurnsFinishedPayload(WireModel):
    """What happened."""

    agent_id: Annotated[str, Field(min_length=1)]
    """The agent."""
    name: str
    """The agent's name, as given when it was started. One of its kind in a channel."""
    channel: Annotated[str, Field(min_length=1)]
    """The channel."""
    start_ts: UnixSeconds | MillisecondsMoment
    """When the agent was started. The unit is not said: seconds in the samples, but milliseconds in the one of turns_finished."""
    stop_ts: UnixSeconds | MillisecondsMoment
    """When it left the channel. The unit is not said: seconds in the samples, but milliseconds in the one of turns_finished."""
    total_turn_count: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """How many turns there were."""
    is_truncated: bool
    """Whether turns are left out."""
    turns: list[AgoraTurnsFinishedTurn]
    """The turns, in order."""
    labels: dict[str, Any] | MISSING = MISSING
    """What the customer hung on the agent when it was started. Missing where that was nothing."""


class AgoraTurnsFinishedNotification(WireModel):
    """A session ended, and these are its turns, cut off where there were more than 200."""

    notice_id: Annotated[str, Field(alias="noticeId", min_length=1)]
    """Identifies the notification."""
    product_id: Annotated[Exact[Literal[17]], Field(alias="productId")]
    """The product: conversational AI engine. Names the callback together with eventType."""
    event_type: Annotated[Exact[Literal[112]], Field(alias="eventType")]
    """Names the callback within its product."""
    notify_ms: Annotated[UnixMilliseconds, Field(alias="notifyMs")]
    """When the notification was sent, in milliseconds. Another one in each attempt."""
    sid: Annotated[str | MISSING, Field(min_length=1)] = MISSING
    """The session."""
    payload: AgoraTurnsFinishedPayload
