# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


VodSnapshotByTimeOffsetTaskDefinitionInteger = TypeAliasType(
    "VodSnapshotByTimeOffsetTaskDefinitionInteger",
    Annotated[
        int,
        Field(ge=0, le=9223372036854775807, title="VodSnapshotByTimeOffsetTaskDefinitionInteger"),
    ],
)
"""The number of the template."""


class VodSnapshotByTimeOffsetTask(WireModel):
    """Pictures were taken of a file, or could not be."""

    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The task."""
    file_id: Annotated[str, Field(alias="FileId", min_length=1)]
    """The file."""
    definition: Annotated[
        VodSnapshotByTimeOffsetTaskDefinitionInteger | None | MISSING, Field(alias="Definition")
    ] = MISSING
    """The number of the template."""
    snapshot_info_set: Annotated[list[dict[str, Any]], Field(alias="SnapshotInfoSet")]
    """The pictures that were taken."""


class VodCreateSnapshotByTimeOffsetCompleteEvent(WireModel):
    """For tasks of the API of 2017. Pictures were taken of a file, or could not be."""

    event_type: Annotated[Literal["CreateSnapshotByTimeOffsetComplete"], Field(alias="EventType")]
    """Names the callback."""
    snapshot_by_time_offset_complete_event: Annotated[
        VodSnapshotByTimeOffsetTask, Field(alias="SnapshotByTimeOffsetCompleteEvent")
    ]
