# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, SecondsTextMoment, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import Field
from typing_extensions import TypeAliasType


TrtcRecordingStartedInfoRoomIdInteger = TypeAliasType(
    "TrtcRecordingStartedInfoRoomIdInteger",
    Annotated[
        int, Field(ge=0, le=18446744073709551615, title="TrtcRecordingStartedInfoRoomIdInteger")
    ],
)
"""The room: a number or text, as it was entered in the client."""


TrtcRecordingStartedInfoRoomIdString = TypeAliasType(
    "TrtcRecordingStartedInfoRoomIdString",
    Annotated[str, Field(min_length=1, title="TrtcRecordingStartedInfoRoomIdString")],
)
"""The room: a number or text, as it was entered in the client."""


class TrtcRecordingStartedPayload(WireModel):
    """The details of this event."""

    status: Annotated[Exact[Literal[0, 1]], Field(alias="Status")]
    """0 it started, 1 it failed to start."""


class TrtcRecordingStartedInfo(WireModel):
    """What happened."""

    room_id: Annotated[
        TrtcRecordingStartedInfoRoomIdInteger | TrtcRecordingStartedInfoRoomIdString,
        Field(alias="RoomId"),
    ]
    """The room: a number or text, as it was entered in the client."""
    event_ts: Annotated[UnixSeconds | SecondsTextMoment, Field(alias="EventTs")]
    """When it happened, in seconds. Documented as a number, shown as text; EventMsTs is the exact one."""
    event_ms_ts: Annotated[UnixMilliseconds, Field(alias="EventMsTs")]
    """When it happened, in milliseconds."""
    user_id: Annotated[str, Field(alias="UserId", min_length=1)]
    """The user that the recorder joins the room as."""
    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The recording task."""
    payload: Annotated[TrtcRecordingStartedPayload, Field(alias="Payload")]


class TrtcRecordingStartedCallback(WireModel):
    """The recorder of a task came up, or failed to."""

    event_group_id: Annotated[Exact[Literal[3]], Field(alias="EventGroupId")]
    """The group of events: cloud recording. Names the callback together with EventType."""
    event_type: Annotated[Exact[Literal[301]], Field(alias="EventType")]
    """Names the callback within its group."""
    callback_ts: Annotated[UnixMilliseconds, Field(alias="CallbackTs")]
    """When the callback was sent, in milliseconds."""
    event_info: Annotated[TrtcRecordingStartedInfo, Field(alias="EventInfo")]
