# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import WireModel
from pydantic import Field

from ..common.im_member import ImMember


class ImGroupOnMemberStateChangeCallback(WireModel):
    """Members of an audio-video group lost their connection or came back."""

    callback_command: Annotated[
        Literal["Group.CallbackOnMemberStateChange"], Field(alias="CallbackCommand")
    ]
    """Names the callback."""
    group_id: Annotated[str, Field(alias="GroupId", min_length=1)]
    """The group."""
    event_type: Annotated[Literal["Offline", "Online"], Field(alias="EventType")]
    """Offline: the connection was lost. Online: they are back."""
    member_list: Annotated[list[ImMember], Field(alias="MemberList")]
    """Who."""
