# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType

from ..common.vod_media_meta_data import VodMediaMetaData


VodProcedureTaskErrCodeInteger = TypeAliasType(
    "VodProcedureTaskErrCodeInteger",
    Annotated[
        int,
        Field(
            ge=-9223372036854775808, le=9223372036854775807, title="VodProcedureTaskErrCodeInteger"
        ),
    ],
)
"""Given up by the vendor: each part has an ErrCode of its own."""


VodProcedureTaskTasksPriorityInteger = TypeAliasType(
    "VodProcedureTaskTasksPriorityInteger",
    Annotated[int, Field(ge=-10, le=10, title="VodProcedureTaskTasksPriorityInteger")],
)
"""How urgent it is."""


VodProcedureTaskSessionContextString = TypeAliasType(
    "VodProcedureTaskSessionContextString",
    Annotated[str, Field(max_length=1000, title="VodProcedureTaskSessionContextString")],
)
"""What the caller gave to have it returned."""


VodProcedureTaskSessionIdString = TypeAliasType(
    "VodProcedureTaskSessionIdString",
    Annotated[str, Field(max_length=50, title="VodProcedureTaskSessionIdString")],
)
"""What the caller gave so that the same request is not carried out twice."""


class VodProcedureTask(WireModel):
    """A procedure has ended, or where that was asked for a part of it has."""

    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The task."""
    status: Annotated[Literal["PROCESSING", "FINISH"], Field(alias="Status")]
    """How far the task is."""
    err_code: Annotated[VodProcedureTaskErrCodeInteger | None | MISSING, Field(alias="ErrCode")] = (
        MISSING
    )
    """Given up by the vendor: each part has an ErrCode of its own."""
    message: Annotated[str | None | MISSING, Field(alias="Message")] = MISSING
    """Given up by the vendor: each part has a Message of its own."""
    file_id: Annotated[str, Field(alias="FileId", min_length=1)]
    """The file."""
    file_name: Annotated[str | None | MISSING, Field(alias="FileName")] = MISSING
    """The name of the file."""
    file_url: Annotated[str | None | MISSING, Field(alias="FileUrl")] = MISSING
    """Where the file lies."""
    meta_data: Annotated[VodMediaMetaData | None | MISSING, Field(alias="MetaData")] = MISSING
    """What is known of the medium itself."""
    media_process_result_set: Annotated[
        list[dict[str, Any]] | None | MISSING, Field(alias="MediaProcessResultSet")
    ] = MISSING
    """What came of each part that processes the medium."""
    ai_content_review_result_set: Annotated[
        list[dict[str, Any]] | None | MISSING, Field(alias="AiContentReviewResultSet")
    ] = MISSING
    """What came of each moderation."""
    ai_analysis_result_set: Annotated[
        list[dict[str, Any]] | None | MISSING, Field(alias="AiAnalysisResultSet")
    ] = MISSING
    """What came of each analysis."""
    ai_recognition_result_set: Annotated[
        list[dict[str, Any]] | None | MISSING, Field(alias="AiRecognitionResultSet")
    ] = MISSING
    """What came of each recognition."""
    tasks_priority: Annotated[
        VodProcedureTaskTasksPriorityInteger | None | MISSING, Field(alias="TasksPriority")
    ] = MISSING
    """How urgent it is."""
    tasks_notify_mode: Annotated[
        Literal["Finish", "Change", "None"] | None | MISSING, Field(alias="TasksNotifyMode")
    ] = MISSING
    """When it is told of: Finish once at the end, Change after each part, None never."""
    session_context: Annotated[
        VodProcedureTaskSessionContextString | None | MISSING, Field(alias="SessionContext")
    ] = MISSING
    """What the caller gave to have it returned."""
    session_id: Annotated[
        VodProcedureTaskSessionIdString | None | MISSING, Field(alias="SessionId")
    ] = MISSING
    """What the caller gave so that the same request is not carried out twice."""
    operator: Annotated[str | None | MISSING, Field(alias="Operator")] = MISSING
    """Who began it; System for the vendor itself."""
    operation_type: Annotated[str | None | MISSING, Field(alias="OperationType")] = MISSING
    """What kind of operation it was; TSC for a rate that was lowered."""


class VodProcedureStateChangedEvent(WireModel):
    """A procedure has ended, or where that was asked for a part of it has."""

    event_type: Annotated[Literal["ProcedureStateChanged"], Field(alias="EventType")]
    """Names the callback."""
    procedure_state_change_event: Annotated[
        VodProcedureTask, Field(alias="ProcedureStateChangeEvent")
    ]
