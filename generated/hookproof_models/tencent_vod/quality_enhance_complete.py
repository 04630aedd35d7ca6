# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType

from ..common.vod_media_meta_data import VodMediaMetaData


VodQualityEnhanceTaskErrCodeInteger = TypeAliasType(
    "VodQualityEnhanceTaskErrCodeInteger",
    Annotated[
        int,
        Field(
            ge=-9223372036854775808,
            le=9223372036854775807,
            title="VodQualityEnhanceTaskErrCodeInteger",
        ),
    ],
)
"""0 for success, anything else for a failure."""


VodQualityEnhanceTaskProgressInteger = TypeAliasType(
    "VodQualityEnhanceTaskProgressInteger",
    Annotated[int, Field(ge=0, le=100, title="VodQualityEnhanceTaskProgressInteger")],
)
"""How much of it is done, of a hundred."""


VodQualityEnhanceTaskSessionIdString = TypeAliasType(
    "VodQualityEnhanceTaskSessionIdString",
    Annotated[str, Field(max_length=50, title="VodQualityEnhanceTaskSessionIdString")],
)
"""What the caller gave so that the same request is not carried out twice."""


VodQualityEnhanceTaskSessionContextString = TypeAliasType(
    "VodQualityEnhanceTaskSessionContextString",
    Annotated[str, Field(max_length=1000, title="VodQualityEnhanceTaskSessionContextString")],
)
"""What the caller gave to have it returned."""


class VodQualityEnhanceTask(WireModel):
    """A file of better quality was made, or could not be."""

    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The task."""
    status: Annotated[Literal["PROCESSING", "FINISH"], Field(alias="Status")]
    """How far the task is."""
    err_code: Annotated[
        VodQualityEnhanceTaskErrCodeInteger | None | MISSING, Field(alias="ErrCode")
    ] = MISSING
    """0 for success, anything else for a failure."""
    message: Annotated[str | None | MISSING, Field(alias="Message")] = MISSING
    """More on the outcome."""
    err_code_ext: Annotated[str | None | MISSING, Field(alias="ErrCodeExt")] = MISSING
    """Empty for success, else what failed."""
    progress: Annotated[
        VodQualityEnhanceTaskProgressInteger | None | MISSING, Field(alias="Progress")
    ] = MISSING
    """How much of it is done, of a hundred."""
    input: Annotated[dict[str, Any] | None | MISSING, Field(alias="Input")] = MISSING
    """What the task was given."""
    output: Annotated[dict[str, Any] | None | MISSING, Field(alias="Output")] = MISSING
    """What came of it."""
    meta_data: Annotated[VodMediaMetaData | None | MISSING, Field(alias="MetaData")] = MISSING
    """What is known of the medium itself."""
    session_id: Annotated[
        VodQualityEnhanceTaskSessionIdString | None | MISSING, Field(alias="SessionId")
    ] = MISSING
    """What the caller gave so that the same request is not carried out twice."""
    session_context: Annotated[
        VodQualityEnhanceTaskSessionContextString | None | MISSING, Field(alias="SessionContext")
    ] = MISSING
    """What the caller gave to have it returned."""


class VodQualityEnhanceCompleteEvent(WireModel):
    """A file of better quality was made, or could not be."""

    event_type: Annotated[Literal["QualityEnhanceComplete"], Field(alias="EventType")]
    """Names the callback."""
    quality_enhance_complete_event: Annotated[
        VodQualityEnhanceTask, Field(alias="QualityEnhanceCompleteEvent")
    ]
