# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixMilliseconds, WireModel
from pydantic import Field


class TencentRoomAfterDestroyRoomCallback(WireModel):
    """A meeting room was destroyed."""

    callback_command: Annotated[
        Literal["Room.CallbackAfterDestroyRoom"], Field(alias="CallbackCommand")
    ]
    """Names the callback, as in the URL."""
    operator_account: Annotated[str, Field(alias="Operator_Account", min_length=1)]
    """Who destroyed the room."""
    room_id: Annotated[str, Field(alias="RoomId", min_length=1)]
    """The room."""
    event_time: Annotated[UnixMilliseconds, Field(alias="EventTime")]
    """When it happened, in milliseconds."""
