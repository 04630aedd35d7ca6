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
from pydantic import MISSING, Field


class TrtcAiErrorTag(WireModel):
    """What the fault belongs to."""

    round_id: Annotated[str, Field(alias="RoundId", min_length=1)]
    """The round of the conversation."""
    code: Annotated[int, Field(alias="Code")]
    """Code of the fault."""
    message: Annotated[str, Field(alias="Message")]
    """The fault in words. Empty in the sample."""


class TrtcAiErrorPayload(WireModel):
    """The details of this event."""

    metric: Annotated[
        Literal["asr_error", "llm_error", "tts_error", "asr_latency", "llm_network_latency", "llm_first_token", "tts_network_latency", "tts_first_frame_latency", "tts_discontinuity", "interruption"],
        Field(alias="Metric"),
    ]
    """What failed. The page lists the names of the measures once more; its sample, and the page on the faults that clients see, name faults."""
    tag: Annotated[TrtcAiErrorTag, Field(alias="Tag")]


class TrtcAiErrorInfo(WireModel):
    """What happened."""

    event_ms_ts: Annotated[MillisecondsMoment | UnixMillisecondsString, Field(alias="EventMsTs")]
    """When it happened, in milliseconds. Text in the page's table, a number in its samples."""
    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The AI task."""
    room_id: Annotated[str, Field(alias="RoomId", min_length=1)]
    """The room, as text also where it has a number."""
    room_id_type: Annotated[Exact[Literal[0, 1]], Field(alias="RoomIdType")]
    """0 the room has a number, 1 it has a name."""
    payload: Annotated[TrtcAiErrorPayload, Field(alias="Payload")]


class TrtcAiErrorCallback(WireModel):
    """A service that an AI task called has failed."""

    event_group_id: Annotated[Exact[Literal[9]], Field(alias="EventGroupId")]
    """The group of events: AI services. Names the callback together with EventType."""
    event_type: Annotated[Exact[Literal[908]], Field(alias="EventType")]
    """Names the callback within its group."""
    callback_ts: Annotated[UnixMilliseconds | MISSING, Field(alias="CallbackTs")] = MISSING
    """When the callback was sent, in milliseconds. CallbackMsTs in the page's table."""
    callback_ms_ts: Annotated[UnixMilliseconds | MISSING, Field(alias="CallbackMsTs")] = MISSING
    """When the callback was sent, in milliseconds, as the page's table names it; its samples show CallbackTs."""
    event_info: Annotated[TrtcAiErrorInfo, Field(alias="EventInfo")]
