# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


VodProcessMediaByMPSErrCodeInteger = TypeAliasType(
    "VodProcessMediaByMPSErrCodeInteger",
    Annotated[
        int,
        Field(
            ge=-9223372036854775808,
            le=9223372036854775807,
            title="VodProcessMediaByMPSErrCodeInteger",
        ),
    ],
)
"""0 for success, anything else for a failure."""


class VodProcessMediaByMPS(WireModel):
    """The Media Processing Service has done a task, or could not."""

    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The task."""
    status: Annotated[Literal["PROCESSING", "FINISH"], Field(alias="Status")]
    """How far the task is."""
    err_code: Annotated[
        VodProcessMediaByMPSErrCodeInteger | None | MISSING, Field(alias="ErrCode")
    ] = MISSING
    """0 for success, anything else for a failure."""
    message: Annotated[str | None | MISSING, Field(alias="Message")] = MISSING
    """More on the outcome."""
    sub_task_set: Annotated[list[dict[str, Any]] | None | MISSING, Field(alias="SubTaskSet")] = (
        MISSING
    )
    """What came of each part."""


class VodProcessMediaByMPSCompleteEvent(WireModel):
    """The Media Processing Service has done a task, or could not."""

    event_type: Annotated[Literal["ProcessMediaByMPSComplete"], Field(alias="EventType")]
    """Names the callback."""
    process_media_by_mps_complete_event: Annotated[
        VodProcessMediaByMPS, Field(alias="ProcessMediaByMPSCompleteEvent")
    ]
