# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import WireModel
from pydantic import MISSING, Field


class VodClipTask(WireModel):
    """A piece was cut out of a file, or could not be."""

    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The task."""
    src_file_id: Annotated[str, Field(alias="SrcFileId")]
    """The file that it was made from."""
    file_info: Annotated[dict[str, Any] | None | MISSING, Field(alias="FileInfo")] = MISSING
    """The file that was made."""


class VodClipCompleteEvent(WireModel):
    """For tasks of the API of 2017. A piece was cut out of a file, or could not be."""

    event_type: Annotated[Literal["ClipComplete"], Field(alias="EventType")]
    """Names the callback."""
    clip_complete_event: Annotated[VodClipTask, Field(alias="ClipCompleteEvent")]
