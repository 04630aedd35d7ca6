# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixMilliseconds, WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


TencentMicSeatMemberAccountInteger = TypeAliasType(
    "TencentMicSeatMemberAccountInteger",
    Annotated[
        int, Field(ge=0, le=18446744073709551615, title="TencentMicSeatMemberAccountInteger")
    ],
)
"""Who sits there. Where nobody does it is missing of a live room, and empty of a meeting room. Text in the pages' tables, a number in their samples."""


class TencentMicSeat(WireModel):
    """A seat."""

    index: Annotated[int, Field(alias="Index", ge=0, le=9223372036854775807)]
    """Number of the seat."""
    member_account: Annotated[
        str | TencentMicSeatMemberAccountInteger | MISSING, Field(alias="Member_Account")
    ] = MISSING
    """Who sits there. Where nobody does it is missing of a live room, and empty of a meeting room. Text in the pages' tables, a number in their samples."""
    is_taken_disabled: Annotated[bool, Field(alias="IsTakenDisabled")]
    """Whether the seat is locked."""
    is_video_disabled: Annotated[bool, Field(alias="IsVideoDisabled")]
    """Whether no picture may be sent from it."""
    is_audio_disabled: Annotated[bool, Field(alias="IsAudioDisabled")]
    """Whether no sound may be sent from it."""


class TencentMicAfterSeatInfoChangedCallback(WireModel):
    """Seats of a live room or of a meeting room were taken, left, locked or silenced."""

    callback_command: Annotated[
        Literal["Mic.CallbackAfterSeatInfoChanged"], Field(alias="CallbackCommand")
    ]
    """Names the callback, as in the URL."""
    operator_account: Annotated[str | MISSING, Field(alias="Operator_Account", min_length=1)] = (
        MISSING
    )
    """Who changed the seats. In meeting rooms alone."""
    room_id: Annotated[str, Field(alias="RoomId", min_length=1)]
    """The room."""
    seat_list: Annotated[list[TencentMicSeat], Field(alias="SeatList")]
    """The seats."""
    event_time: Annotated[UnixMilliseconds | MISSING, Field(alias="EventTime")] = MISSING
    """When it happened, in milliseconds. In the pages' samples, not in their tables."""
