# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


VodRemoveWatermarkTaskErrCodeInteger = TypeAliasType(
    "VodRemoveWatermarkTaskErrCodeInteger",
    Annotated[
        int,
        Field(
            ge=-9223372036854775808,
            le=9223372036854775807,
            title="VodRemoveWatermarkTaskErrCodeInteger",
        ),
    ],
)
"""0 for success, anything else for a failure."""


VodRemoveWatermarkTaskSessionIdString = TypeAliasType(
    "VodRemoveWatermarkTaskSessionIdString",
    Annotated[str, Field(max_length=50, title="VodRemoveWatermarkTaskSessionIdString")],
)
"""What the caller gave so that the same request is not carried out twice."""


VodRemoveWatermarkTaskSessionContextString = TypeAliasType(
    "VodRemoveWatermarkTaskSessionContextString",
    Annotated[str, Field(max_length=1000, title="VodRemoveWatermarkTaskSessionContextString")],
)
"""What the caller gave to have it returned."""


class VodRemoveWatermarkTask(WireModel):
    """A watermark was removed from a picture, or could not be."""

    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The task."""
    status: Annotated[Literal["PROCESSING", "FINISH"], Field(alias="Status")]
    """How far the task is."""
    err_code_ext: Annotated[str | None | MISSING, Field(alias="ErrCodeExt")] = MISSING
    """Empty for success, else what failed."""
    err_code: Annotated[
        VodRemoveWatermarkTaskErrCodeInteger | None | MISSING, Field(alias="ErrCode")
    ] = MISSING
    """0 for success, anything else for a failure."""
    message: Annotated[str | None | MISSING, Field(alias="Message")] = MISSING
    """More on the outcome."""
    input: Annotated[dict[str, Any] | None | MISSING, Field(alias="Input")] = MISSING
    """What the task was given."""
    output: Annotated[dict[str, Any] | None | MISSING, Field(alias="Output")] = MISSING
    """What came of it."""
    session_id: Annotated[
        VodRemoveWatermarkTaskSessionIdString | None | MISSING, Field(alias="SessionId")
    ] = MISSING
    """What the caller gave so that the same request is not carried out twice."""
    session_context: Annotated[
        VodRemoveWatermarkTaskSessionContextString | None | MISSING, Field(alias="SessionContext")
    ] = MISSING
    """What the caller gave to have it returned."""


class VodRemoveWatermarkCompleteEvent(WireModel):
    """A watermark was removed from a picture, or could not be."""

    event_type: Annotated[Literal["RemoveWatermark"], Field(alias="EventType")]
    """Names the callback."""
    remove_watermark_complete_event: Annotated[
        VodRemoveWatermarkTask, Field(alias="RemoveWatermarkCompleteEvent")
    ]
