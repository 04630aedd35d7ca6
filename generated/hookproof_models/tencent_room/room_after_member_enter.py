# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixMilliseconds, WireModel
from pydantic import Field
from typing_extensions import TypeAliasType


TencentRoomAfterMemberEnterCallbackMemberListAccountItem = TypeAliasType(
    "TencentRoomAfterMemberEnterCallbackMemberListAccountItem",
    Annotated[
        str, Field(min_length=1, title="TencentRoomAfterMemberEnterCallbackMemberListAccountItem")
    ],
)


class TencentRoomAfterMemberEnterCallback(WireModel):
    """Users entered a meeting room."""

    callback_command: Annotated[
        Literal["Room.CallbackAfterMemberEnter"], Field(alias="CallbackCommand")
    ]
    """Names the callback, as in the URL."""
    operator_account: Annotated[str, Field(alias="Operator_Account", min_length=1)]
    """Who did it."""
    room_id: Annotated[str, Field(alias="RoomId", min_length=1)]
    """The room."""
    member_count: Annotated[int, Field(alias="MemberCount", ge=0, le=4294967295)]
    """How many are in the room, or how many it takes: the page calls it room capacity."""
    type: Annotated[Literal["Enter"], Field(alias="Type")]
    """Enter, of own accord."""
    member_list_account: Annotated[
        list[TencentRoomAfterMemberEnterCallbackMemberListAccountItem],
        Field(alias="MemberList_Account"),
    ]
    """The members."""
    event_time: Annotated[UnixMilliseconds, Field(alias="EventTime")]
    """When it happened, in milliseconds."""
