# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


VodTranscodeTaskErrCodeInteger = TypeAliasType(
    "VodTranscodeTaskErrCodeInteger",
    Annotated[
        int,
        Field(
            ge=-9223372036854775808, le=9223372036854775807, title="VodTranscodeTaskErrCodeInteger"
        ),
    ],
)
"""0 for success, anything else for a failure."""


VodTranscodeTaskDurationInteger = TypeAliasType(
    "VodTranscodeTaskDurationInteger",
    Annotated[int, Field(ge=0, le=9223372036854775807, title="VodTranscodeTaskDurationInteger")],
)
"""How long it is, in seconds."""


class VodTranscodeTask(WireModel):
    """A file was transcoded, or could not be."""

    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The task."""
    err_code: Annotated[VodTranscodeTaskErrCodeInteger | None | MISSING, Field(alias="ErrCode")] = (
        MISSING
    )
    """0 for success, anything else for a failure."""
    message: Annotated[str | None | MISSING, Field(alias="Message")] = MISSING
    """More on the outcome."""
    file_id: Annotated[str, Field(alias="FileId", min_length=1)]
    """The file."""
    file_name: Annotated[str | None | MISSING, Field(alias="FileName")] = MISSING
    """The name of the file."""
    duration: Annotated[
        VodTranscodeTaskDurationInteger | None | MISSING, Field(alias="Duration")
    ] = MISSING
    """How long it is, in seconds."""
    cover_url: Annotated[str | None | MISSING, Field(alias="CoverUrl")] = MISSING
    """Where its cover lies."""
    play_info_set: Annotated[list[dict[str, Any]] | None | MISSING, Field(alias="PlayInfoSet")] = (
        MISSING
    )
    """What can be played of it."""


class VodTranscodeCompleteEvent(WireModel):
    """For tasks of the API of 2017. A file was transcoded, or could not be."""

    event_type: Annotated[Literal["TranscodeComplete"], Field(alias="EventType")]
    """Names the callback."""
    transcode_complete_event: Annotated[VodTranscodeTask, Field(alias="TranscodeCompleteEvent")]
