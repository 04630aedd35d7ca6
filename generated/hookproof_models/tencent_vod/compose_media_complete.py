# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType

from ..common.vod_media_meta_data import VodMediaMetaData


VodComposeMediaTaskProgressInteger = TypeAliasType(
    "VodComposeMediaTaskProgressInteger",
    Annotated[int, Field(ge=0, le=100, title="VodComposeMediaTaskProgressInteger")],
)
"""How much of it is done, of a hundred."""


VodComposeMediaTaskOutputObjectFileIdString = TypeAliasType(
    "VodComposeMediaTaskOutputObjectFileIdString",
    Annotated[str, Field(min_length=1, title="VodComposeMediaTaskOutputObjectFileIdString")],
)
"""The file that was made. Text by the type, a number in the sample of one page."""


VodComposeMediaTaskOutputObjectFileIdInteger = TypeAliasType(
    "VodComposeMediaTaskOutputObjectFileIdInteger",
    Annotated[
        int,
        Field(ge=0, le=18446744073709551615, title="VodComposeMediaTaskOutputObjectFileIdInteger"),
    ],
)
"""The file that was made. Text by the type, a number in the sample of one page."""


class VodComposeMediaTaskOutputObject(WireModel):
    """What came of it."""

    file_type: Annotated[str | None | MISSING, Field(alias="FileType")] = MISSING
    """Its container."""
    file_id: Annotated[
        VodComposeMediaTaskOutputObjectFileIdString | VodComposeMediaTaskOutputObjectFileIdInteger,
        Field(alias="FileId"),
    ]
    """The file that was made. Text by the type, a number in the sample of one page."""
    file_url: Annotated[str, Field(alias="FileUrl")]
    """Where it lies."""
    media_name: Annotated[str | None | MISSING, Field(alias="MediaName")] = MISSING
    """Its name."""


VodComposeMediaTaskSessionIdString = TypeAliasType(
    "VodComposeMediaTaskSessionIdString",
    Annotated[str, Field(max_length=50, title="VodComposeMediaTaskSessionIdString")],
)
"""What the caller gave so that the same request is not carried out twice."""


VodComposeMediaTaskSessionContextString = TypeAliasType(
    "VodComposeMediaTaskSessionContextString",
    Annotated[str, Field(max_length=1000, title="VodComposeMediaTaskSessionContextString")],
)
"""What the caller gave to have it returned."""


class VodComposeMediaTask(WireModel):
    """A file was composed of tracks, or could not be."""

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
    progress: Annotated[
        VodComposeMediaTaskProgressInteger | None | MISSING, Field(alias="Progress")
    ] = MISSING
    """How much of it is done, of a hundred."""
    input: Annotated[dict[str, Any], Field(alias="Input")]
    """What the task was given."""
    output: Annotated[VodComposeMediaTaskOutputObject | None | MISSING, Field(alias="Output")] = (
        MISSING
    )
    """What came of it."""
    meta_data: Annotated[VodMediaMetaData | None | MISSING, Field(alias="MetaData")] = MISSING
    """What is known of the medium itself."""
    session_id: Annotated[
        VodComposeMediaTaskSessionIdString | None | MISSING, Field(alias="SessionId")
    ] = MISSING
    """What the caller gave so that the same request is not carried out twice."""
    session_context: Annotated[
        VodComposeMediaTaskSessionContextString | None | MISSING, Field(alias="SessionContext")
    ] = MISSING
    """What the caller gave to have it returned."""


class VodComposeMediaCompleteEvent(WireModel):
    """A file was composed of tracks, or could not be."""

    event_type: Annotated[Literal["ComposeMediaComplete"], Field(alias="EventType")]
    """Names the callback."""
    compose_media_complete_event: Annotated[
        VodComposeMediaTask, Field(alias="ComposeMediaCompleteEvent")
    ]
