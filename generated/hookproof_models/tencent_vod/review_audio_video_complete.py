# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import JsonNumber, WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


VodReviewAudioVideoTaskSessionIdString = TypeAliasType(
    "VodReviewAudioVideoTaskSessionIdString",
    Annotated[str, Field(max_length=50, title="VodReviewAudioVideoTaskSessionIdString")],
)
"""What the caller gave so that the same request is not carried out twice."""


VodReviewAudioVideoTaskSessionContextString = TypeAliasType(
    "VodReviewAudioVideoTaskSessionContextString",
    Annotated[str, Field(max_length=1000, title="VodReviewAudioVideoTaskSessionContextString")],
)
"""What the caller gave to have it returned."""


class VodReviewSegment(WireModel):
    """A suspicious stretch."""

    start_time_offset: Annotated[JsonNumber, Field(alias="StartTimeOffset", ge=0)]
    """Where it begins, in seconds."""
    end_time_offset: Annotated[JsonNumber, Field(alias="EndTimeOffset", ge=0)]
    """Where it ends, in seconds."""
    confidence: Annotated[JsonNumber, Field(alias="Confidence", ge=0)]
    """How sure that is."""
    suggestion: Annotated[Literal["review", "block"], Field(alias="Suggestion")]
    """What is advised."""
    label: Annotated[
        Literal["Porn", "Terror", "Polity", "Ad", "Illegal", "Abuse", "Moan"], Field(alias="Label")
    ]
    """What it most likely is."""
    sub_label: Annotated[str | None | MISSING, Field(alias="SubLabel")] = MISSING
    """More on what it is."""
    form: Annotated[Literal["Image", "OCR", "ASR", "Voice"], Field(alias="Form")]
    """Where it was found."""
    area_coord_set: Annotated[list[int] | None | MISSING, Field(alias="AreaCoordSet")] = MISSING
    """Left, top, right and bottom of the place in the picture."""
    text: Annotated[str | None | MISSING, Field(alias="Text")] = MISSING
    """The text that was found."""
    keyword_set: Annotated[list[str] | None | MISSING, Field(alias="KeywordSet")] = MISSING
    """The words that were found."""
    url: Annotated[str | None | MISSING, Field(alias="Url")] = MISSING
    """Where the picture lies, for a while."""
    pic_url_expire_time: Annotated[str | None | MISSING, Field(alias="PicUrlExpireTime")] = MISSING
    """Until when."""


class VodReviewAudioVideoTaskOutputObject(WireModel):
    """What came of it."""

    suggestion: Annotated[Literal["pass", "review", "block"], Field(alias="Suggestion")]
    """What is advised."""
    label: Annotated[str | None | MISSING, Field(alias="Label")] = MISSING
    """What it most likely is, where it is not passed. In small letters in the sample of the page, where the type has a capital."""
    form: Annotated[
        Literal["", "Image", "OCR", "ASR", "Voice"] | None | MISSING, Field(alias="Form")
    ] = MISSING
    """Where it was found, where it is not passed."""
    segment_set: Annotated[list[VodReviewSegment] | None | MISSING, Field(alias="SegmentSet")] = (
        MISSING
    )
    """The first ten suspicious stretches."""
    segment_set_file_url: Annotated[str | None | MISSING, Field(alias="SegmentSetFileUrl")] = (
        MISSING
    )
    """Where all of them are told, for a while."""
    segment_set_file_url_expire_time: Annotated[
        str | None | MISSING, Field(alias="SegmentSetFileUrlExpireTime")
    ] = MISSING
    """Until when."""
    cover_review_result: Annotated[
        dict[str, Any] | None | MISSING, Field(alias="CoverReviewResult")
    ] = MISSING
    """What is said of the cover."""


class VodReviewAudioVideoTask(WireModel):
    """A file was moderated, or could not be."""

    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The task."""
    status: Annotated[Literal["PROCESSING", "FINISH"], Field(alias="Status")]
    """How far the task is."""
    err_code_ext: Annotated[str, Field(alias="ErrCodeExt")]
    """Empty for success, else what failed."""
    message: Annotated[str, Field(alias="Message")]
    """More on the outcome."""
    input: Annotated[dict[str, Any], Field(alias="Input")]
    """What the task was given."""
    output: Annotated[
        VodReviewAudioVideoTaskOutputObject | None | MISSING, Field(alias="Output")
    ] = MISSING
    """What came of it."""
    session_id: Annotated[
        VodReviewAudioVideoTaskSessionIdString | None | MISSING, Field(alias="SessionId")
    ] = MISSING
    """What the caller gave so that the same request is not carried out twice."""
    session_context: Annotated[
        VodReviewAudioVideoTaskSessionContextString | None | MISSING, Field(alias="SessionContext")
    ] = MISSING
    """What the caller gave to have it returned."""


class VodReviewAudioVideoCompleteEvent(WireModel):
    """A file was moderated, or could not be."""

    event_type: Annotated[Literal["ReviewAudioVideoComplete"], Field(alias="EventType")]
    """Names the callback."""
    review_audio_video_complete_event: Annotated[
        VodReviewAudioVideoTask, Field(alias="ReviewAudioVideoCompleteEvent")
    ]
