# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixMilliseconds, WireModel
from pydantic import Field


class TencentLiveMetadata(WireModel):
    """One name and its value."""

    key: Annotated[str, Field(alias="Key", min_length=1)]
    """The name."""
    value: Annotated[str, Field(alias="Value")]
    """The value."""


class TencentLiveAfterSetMetadataCallback(WireModel):
    """Metadata of a live room was set."""

    callback_command: Annotated[
        Literal["Live.CallbackAfterSetMetadata"], Field(alias="CallbackCommand")
    ]
    """Names the callback, as in the URL."""
    operator_account: Annotated[str, Field(alias="Operator_Account", min_length=1)]
    """Who set it."""
    room_id: Annotated[str, Field(alias="RoomId", min_length=1)]
    """The room."""
    metadata: Annotated[list[TencentLiveMetadata], Field(alias="Metadata")]
    """What was set."""
    event_time: Annotated[UnixMilliseconds, Field(alias="EventTime")]
    """When it happened, in milliseconds."""
