# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


VodAigcVideoTaskErrCodeInteger = TypeAliasType(
    "VodAigcVideoTaskErrCodeInteger",
    Annotated[
        int,
        Field(
            ge=-9223372036854775808, le=9223372036854775807, title="VodAigcVideoTaskErrCodeInteger"
        ),
    ],
)
"""0 for success, anything else for a failure."""


VodAigcVideoTaskProgressInteger = TypeAliasType(
    "VodAigcVideoTaskProgressInteger",
    Annotated[int, Field(ge=0, le=100, title="VodAigcVideoTaskProgressInteger")],
)
"""How much of it is done, of a hundred."""


VodAigcVideoTaskSessionIdString = TypeAliasType(
    "VodAigcVideoTaskSessionIdString",
    Annotated[str, Field(max_length=50, title="VodAigcVideoTaskSessionIdString")],
)
"""What the caller gave so that the same request is not carried out twice."""


VodAigcVideoTaskSessionContextString = TypeAliasType(
    "VodAigcVideoTaskSessionContextString",
    Annotated[str, Field(max_length=1000, title="VodAigcVideoTaskSessionContextString")],
)
"""What the caller gave to have it returned."""


class VodAigcVideoTask(WireModel):
    """A video was generated, or could not be."""

    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The task."""
    status: Annotated[Literal["PROCESSING", "FINISH"], Field(alias="Status")]
    """How far the task is."""
    err_code: Annotated[VodAigcVideoTaskErrCodeInteger | None | MISSING, Field(alias="ErrCode")] = (
        MISSING
    )
    """0 for success, anything else for a failure."""
    err_code_ext: Annotated[str | None | MISSING, Field(alias="ErrCodeExt")] = MISSING
    """Empty for success, else what failed."""
    message: Annotated[str | None | MISSING, Field(alias="Message")] = MISSING
    """More on the outcome."""
    progress: Annotated[
        VodAigcVideoTaskProgressInteger | None | MISSING, Field(alias="Progress")
    ] = MISSING
    """How much of it is done, of a hundred."""
    input: Annotated[dict[str, Any] | None | MISSING, Field(alias="Input")] = MISSING
    """What the task was given."""
    output: Annotated[dict[str, Any] | None | MISSING, Field(alias="Output")] = MISSING
    """What came of it."""
    session_id: Annotated[
        VodAigcVideoTaskSessionIdString | None | MISSING, Field(alias="SessionId")
    ] = MISSING
    """What the caller gave so that the same request is not carried out twice."""
    session_context: Annotated[
        VodAigcVideoTaskSessionContextString | None | MISSING, Field(alias="SessionContext")
    ] = MISSING
    """What the caller gave to have it returned."""


class VodAigcVideoTaskCompleteEvent(WireModel):
    """A video was generated, or could not be."""

    event_type: Annotated[Literal["AigcVideoTaskComplete"], Field(alias="EventType")]
    """Names the callback."""
    aigc_video_complete_event: Annotated[VodAigcVideoTask, Field(alias="AigcVideoCompleteEvent")]
