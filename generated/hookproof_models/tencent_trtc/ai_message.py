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


class TrtcAiMessagePayload(WireModel):
    """The details of this event."""

    user_id: Annotated[str, Field(alias="UserId")]
    """Who said it. Empty in the sample."""
    text: Annotated[str, Field(alias="Text")]
    """What was said. Empty in the sample."""
    start_time_ms: Annotated[int, Field(alias="StartTimeMs", ge=0, le=9223372036854775807)]
    """Where it begins, in milliseconds."""
    end_time_ms: Annotated[int, Field(alias="EndTimeMs", ge=0, le=9223372036854775807)]
    """Where it ends, in milliseconds."""
    round_id: Annotated[str, Field(alias="RoundId", min_length=1)]
    """The round of the conversation."""


class TrtcAiMessageInfo(WireModel):
    """What happened."""

    event_ms_ts: Annotated[MillisecondsMoment | UnixMillisecondsString, Field(alias="EventMsTs")]
    """When it happened, in milliseconds. Text in the page's table, a number in its samples."""
    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The AI task."""
    room_id: Annotated[str, Field(alias="RoomId", min_length=1)]
    """The room, as text also where it has a number."""
    room_id_type: Annotated[Exact[Literal[0, 1]], Field(alias="RoomIdType")]
    """0 the room has a number, 1 it has a name."""
    payload: Annotated[TrtcAiMessagePayload, Field(alias="Payload")]


class TrtcAiMessageCallback(WireModel):
    """A whole sentence that was recognised, or all that the language model answered."""

    event_group_id: Annotated[Exact[Literal[9]], Field(alias="EventGroupId")]
    """The group of events: AI services. Names the callback together with EventType."""
    event_type: Annotated[Exact[Literal[903]], Field(alias="EventType")]
    """Names the callback within its group."""
    callback_ts: Annotated[UnixMilliseconds | MISSING, Field(alias="CallbackTs")] = MISSING
    """When the callback was sent, in milliseconds. CallbackMsTs in the page's table."""
    callback_ms_ts: Annotated[UnixMilliseconds | MISSING, Field(alias="CallbackMsTs")] = MISSING
    """When the callback was sent, in milliseconds, as the page's table names it; its samples show CallbackTs."""
    event_info: Annotated[TrtcAiMessageInfo, Field(alias="EventInfo")]
