# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType

from ..common.vod_media_meta_data import VodMediaMetaData


VodEditMediaTaskProgressInteger = TypeAliasType(
    "VodEditMediaTaskProgressInteger",
    Annotated[int, Field(ge=0, le=100, title="VodEditMediaTaskProgressInteger")],
)
"""How much of it is done, of a hundred."""


class VodEditMediaTaskOutputObject(WireModel):
    """What came of it."""

    file_type: Annotated[str | None | MISSING, Field(alias="FileType")] = MISSING
    """Its container."""
    file_id: Annotated[str, Field(alias="FileId", min_length=1)]
    """The file that was made."""
    file_url: Annotated[str, Field(alias="FileUrl")]
    """Where it lies."""
    media_name: Annotated[str | None | MISSING, Field(alias="MediaName")] = MISSING
    """Its name."""


VodEditMediaTaskSessionIdString = TypeAliasType(
    "VodEditMediaTaskSessionIdString",
    Annotated[str, Field(max_length=50, title="VodEditMediaTaskSessionIdString")],
)
"""What the caller gave so that the same request is not carried out twice."""


VodEditMediaTaskSessionContextString = TypeAliasType(
    "VodEditMediaTaskSessionContextString",
    Annotated[str, Field(max_length=1000, title="VodEditMediaTaskSessionContextString")],
)
"""What the caller gave to have it returned."""


class VodEditMediaTask(WireModel):
    """Files were cut or put together, or could not be."""

    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The task."""
    status: Annotated[Literal["PROCESSING", "FINISH"], Field(alias="Status")]
    """How far the task is."""
    err_code: Annotated[
        int, Field(alias="ErrCode", ge=-9223372036854775808, le=9223372036854775807)
    ]
    """0 for success, anything else for a failure."""
    err_code_ext: Annotated[str | None | MISSING, Field(alias="ErrCodeExt")] = MISSING
    """Empty for success, else what failed."""
    message: Annotated[str, Field(alias="Message")]
    """More on the outcome."""
    progress: Annotated[
        VodEditMediaTaskProgressInteger | None | MISSING, Field(alias="Progress")
    ] = MISSING
    """How much of it is done, of a hundred."""
    input: Annotated[dict[str, Any], Field(alias="Input")]
    """What the task was given."""
    output: Annotated[VodEditMediaTaskOutputObject | None | MISSING, Field(alias="Output")] = (
        MISSING
    )
    """What came of it."""
    meta_data: Annotated[VodMediaMetaData | None | MISSING, Field(alias="MetaData")] = MISSING
    """What is known of the medium itself."""
    procedure_task_id: Annotated[str | None | MISSING, Field(alias="ProcedureTaskId")] = MISSING
    """The task of a procedure that follows, empty where none does."""
    review_audio_video_task_id: Annotated[
        str | None | MISSING, Field(alias="ReviewAudioVideoTaskId")
    ] = MISSING
    """The task of a moderation that follows, empty where none does."""
    session_id: Annotated[
        VodEditMediaTaskSessionIdString | None | MISSING, Field(alias="SessionId")
    ] = MISSING
    """What the caller gave so that the same request is not carried out twice."""
    session_context: Annotated[
        VodEditMediaTaskSessionContextString | None | MISSING, Field(alias="SessionContext")
    ] = MISSING
    """What the caller gave to have it returned."""


class VodEditMediaCompleteEvent(WireModel):
    """Files were cut or put together, or could not be."""

    event_type: Annotated[Literal["EditMediaComplete"], Field(alias="EventType")]
    """Names the callback."""
    edit_media_complete_event: Annotated[VodEditMediaTask, Field(alias="EditMediaCompleteEvent")]
