# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


VodDescribeFileAttributesTaskErrCodeInteger = TypeAliasType(
    "VodDescribeFileAttributesTaskErrCodeInteger",
    Annotated[
        int,
        Field(
            ge=-9223372036854775808,
            le=9223372036854775807,
            title="VodDescribeFileAttributesTaskErrCodeInteger",
        ),
    ],
)
"""0 for success, anything else for a failure."""


VodDescribeFileAttributesTaskProgressInteger = TypeAliasType(
    "VodDescribeFileAttributesTaskProgressInteger",
    Annotated[int, Field(ge=0, le=100, title="VodDescribeFileAttributesTaskProgressInteger")],
)
"""How much of it is done, of a hundred."""


VodDescribeFileAttributesTaskSessionIdString = TypeAliasType(
    "VodDescribeFileAttributesTaskSessionIdString",
    Annotated[str, Field(max_length=50, title="VodDescribeFileAttributesTaskSessionIdString")],
)
"""What the caller gave so that the same request is not carried out twice."""


VodDescribeFileAttributesTaskSessionContextString = TypeAliasType(
    "VodDescribeFileAttributesTaskSessionContextString",
    Annotated[
        str, Field(max_length=1000, title="VodDescribeFileAttributesTaskSessionContextString")
    ],
)
"""What the caller gave to have it returned."""


class VodDescribeFileAttributesTask(WireModel):
    """The attributes of a file were found out, or could not be."""

    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The task."""
    status: Annotated[Literal["PROCESSING", "SUCCESS", "FAIL"], Field(alias="Status")]
    """How far the task is."""
    err_code: Annotated[
        VodDescribeFileAttributesTaskErrCodeInteger | None | MISSING, Field(alias="ErrCode")
    ] = MISSING
    """0 for success, anything else for a failure."""
    err_code_ext: Annotated[str | None | MISSING, Field(alias="ErrCodeExt")] = MISSING
    """Empty for success, else what failed."""
    message: Annotated[str | None | MISSING, Field(alias="Message")] = MISSING
    """More on the outcome."""
    progress: Annotated[
        VodDescribeFileAttributesTaskProgressInteger | None | MISSING, Field(alias="Progress")
    ] = MISSING
    """How much of it is done, of a hundred."""
    file_id: Annotated[str, Field(alias="FileId", min_length=1)]
    """The file."""
    output: Annotated[dict[str, Any] | None | MISSING, Field(alias="Output")] = MISSING
    """What came of it."""
    session_id: Annotated[
        VodDescribeFileAttributesTaskSessionIdString | None | MISSING, Field(alias="SessionId")
    ] = MISSING
    """What the caller gave so that the same request is not carried out twice."""
    session_context: Annotated[
        VodDescribeFileAttributesTaskSessionContextString | None | MISSING,
        Field(alias="SessionContext"),
    ] = MISSING
    """What the caller gave to have it returned."""


class VodDescribeFileAttributesCompleteEvent(WireModel):
    """The attributes of a file were found out, or could not be."""

    event_type: Annotated[Literal["DescribeFileAttributesComplete"], Field(alias="EventType")]
    """Names the callback."""
    describe_file_attributes_complete_event: Annotated[
        VodDescribeFileAttributesTask, Field(alias="DescribeFileAttributesCompleteEvent")
    ]
