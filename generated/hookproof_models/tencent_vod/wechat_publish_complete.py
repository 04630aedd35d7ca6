# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


VodWechatPublishTaskDefinitionInteger = TypeAliasType(
    "VodWechatPublishTaskDefinitionInteger",
    Annotated[
        int, Field(ge=0, le=9223372036854775807, title="VodWechatPublishTaskDefinitionInteger")
    ],
)
"""The number of the template."""


VodWechatPublishTaskSourceDefinitionInteger = TypeAliasType(
    "VodWechatPublishTaskSourceDefinitionInteger",
    Annotated[
        int,
        Field(ge=0, le=9223372036854775807, title="VodWechatPublishTaskSourceDefinitionInteger"),
    ],
)
"""The template of the version that was published, 0 for the original."""


class VodWechatPublishTask(WireModel):
    """A file was published on WeChat, or could not be."""

    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The task."""
    status: Annotated[Literal["WAITING", "PROCESSING", "FINISH"], Field(alias="Status")]
    """How far the task is."""
    err_code: Annotated[
        int, Field(alias="ErrCode", ge=-9223372036854775808, le=9223372036854775807)
    ]
    """0 for success, anything else for a failure."""
    message: Annotated[str, Field(alias="Message")]
    """More on the outcome."""
    file_id: Annotated[str, Field(alias="FileId", min_length=1)]
    """The file."""
    definition: Annotated[
        VodWechatPublishTaskDefinitionInteger | None | MISSING, Field(alias="Definition")
    ] = MISSING
    """The number of the template."""
    source_definition: Annotated[
        VodWechatPublishTaskSourceDefinitionInteger | None | MISSING,
        Field(alias="SourceDefinition"),
    ] = MISSING
    """The template of the version that was published, 0 for the original."""
    wechat_status: Annotated[
        Literal["FAIL", "SUCCESS", "AUDITNOTPASS", "NOTTRIGGERED"] | None | MISSING,
        Field(alias="WechatStatus"),
    ] = MISSING
    """What became of the publication."""
    wechat_vid: Annotated[str | None | MISSING, Field(alias="WechatVid")] = MISSING
    """What WeChat calls it."""
    wechat_url: Annotated[str | None | MISSING, Field(alias="WechatUrl")] = MISSING
    """Where it is at WeChat."""


class VodWechatPublishCompleteEvent(WireModel):
    """A file was published on WeChat, or could not be."""

    event_type: Annotated[Literal["WechatPublishComplete"], Field(alias="EventType")]
    """Names the callback."""
    wechat_publish_complete_event: Annotated[
        VodWechatPublishTask, Field(alias="WechatPublishCompleteEvent")
    ]
