# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


VodSplitMediaTaskErrCodeInteger = TypeAliasType(
    "VodSplitMediaTaskErrCodeInteger",
    Annotated[
        int,
        Field(
            ge=-9223372036854775808, le=9223372036854775807, title="VodSplitMediaTaskErrCodeInteger"
        ),
    ],
)
"""0 for success, anything else for a failure."""


VodSplitMediaTaskSessionContextString = TypeAliasType(
    "VodSplitMediaTaskSessionContextString",
    Annotated[str, Field(max_length=1000, title="VodSplitMediaTaskSessionContextString")],
)
"""What the caller gave to have it returned."""


VodSplitMediaTaskSessionIdString = TypeAliasType(
    "VodSplitMediaTaskSessionIdString",
    Annotated[str, Field(max_length=50, title="VodSplitMediaTaskSessionIdString")],
)
"""What the caller gave so that the same request is not carried out twice."""


VodSplitMediaTaskProgressInteger = TypeAliasType(
    "VodSplitMediaTaskProgressInteger",
    Annotated[int, Field(ge=0, le=100, title="VodSplitMediaTaskProgressInteger")],
)
"""How much of it is done, of a hundred."""


class VodSplitMediaTask(WireModel):
    """A file was split into several, or could not be."""

    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The task."""
    status: Annotated[Literal["PROCESSING", "FINISH"], Field(alias="Status")]
    """How far the task is."""
    err_code_ext: Annotated[str | None | MISSING, Field(alias="ErrCodeExt")] = MISSING
    """Empty for success, else what failed."""
    err_code: Annotated[
        VodSplitMediaTaskErrCodeInteger | None | MISSING, Field(alias="ErrCode")
    ] = MISSING
    """0 for success, anything else for a failure."""
    message: Annotated[str | None | MISSING, Field(alias="Message")] = MISSING
    """More on the outcome."""
    file_info_set: Annotated[list[dict[str, Any]] | None | MISSING, Field(alias="FileInfoSet")] = (
        MISSING
    )
    """What came of each file."""
    session_context: Annotated[
        VodSplitMediaTaskSessionContextString | None | MISSING, Field(alias="SessionContext")
    ] = MISSING
    """What the caller gave to have it returned."""
    session_id: Annotated[
        VodSplitMediaTaskSessionIdString | None | MISSING, Field(alias="SessionId")
    ] = MISSING
    """What the caller gave so that the same request is not carried out twice."""
    progress: Annotated[
        VodSplitMediaTaskProgressInteger | None | MISSING, Field(alias="Progress")
    ] = MISSING
    """How much of it is done, of a hundred."""


class VodSplitMediaCompleteEvent(WireModel):
    """A file was split into several, or could not be."""

    event_type: Annotated[Literal["SplitMediaComplete"], Field(alias="EventType")]
    """Names the callback."""
    split_media_complete_event: Annotated[VodSplitMediaTask, Field(alias="SplitMediaCompleteEvent")]
