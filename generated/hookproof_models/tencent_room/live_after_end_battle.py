# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import Field
from typing_extensions import TypeAliasType


TencentLiveEndedBattleRoomOwnerAccountString = TypeAliasType(
    "TencentLiveEndedBattleRoomOwnerAccountString",
    Annotated[str, Field(min_length=1, title="TencentLiveEndedBattleRoomOwnerAccountString")],
)
"""Owner of the room. Text in the page's table, a number in its sample."""


TencentLiveEndedBattleRoomOwnerAccountInteger = TypeAliasType(
    "TencentLiveEndedBattleRoomOwnerAccountInteger",
    Annotated[
        int,
        Field(ge=0, le=18446744073709551615, title="TencentLiveEndedBattleRoomOwnerAccountInteger"),
    ],
)
"""Owner of the room. Text in the page's table, a number in its sample."""


class TencentLiveEndedBattleRoom(WireModel):
    """A room of the battle."""

    room_id: Annotated[str, Field(alias="RoomId", min_length=1)]
    """The room."""
    score: Annotated[int, Field(alias="Score")]
    """What the room has won."""
    owner_account: Annotated[
        TencentLiveEndedBattleRoomOwnerAccountString | TencentLiveEndedBattleRoomOwnerAccountInteger,
        Field(alias="Owner_Account"),
    ]
    """Owner of the room. Text in the page's table, a number in its sample."""


class TencentLiveAfterEndBattleCallback(WireModel):
    """A battle between live rooms is over."""

    callback_command: Annotated[
        Literal["Live.CallbackAfterEndBattle"], Field(alias="CallbackCommand")
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
    end_time: Annotated[UnixSeconds, Field(alias="EndTime")]
    """When it ended, in seconds."""
    op_type: Annotated[Exact[Literal[0, 1, 2]], Field(alias="OpType")]
    """0 its time was up; 1 all owners left the battle; 2 it never began, as no owner joined."""
    from_room_info: Annotated[TencentLiveEndedBattleRoom | str, Field(alias="FromRoomInfo")]
    """The room that called to the battle: text in the page's table, an object in its sample."""
    to_room_list: Annotated[list[TencentLiveEndedBattleRoom], Field(alias="ToRoomList")]
    """The rooms that were called."""
    event_time: Annotated[UnixMilliseconds, Field(alias="EventTime")]
    """When it happened, in milliseconds."""
