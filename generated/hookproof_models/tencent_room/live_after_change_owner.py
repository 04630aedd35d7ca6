# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixMilliseconds, WireModel
from pydantic import Field


class TencentLiveAfterChangeOwnerCallback(WireModel):
    """A live room has another owner."""

    callback_command: Annotated[
        Literal["Live.CallbackAfterChangeOwner"], Field(alias="CallbackCommand")
    ]
    """Names the callback, as in the URL."""
    room_id: Annotated[str, Field(alias="RoomId", min_length=1)]
    """The room."""
    operator_account: Annotated[str, Field(alias="Operator_Account", min_length=1)]
    """Who changed the owner."""
    current_owner_account: Annotated[str, Field(alias="CurrentOwner_Account", min_length=1)]
    """The owner now."""
    original_owner_account: Annotated[str, Field(alias="OriginalOwner_Account", min_length=1)]
    """The owner until now."""
    event_time: Annotated[UnixMilliseconds, Field(alias="EventTime")]
    """When it happened, in milliseconds."""
