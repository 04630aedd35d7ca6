# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


VodCreateImageSpriteTaskErrCodeInteger = TypeAliasType(
    "VodCreateImageSpriteTaskErrCodeInteger",
    Annotated[
        int,
        Field(
            ge=-9223372036854775808,
            le=9223372036854775807,
            title="VodCreateImageSpriteTaskErrCodeInteger",
        ),
    ],
)
"""0 for success, anything else for a failure."""


VodCreateImageSpriteTaskDefinitionInteger = TypeAliasType(
    "VodCreateImageSpriteTaskDefinitionInteger",
    Annotated[
        int, Field(ge=0, le=9223372036854775807, title="VodCreateImageSpriteTaskDefinitionInteger")
    ],
)
"""The number of the template."""


VodCreateImageSpriteTaskTotalCountInteger = TypeAliasType(
    "VodCreateImageSpriteTaskTotalCountInteger",
    Annotated[
        int, Field(ge=0, le=9223372036854775807, title="VodCreateImageSpriteTaskTotalCountInteger")
    ],
)
"""How many small pictures there are."""


class VodCreateImageSpriteTask(WireModel):
    """Small pictures of a file were made, or could not be."""

    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The task."""
    err_code: Annotated[
        VodCreateImageSpriteTaskErrCodeInteger | None | MISSING, Field(alias="ErrCode")
    ] = MISSING
    """0 for success, anything else for a failure."""
    message: Annotated[str | None | MISSING, Field(alias="Message")] = MISSING
    """More on the outcome."""
    file_id: Annotated[str, Field(alias="FileId", min_length=1)]
    """The file."""
    definition: Annotated[
        VodCreateImageSpriteTaskDefinitionInteger | None | MISSING, Field(alias="Definition")
    ] = MISSING
    """The number of the template."""
    total_count: Annotated[
        VodCreateImageSpriteTaskTotalCountInteger | None | MISSING, Field(alias="TotalCount")
    ] = MISSING
    """How many small pictures there are."""
    image_sprite_url_set: Annotated[
        list[str] | None | MISSING, Field(alias="ImageSpriteUrlSet")
    ] = MISSING
    """Where the pictures lie."""
    web_vtt_url: Annotated[str | None | MISSING, Field(alias="WebVttUrl")] = MISSING
    """Where the file lies that says which picture belongs to which moment."""


class VodCreateImageSpriteCompleteEvent(WireModel):
    """For tasks of the API of 2017. Small pictures of a file were made, or could not be."""

    event_type: Annotated[Literal["CreateImageSpriteComplete"], Field(alias="EventType")]
    """Names the callback."""
    create_image_sprite_complete_event: Annotated[
        VodCreateImageSpriteTask, Field(alias="CreateImageSpriteCompleteEvent")
    ]
