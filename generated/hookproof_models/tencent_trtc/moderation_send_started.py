# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import Field
from typing_extensions import TypeAliasType


TrtcModerationSendStartedInfoRoomIdInteger = TypeAliasType(
    "TrtcModerationSendStartedInfoRoomIdInteger",
    Annotated[
        int,
        Field(ge=0, le=18446744073709551615, title="TrtcModerationSendStartedInfoRoomIdInteger"),
    ],
)
"""The room: a number or text, as it was entered in the client."""


TrtcModerationSendStartedInfoRoomIdString = TypeAliasType(
    "TrtcModerationSendStartedInfoRoomIdString",
    Annotated[str, Field(min_length=1, title="TrtcModerationSendStartedInfoRoomIdString")],
)
"""The room: a number or text, as it was entered in the client."""


class TrtcModerationSendStartedPayload(WireModel):
    """The details of this event."""

    status: Annotated[Exact[Literal[0]], Field(alias="Status")]
    """0, slices begin to be sent."""


class TrtcModerationSendStartedInfo(WireModel):
    """What happened."""

    room_id: Annotated[
        TrtcModerationSendStartedInfoRoomIdInteger | TrtcModerationSendStartedInfoRoomIdString,
        Field(alias="RoomId"),
    ]
    """The room: a number or text, as it was entered in the client."""
    event_ts: Annotated[UnixSeconds, Field(alias="EventTs")]
    """When it happened, in seconds. EventMsTs is recommended instead."""
    event_ms_ts: Annotated[UnixMilliseconds, Field(alias="EventMsTs")]
    """When it happened, in milliseconds."""
    user_id: Annotated[str, Field(alias="UserId", min_length=1)]
    """The robot that takes the streams from the room."""
    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The task that has streams understood."""
    payload: Annotated[TrtcModerationSendStartedPayload, Field(alias="Payload")]


class TrtcModerationSendStartedCallback(WireModel):
    """The first slices of a room's streams are sent to be understood."""

    event_group_id: Annotated[Exact[Literal[11]], Field(alias="EventGroupId")]
    """The group of events: content understanding (moderation). Names the callback together with EventType."""
    event_type: Annotated[Exact[Literal[1103]], Field(alias="EventType")]
    """Names the callback within its group."""
    callback_ts: Annotated[UnixMilliseconds, Field(alias="CallbackTs")]
    """When the callback was sent, in milliseconds."""
    event_info: Annotated[TrtcModerationSendStartedInfo, Field(alias="EventInfo")]
