# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixMilliseconds, UnixSeconds, WireModel
from pydantic import Field


class TencentLiveStartedBattleRoom(WireModel):
    """A room of the battle."""

    room_id: Annotated[str, Field(alias="RoomId", min_length=1)]
    """The room."""
    owner_account: Annotated[str, Field(alias="Owner_Account", min_length=1)]
    """Owner of the room."""


class TencentLiveAfterStartBattleCallback(WireModel):
    """A battle between live rooms has begun."""

    callback_command: Annotated[
        Literal["Live.CallbackAfterStartBattle"], Field(alias="CallbackCommand")
    ]
    """Names the callback, as in the URL."""
    battle_id: Annotated[str, Field(alias="BattleId", min_length=1)]
    """The battle."""
    duration: Annotated[int, Field(alias="Duration", ge=0, le=9223372036854775807)]
    """How long the battle lasts, in milliseconds."""
    create_time: Annotated[UnixSeconds, Field(alias="CreateTime")]
    """When it was created, in seconds."""
    start_time: Annotated[UnixSeconds, Field(alias="StartTime")]
    """When it began, in seconds."""
    from_room_info: Annotated[TencentLiveStartedBattleRoom | str, Field(alias="FromRoomInfo")]
    """The room that called to the battle: text in the page's table, an object in its sample."""
    to_room_list: Annotated[list[TencentLiveStartedBattleRoom], Field(alias="ToRoomList")]
    """The rooms that were called."""
    event_time: Annotated[UnixMilliseconds, Field(alias="EventTime")]
    """When it happened, in milliseconds."""
