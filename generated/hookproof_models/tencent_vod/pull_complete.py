# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType

from ..common.vod_media_basic_info import VodMediaBasicInfo
from ..common.vod_media_meta_data import VodMediaMetaData


VodPullUploadTaskSessionContextString = TypeAliasType(
    "VodPullUploadTaskSessionContextString",
    Annotated[str, Field(max_length=1000, title="VodPullUploadTaskSessionContextString")],
)
"""What the caller gave to have it returned."""


VodPullUploadTaskSessionIdString = TypeAliasType(
    "VodPullUploadTaskSessionIdString",
    Annotated[str, Field(max_length=50, title="VodPullUploadTaskSessionIdString")],
)
"""What the caller gave so that the same request is not carried out twice."""


VodPullUploadTaskProgressInteger = TypeAliasType(
    "VodPullUploadTaskProgressInteger",
    Annotated[int, Field(ge=0, le=100, title="VodPullUploadTaskProgressInteger")],
)
"""How much of it is done, of a hundred."""


class VodPullUploadTask(WireModel):
    """A file was fetched from a URL, or could not be."""

    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The task."""
    status: Annotated[Literal["PROCESSING", "FINISH"], Field(alias="Status")]
    """How far the task is."""
    err_code: Annotated[
        int, Field(alias="ErrCode", ge=-9223372036854775808, le=9223372036854775807)
    ]
    """0 for success, anything else for a failure."""
    message: Annotated[str, Field(alias="Message")]
    """More on the outcome."""
    file_id: Annotated[str, Field(alias="FileId")]
    """The file."""
    media_basic_info: Annotated[
        VodMediaBasicInfo | None | MISSING, Field(alias="MediaBasicInfo")
    ] = MISSING
    """What is known of the file."""
    meta_data: Annotated[VodMediaMetaData | None | MISSING, Field(alias="MetaData")] = MISSING
    """What is known of the medium itself."""
    file_url: Annotated[str | None | MISSING, Field(alias="FileUrl")] = MISSING
    """Where the file lies."""
    procedure_task_id: Annotated[str | None | MISSING, Field(alias="ProcedureTaskId")] = MISSING
    """The task of a procedure that follows, empty where none does."""
    review_audio_video_task_id: Annotated[
        str | None | MISSING, Field(alias="ReviewAudioVideoTaskId")
    ] = MISSING
    """The task of a moderation that follows, empty where none does."""
    session_context: Annotated[
        VodPullUploadTaskSessionContextString | None | MISSING, Field(alias="SessionContext")
    ] = MISSING
    """What the caller gave to have it returned."""
    session_id: Annotated[
        VodPullUploadTaskSessionIdString | None | MISSING, Field(alias="SessionId")
    ] = MISSING
    """What the caller gave so that the same request is not carried out twice."""
    progress: Annotated[
        VodPullUploadTaskProgressInteger | None | MISSING, Field(alias="Progress")
    ] = MISSING
    """How much of it is done, of a hundred."""


class VodPullCompleteEvent(WireModel):
    """A file was fetched from a URL, or could not be."""

    event_type: Annotated[Literal["PullComplete"], Field(alias="EventType")]
    """Names the callback."""
    pull_complete_event: Annotated[VodPullUploadTask, Field(alias="PullCompleteEvent")]
