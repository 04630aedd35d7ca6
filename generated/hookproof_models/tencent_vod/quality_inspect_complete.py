# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType

from ..common.vod_media_meta_data import VodMediaMetaData


VodQualityInspectTaskSessionIdString = TypeAliasType(
    "VodQualityInspectTaskSessionIdString",
    Annotated[str, Field(max_length=50, title="VodQualityInspectTaskSessionIdString")],
)
"""What the caller gave so that the same request is not carried out twice."""


VodQualityInspectTaskSessionContextString = TypeAliasType(
    "VodQualityInspectTaskSessionContextString",
    Annotated[str, Field(max_length=1000, title="VodQualityInspectTaskSessionContextString")],
)
"""What the caller gave to have it returned."""


class VodQualityInspectTask(WireModel):
    """The quality of a file was inspected, or could not be."""

    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The task."""
    status: Annotated[Literal["PROCESSING", "FINISH"], Field(alias="Status")]
    """How far the task is."""
    err_code_ext: Annotated[str | None | MISSING, Field(alias="ErrCodeExt")] = MISSING
    """Empty for success, else what failed."""
    message: Annotated[str | None | MISSING, Field(alias="Message")] = MISSING
    """More on the outcome."""
    meta_data: Annotated[VodMediaMetaData | None | MISSING, Field(alias="MetaData")] = MISSING
    """What is known of the medium itself."""
    input: Annotated[dict[str, Any] | None | MISSING, Field(alias="Input")] = MISSING
    """What the task was given."""
    output: Annotated[dict[str, Any] | None | MISSING, Field(alias="Output")] = MISSING
    """What came of it."""
    session_id: Annotated[
        VodQualityInspectTaskSessionIdString | None | MISSING, Field(alias="SessionId")
    ] = MISSING
    """What the caller gave so that the same request is not carried out twice."""
    session_context: Annotated[
        VodQualityInspectTaskSessionContextString | None | MISSING, Field(alias="SessionContext")
    ] = MISSING
    """What the caller gave to have it returned."""


class VodQualityInspectCompleteEvent(WireModel):
    """The quality of a file was inspected, or could not be."""

    event_type: Annotated[Literal["QualityInspectComplete"], Field(alias="EventType")]
    """Names the callback."""
    quality_inspect_complete_event: Annotated[
        VodQualityInspectTask, Field(alias="QualityInspectCompleteEvent")
    ]
