# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


VodDescribeAigcFaceInfoAsyncTaskErrCodeInteger = TypeAliasType(
    "VodDescribeAigcFaceInfoAsyncTaskErrCodeInteger",
    Annotated[
        int,
        Field(
            ge=-9223372036854775808,
            le=9223372036854775807,
            title="VodDescribeAigcFaceInfoAsyncTaskErrCodeInteger",
        ),
    ],
)
"""0 for success, anything else for a failure."""


VodDescribeAigcFaceInfoAsyncTaskProgressInteger = TypeAliasType(
    "VodDescribeAigcFaceInfoAsyncTaskProgressInteger",
    Annotated[int, Field(ge=0, le=100, title="VodDescribeAigcFaceInfoAsyncTaskProgressInteger")],
)
"""How much of it is done, of a hundred."""


VodDescribeAigcFaceInfoAsyncTaskSessionIdString = TypeAliasType(
    "VodDescribeAigcFaceInfoAsyncTaskSessionIdString",
    Annotated[str, Field(max_length=50, title="VodDescribeAigcFaceInfoAsyncTaskSessionIdString")],
)
"""What the caller gave so that the same request is not carried out twice."""


VodDescribeAigcFaceInfoAsyncTaskSessionContextString = TypeAliasType(
    "VodDescribeAigcFaceInfoAsyncTaskSessionContextString",
    Annotated[
        str, Field(max_length=1000, title="VodDescribeAigcFaceInfoAsyncTaskSessionContextString")
    ],
)
"""What the caller gave to have it returned."""


class VodDescribeAigcFaceInfoAsyncTask(WireModel):
    """The faces in a video were told, or could not be."""

    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The task."""
    status: Annotated[Literal["PROCESSING", "FINISH"], Field(alias="Status")]
    """How far the task is."""
    err_code: Annotated[
        VodDescribeAigcFaceInfoAsyncTaskErrCodeInteger | None | MISSING, Field(alias="ErrCode")
    ] = MISSING
    """0 for success, anything else for a failure."""
    err_code_ext: Annotated[str | None | MISSING, Field(alias="ErrCodeExt")] = MISSING
    """Empty for success, else what failed."""
    message: Annotated[str | None | MISSING, Field(alias="Message")] = MISSING
    """More on the outcome."""
    progress: Annotated[
        VodDescribeAigcFaceInfoAsyncTaskProgressInteger | None | MISSING, Field(alias="Progress")
    ] = MISSING
    """How much of it is done, of a hundred."""
    input: Annotated[dict[str, Any] | None | MISSING, Field(alias="Input")] = MISSING
    """What the task was given."""
    output: Annotated[dict[str, Any] | None | MISSING, Field(alias="Output")] = MISSING
    """What came of it."""
    session_id: Annotated[
        VodDescribeAigcFaceInfoAsyncTaskSessionIdString | None | MISSING, Field(alias="SessionId")
    ] = MISSING
    """What the caller gave so that the same request is not carried out twice."""
    session_context: Annotated[
        VodDescribeAigcFaceInfoAsyncTaskSessionContextString | None | MISSING,
        Field(alias="SessionContext"),
    ] = MISSING
    """What the caller gave to have it returned."""


class VodDescribeAigcFaceInfoAsyncCompleteEvent(WireModel):
    """The faces in a video were told, or could not be."""

    event_type: Annotated[Literal["DescribeAigcFaceInfoAsyncComplete"], Field(alias="EventType")]
    """Names the callback."""
    describe_aigc_face_info_async_complete_event: Annotated[
        VodDescribeAigcFaceInfoAsyncTask, Field(alias="DescribeAigcFaceInfoAsyncCompleteEvent")
    ]
