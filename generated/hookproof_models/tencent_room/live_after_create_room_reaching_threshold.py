# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import TextInteger, UnixMilliseconds, WireModel
from pydantic import Field
from typing_extensions import TypeAliasType


TencentLiveAfterCreateRoomReachingThresholdCallbackCurRoomCountInteger = TypeAliasType(
    "TencentLiveAfterCreateRoomReachingThresholdCallbackCurRoomCountInteger",
    Annotated[
        int,
        Field(
            ge=0,
            le=18446744073709551615,
            title="TencentLiveAfterCreateRoomReachingThresholdCallbackCurRoomCountInteger",
        ),
    ],
)
"""How many rooms there are. Text in the page's table, a number in its sample."""


TencentLiveAfterCreateRoomReachingThresholdCallbackMaxRoomCountInteger = TypeAliasType(
    "TencentLiveAfterCreateRoomReachingThresholdCallbackMaxRoomCountInteger",
    Annotated[
        int,
        Field(
            ge=0,
            le=18446744073709551615,
            title="TencentLiveAfterCreateRoomReachingThresholdCallbackMaxRoomCountInteger",
        ),
    ],
)
"""How many there may be. A list in the page's table, a number in its sample."""


class TencentLiveAfterCreateRoomReachingThresholdCallback(WireModel):
    """With a new room, seven tenths of all the live rooms that the application may have are there."""

    callback_command: Annotated[
        Literal["Live.CallbackAfterCreateRoomReachingThreshold"], Field(alias="CallbackCommand")
    ]
    """Names the callback, as in the URL."""
    operator_account: Annotated[str, Field(alias="Operator_Account", min_length=1)]
    """Who created the room."""
    cur_room_count: Annotated[
        TencentLiveAfterCreateRoomReachingThresholdCallbackCurRoomCountInteger | TextInteger,
        Field(alias="CurRoomCount"),
    ]
    """How many rooms there are. Text in the page's table, a number in its sample."""
    max_room_count: Annotated[
        TencentLiveAfterCreateRoomReachingThresholdCallbackMaxRoomCountInteger | list[int],
        Field(alias="MaxRoomCount"),
    ]
    """How many there may be. A list in the page's table, a number in its sample."""
    event_time: Annotated[UnixMilliseconds, Field(alias="EventTime")]
    """When it happened, in milliseconds."""
