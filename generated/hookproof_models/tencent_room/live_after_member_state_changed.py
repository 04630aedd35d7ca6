# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixMilliseconds, WireModel
from pydantic import Field


class TencentLiveMember(WireModel):
    """A member of the room."""

    member_account: Annotated[str, Field(alias="Member_Account", min_length=1)]
    """The member."""


class TencentLiveAfterMemberStateChangedCallback(WireModel):
    """Members of a live room came or went, or their heartbeats stopped or came back. No more of these are sent once the room is dissolved."""

    callback_command: Annotated[
        Literal["Live.CallbackAfterMemberStateChanged", "Live.CallbackMemberStateChanged"],
        Field(alias="CallbackCommand"),
    ]
    """Names the callback, as in the URL."""
    room_id: Annotated[str, Field(alias="RoomId", min_length=1)]
    """The room."""
    event_type: Annotated[Literal["Online", "Offline"], Field(alias="EventType")]
    """Online or Offline."""
    event_cause: Annotated[
        Literal["Enter", "Leave", "HeartbeatInterrupt", "HeartbeatRecover"],
        Field(alias="EventCause"),
    ]
    """Enter, Leave, HeartbeatInterrupt or HeartbeatRecover."""
    member_list: Annotated[list[TencentLiveMember], Field(alias="MemberList")]
    """The members."""
    event_time: Annotated[UnixMilliseconds, Field(alias="EventTime")]
    """When it happened, in milliseconds."""
