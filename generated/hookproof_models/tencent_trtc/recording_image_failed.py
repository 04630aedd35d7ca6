# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import Field
from typing_extensions import TypeAliasType


TrtcRecordingImageFailedInfoRoomIdInteger = TypeAliasType(
    "TrtcRecordingImageFailedInfoRoomIdInteger",
    Annotated[
        int, Field(ge=0, le=18446744073709551615, title="TrtcRecordingImageFailedInfoRoomIdInteger")
    ],
)
"""The room: a number or text, as it was entered in the client."""


TrtcRecordingImageFailedInfoRoomIdString = TypeAliasType(
    "TrtcRecordingImageFailedInfoRoomIdString",
    Annotated[str, Field(min_length=1, title="TrtcRecordingImageFailedInfoRoomIdString")],
)
"""The room: a number or text, as it was entered in the client."""


class TrtcRecordingImageFailedPayload(WireModel):
    """The details of this event."""

    url: Annotated[str, Field(alias="Url", min_length=1)]
    """The address that failed."""


class TrtcRecordingImageFailedInfo(WireModel):
    """What happened."""

    room_id: Annotated[
        TrtcRecordingImageFailedInfoRoomIdInteger | TrtcRecordingImageFailedInfoRoomIdString,
        Field(alias="RoomId"),
    ]
    """The room: a number or text, as it was entered in the client."""
    event_ts: Annotated[UnixSeconds, Field(alias="EventTs")]
    """When it happened, in seconds. Kept for older receivers; EventMsTs is the exact one."""
    event_ms_ts: Annotated[UnixMilliseconds, Field(alias="EventMsTs")]
    """When it happened, in milliseconds."""
    user_id: Annotated[str, Field(alias="UserId", min_length=1)]
    """The user that the recorder joins the room as."""
    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The recording task."""
    payload: Annotated[TrtcRecordingImageFailedPayload, Field(alias="Payload")]


class TrtcRecordingImageFailedCallback(WireModel):
    """An image for a recording could not be downloaded or decoded."""

    event_group_id: Annotated[Exact[Literal[3]], Field(alias="EventGroupId")]
    """The group of events: cloud recording. Names the callback together with EventType."""
    event_type: Annotated[Exact[Literal[309]], Field(alias="EventType")]
    """Names the callback within its group."""
    callback_ts: Annotated[UnixMilliseconds, Field(alias="CallbackTs")]
    """When the callback was sent, in milliseconds."""
    event_info: Annotated[TrtcRecordingImageFailedInfo, Field(alias="EventInfo")]
