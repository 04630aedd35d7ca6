# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


VodWechatMiniProgramPublishTaskErrCodeInteger = TypeAliasType(
    "VodWechatMiniProgramPublishTaskErrCodeInteger",
    Annotated[
        int,
        Field(
            ge=-9223372036854775808,
            le=9223372036854775807,
            title="VodWechatMiniProgramPublishTaskErrCodeInteger",
        ),
    ],
)
"""0 for success, anything else for a failure."""


VodWechatMiniProgramPublishTaskSourceDefinitionInteger = TypeAliasType(
    "VodWechatMiniProgramPublishTaskSourceDefinitionInteger",
    Annotated[
        int,
        Field(
            ge=0,
            le=9223372036854775807,
            title="VodWechatMiniProgramPublishTaskSourceDefinitionInteger",
        ),
    ],
)
"""The template of the version that was published, 0 for the original."""


class VodWechatMiniProgramPublishTask(WireModel):
    """A file was published in a mini program of WeChat, or could not be."""

    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The task."""
    status: Annotated[Literal["WAITING", "PROCESSING", "FINISH"], Field(alias="Status")]
    """How far the task is."""
    err_code: Annotated[
        VodWechatMiniProgramPublishTaskErrCodeInteger | None | MISSING, Field(alias="ErrCode")
    ] = MISSING
    """0 for success, anything else for a failure."""
    message: Annotated[str | None | MISSING, Field(alias="Message")] = MISSING
    """More on the outcome."""
    file_id: Annotated[str, Field(alias="FileId", min_length=1)]
    """The file."""
    source_definition: Annotated[
        VodWechatMiniProgramPublishTaskSourceDefinitionInteger | None | MISSING,
        Field(alias="SourceDefinition"),
    ] = MISSING
    """The template of the version that was published, 0 for the original."""
    publish_result: Annotated[
        Literal["Pass", "Failed", "Rejected"] | None | MISSING, Field(alias="PublishResult")
    ] = MISSING
    """What became of the publication."""


class VodWechatMiniProgramPublishCompleteEvent(WireModel):
    """A file was published in a mini program of WeChat, or could not be."""

    event_type: Annotated[Literal["WechatMiniProgramPublishComplete"], Field(alias="EventType")]
    """Names the callback."""
    wechat_mini_program_publish_complete_event: Annotated[
        VodWechatMiniProgramPublishTask, Field(alias="WechatMiniProgramPublishCompleteEvent")
    ]
