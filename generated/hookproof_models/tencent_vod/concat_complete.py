# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import WireModel
from pydantic import MISSING, Field


class VodConcatTask(WireModel):
    """Files were put together, or could not be."""

    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The task."""
    file_info_set: Annotated[list[dict[str, Any]] | None | MISSING, Field(alias="FileInfoSet")] = (
        MISSING
    )
    """What came of each file."""


class VodConcatCompleteEvent(WireModel):
    """For tasks of the API of 2017. Files were put together, or could not be."""

    event_type: Annotated[Literal["ConcatComplete"], Field(alias="EventType")]
    """Names the callback."""
    concat_complete_event: Annotated[VodConcatTask, Field(alias="ConcatCompleteEvent")]
