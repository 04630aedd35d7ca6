# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixMilliseconds, WireModel
from pydantic import Field
from typing_extensions import TypeAliasType


TencentLiveAfterCreateBattleCallbackToRoomIdListItem = TypeAliasType(
    "TencentLiveAfterCreateBattleCallbackToRoomIdListItem",
    Annotated[
        str, Field(min_length=1, title="TencentLiveAfterCreateBattleCallbackToRoomIdListItem")
    ],
)


class TencentLiveAfterCreateBattleCallback(WireModel):
    """A battle between live rooms was created."""

    callback_command: Annotated[
        Literal["Live.CallbackAfterCreateBattle"], Field(alias="CallbackCommand")
    ]
    """Names the callback, as in the URL."""
    operator_account: Annotated[str, Field(alias="Operator_Account", min_length=1)]
    """Who created the battle."""
    battle_id: Annotated[str, Field(alias="BattleId", min_length=1)]
    """The battle."""
    from_room_id: Annotated[str, Field(alias="FromRoomId", min_length=1)]
    """The room that calls to the battle."""
    to_room_id_list: Annotated[
        list[TencentLiveAfterCreateBattleCallbackToRoomIdListItem], Field(alias="ToRoomIdList")
    ]
    """The rooms that are called."""
    timeout: Annotated[int, Field(alias="Timeout", ge=0, le=9223372036854775807)]
    """How long the called have to answer, in milliseconds, where they are asked."""
    duration: Annotated[int, Field(alias="Duration", ge=0, le=9223372036854775807)]
    """How long the battle lasts once begun, in milliseconds."""
    need_response: Annotated[bool, Field(alias="NeedResponse")]
    """Whether the owners of the called rooms are asked first."""
    extension_info: Annotated[str, Field(alias="ExtensionInfo")]
    """What was added to the battle."""
    event_time: Annotated[UnixMilliseconds, Field(alias="EventTime")]
    """When it happened, in milliseconds."""
