# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


VodRestoreMediaTaskStatusInteger = TypeAliasType(
    "VodRestoreMediaTaskStatusInteger",
    Annotated[
        int,
        Field(
            ge=-9223372036854775808,
            le=9223372036854775807,
            title="VodRestoreMediaTaskStatusInteger",
        ),
    ],
)
"""Given up by the vendor."""


class VodRestoreMediaTask(WireModel):
    """A file was fetched from the archive."""

    file_id: Annotated[str, Field(alias="FileId", min_length=1)]
    """The file."""
    original_storage_class: Annotated[str, Field(alias="OriginalStorageClass")]
    """The storage that it was in."""
    target_storage_class: Annotated[str, Field(alias="TargetStorageClass")]
    """The storage that it is in."""
    restore_tier: Annotated[Literal["Expedited", "Standard", "Bulk"], Field(alias="RestoreTier")]
    """How fast it was fetched."""
    restore_day: Annotated[int, Field(alias="RestoreDay", ge=0, le=9223372036854775807)]
    """For how many days the copy holds, 0 for ever."""
    status: Annotated[VodRestoreMediaTaskStatusInteger | None | MISSING, Field(alias="Status")] = (
        MISSING
    )
    """Given up by the vendor."""
    message: Annotated[str | None | MISSING, Field(alias="Message")] = MISSING
    """Given up by the vendor."""


class VodRestoreMediaCompleteEvent(WireModel):
    """A file was fetched from the archive."""

    event_type: Annotated[Literal["RestoreMediaComplete"], Field(alias="EventType")]
    """Names the callback."""
    restore_media_complete_event: Annotated[
        VodRestoreMediaTask, Field(alias="RestoreMediaCompleteEvent")
    ]
