# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixMilliseconds, WireModel
from pydantic import Field
from typing_extensions import TypeAliasType


TencentLiveAfterDelMetadataCallbackKeysItem = TypeAliasType(
    "TencentLiveAfterDelMetadataCallbackKeysItem",
    Annotated[str, Field(min_length=1, title="TencentLiveAfterDelMetadataCallbackKeysItem")],
)


class TencentLiveAfterDelMetadataCallback(WireModel):
    """Metadata of a live room was deleted."""

    callback_command: Annotated[
        Literal["Live.CallbackAfterDelMetadata"], Field(alias="CallbackCommand")
    ]
    """Names the callback, as in the URL."""
    operator_account: Annotated[str, Field(alias="Operator_Account", min_length=1)]
    """Who deleted it."""
    room_id: Annotated[str, Field(alias="RoomId", min_length=1)]
    """The room."""
    keys: Annotated[list[TencentLiveAfterDelMetadataCallbackKeysItem], Field(alias="Keys")]
    """The names of what was deleted."""
    event_time: Annotated[UnixMilliseconds, Field(alias="EventTime")]
    """When it happened, in milliseconds."""
