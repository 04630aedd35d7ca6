# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import WireModel
from pydantic import MISSING, Field


class VodComplexAdaptiveDynamicStreamingTask(WireModel):
    """Streams of several rates, languages and subtitles were made, or could not be."""

    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The task."""
    status: Annotated[Literal["PROCESSING", "FINISH"], Field(alias="Status")]
    """How far the task is."""
    complex_adaptive_dynamic_streaming_task_result_set: Annotated[
        list[dict[str, Any]] | None | MISSING,
        Field(alias="ComplexAdaptiveDynamicStreamingTaskResultSet"),
    ] = MISSING
    """What came of each template."""


class VodComplexAdaptiveDynamicStreamingCompleteEvent(WireModel):
    """Streams of several rates, languages and subtitles were made, or could not be."""

    event_type: Annotated[
        Literal["ComplexAdaptiveDynamicStreamingComplete"], Field(alias="EventType")
    ]
    """Names the callback."""
    complex_adaptive_dynamic_streaming_complete_event: Annotated[
        VodComplexAdaptiveDynamicStreamingTask,
        Field(alias="ComplexAdaptiveDynamicStreamingCompleteEvent"),
    ]
