# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import WireModel
from pydantic import Field


class VodFileDeleteTaskFileDeleteResultInfoItem(WireModel):
    file_id: Annotated[str, Field(alias="FileId", min_length=1)]
    """The file."""
    delete_parts: Annotated[list[dict[str, Any]], Field(alias="DeleteParts")]
    """The parts that were deleted; none for all of it."""


class VodFileDeleteTask(WireModel):
    """Files or parts of them were deleted."""

    file_id_set: Annotated[list[str], Field(alias="FileIdSet")]
    """The files that were deleted."""
    file_delete_result_info: Annotated[
        list[VodFileDeleteTaskFileDeleteResultInfoItem], Field(alias="FileDeleteResultInfo")
    ]
    """What of each file was deleted."""


class VodFileDeletedEvent(WireModel):
    """Files or parts of them were deleted."""

    event_type: Annotated[Literal["FileDeleted"], Field(alias="EventType")]
    """Names the callback."""
    file_delete_event: Annotated[VodFileDeleteTask, Field(alias="FileDeleteEvent")]
