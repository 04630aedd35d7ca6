# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import WireModel
from pydantic import MISSING, Field

from ..common.vod_media_basic_info import VodMediaBasicInfo
from ..common.vod_media_meta_data import VodMediaMetaData


class VodFileUploadTask(WireModel):
    """A file was uploaded by a client or a server."""

    file_id: Annotated[str, Field(alias="FileId", min_length=1)]
    """The file."""
    media_basic_info: Annotated[VodMediaBasicInfo, Field(alias="MediaBasicInfo")]
    """What is known of the file."""
    procedure_task_id: Annotated[str | None | MISSING, Field(alias="ProcedureTaskId")] = MISSING
    """The task of a procedure that follows, empty where none does."""
    review_audio_video_task_id: Annotated[
        str | None | MISSING, Field(alias="ReviewAudioVideoTaskId")
    ] = MISSING
    """The task of a moderation that follows, empty where none does."""
    meta_data: Annotated[VodMediaMetaData | None | MISSING, Field(alias="MetaData")] = MISSING
    """What is known of the medium itself."""


class VodNewFileUploadEvent(WireModel):
    """A file was uploaded by a client or a server."""

    event_type: Annotated[Literal["NewFileUpload"], Field(alias="EventType")]
    """Names the callback."""
    file_upload_event: Annotated[VodFileUploadTask, Field(alias="FileUploadEvent")]
