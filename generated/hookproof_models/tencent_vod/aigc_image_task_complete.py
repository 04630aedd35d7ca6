# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


VodAigcImageTaskErrCodeInteger = TypeAliasType(
    "VodAigcImageTaskErrCodeInteger",
    Annotated[
        int,
        Field(
            ge=-9223372036854775808, le=9223372036854775807, title="VodAigcImageTaskErrCodeInteger"
        ),
    ],
)
"""0 for success, anything else for a failure."""


VodAigcImageTaskProgressInteger = TypeAliasType(
    "VodAigcImageTaskProgressInteger",
    Annotated[int, Field(ge=0, le=100, title="VodAigcImageTaskProgressInteger")],
)
"""How much of it is done, of a hundred."""


VodAigcImageTaskSessionIdString = TypeAliasType(
    "VodAigcImageTaskSessionIdString",
    Annotated[str, Field(max_length=50, title="VodAigcImageTaskSessionIdString")],
)
"""What the caller gave so that the same request is not carried out twice."""


VodAigcImageTaskSessionContextString = TypeAliasType(
    "VodAigcImageTaskSessionContextString",
    Annotated[str, Field(max_length=1000, title="VodAigcImageTaskSessionContextString")],
)
"""What the caller gave to have it returned."""


class VodAigcImageTask(WireModel):
    """A picture was generated, or could not be."""

    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The task."""
    status: Annotated[Literal["PROCESSING", "FINISH"], Field(alias="Status")]
    """How far the task is."""
    err_code: Annotated[VodAigcImageTaskErrCodeInteger | None | MISSING, Field(alias="ErrCode")] = (
        MISSING
    )
    """0 for success, anything else for a failure."""
    err_code_ext: Annotated[str | None | MISSING, Field(alias="ErrCodeExt")] = MISSING
    """Empty for success, else what failed."""
    message: Annotated[str | None | MISSING, Field(alias="Message")] = MISSING
    """More on the outcome."""
    progress: Annotated[
        VodAigcImageTaskProgressInteger | None | MISSING, Field(alias="Progress")
    ] = MISSING
    """How much of it is done, of a hundred."""
    input: Annotated[dict[str, Any] | None | MISSING, Field(alias="Input")] = MISSING
    """What the task was given."""
    output: Annotated[dict[str, Any] | None | MISSING, Field(alias="Output")] = MISSING
    """What came of it."""
    session_id: Annotated[
        VodAigcImageTaskSessionIdString | None | MISSING, Field(alias="SessionId")
    ] = MISSING
    """What the caller gave so that the same request is not carried out twice."""
    session_context: Annotated[
        VodAigcImageTaskSessionContextString | None | MISSING, Field(alias="SessionContext")
    ] = MISSING
    """What the caller gave to have it returned."""


class VodAigcImageTaskCompleteEvent(WireModel):
    """A picture was generated, or could not be."""

    event_type: Annotated[Literal["AigcImageTaskComplete"], Field(alias="EventType")]
    """Names the callback."""
    aigc_image_complete_event: Annotated[VodAigcImageTask, Field(alias="AigcImageCompleteEvent")]
