# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


VodExtractBlindWatermarkTaskErrCodeInteger = TypeAliasType(
    "VodExtractBlindWatermarkTaskErrCodeInteger",
    Annotated[
        int,
        Field(
            ge=-9223372036854775808,
            le=9223372036854775807,
            title="VodExtractBlindWatermarkTaskErrCodeInteger",
        ),
    ],
)
"""0 for success, anything else for a failure."""


VodExtractBlindWatermarkTaskSessionContextString = TypeAliasType(
    "VodExtractBlindWatermarkTaskSessionContextString",
    Annotated[
        str, Field(max_length=1000, title="VodExtractBlindWatermarkTaskSessionContextString")
    ],
)
"""What the caller gave to have it returned."""


VodExtractBlindWatermarkTaskSessionIdString = TypeAliasType(
    "VodExtractBlindWatermarkTaskSessionIdString",
    Annotated[str, Field(max_length=50, title="VodExtractBlindWatermarkTaskSessionIdString")],
)
"""What the caller gave so that the same request is not carried out twice."""


class VodExtractBlindWatermarkTask(WireModel):
    """A watermark that nobody sees was read, or could not be."""

    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The task."""
    status: Annotated[Literal["WAITING", "PROCESSING", "FINISH"], Field(alias="Status")]
    """How far the task is."""
    err_code: Annotated[
        VodExtractBlindWatermarkTaskErrCodeInteger | None | MISSING, Field(alias="ErrCode")
    ] = MISSING
    """0 for success, anything else for a failure."""
    message: Annotated[str | None | MISSING, Field(alias="Message")] = MISSING
    """More on the outcome."""
    input_info: Annotated[dict[str, Any] | None | MISSING, Field(alias="InputInfo")] = MISSING
    """What the task was given."""
    type: Annotated[Literal["blind-basic", "blind-ab"] | None | MISSING, Field(alias="Type")] = (
        MISSING
    )
    """Its kind."""
    is_detected: Annotated[bool | None | MISSING, Field(alias="IsDetected")] = MISSING
    """Whether a watermark was found."""
    result: Annotated[str | None | MISSING, Field(alias="Result")] = MISSING
    """What the watermark says. Missing where none was found."""
    result_uv: Annotated[str | None | MISSING, Field(alias="ResultUV")] = MISSING
    """Who played it by the watermark, six hexadecimal digits."""
    extract_blind_watermark_config: Annotated[
        dict[str, Any] | None | MISSING, Field(alias="ExtractBlindWatermarkConfig")
    ] = MISSING
    """How it was looked for."""
    session_context: Annotated[
        VodExtractBlindWatermarkTaskSessionContextString | None | MISSING,
        Field(alias="SessionContext"),
    ] = MISSING
    """What the caller gave to have it returned."""
    session_id: Annotated[
        VodExtractBlindWatermarkTaskSessionIdString | None | MISSING, Field(alias="SessionId")
    ] = MISSING
    """What the caller gave so that the same request is not carried out twice."""


class VodExtractBlindWatermarkCompleteEvent(WireModel):
    """A watermark that nobody sees was read, or could not be."""

    event_type: Annotated[Literal["ExtractBlindWatermarkComplete"], Field(alias="EventType")]
    """Names the callback."""
    extract_blind_watermark_complete: Annotated[
        VodExtractBlindWatermarkTask, Field(alias="ExtractBlindWatermarkComplete")
    ]
