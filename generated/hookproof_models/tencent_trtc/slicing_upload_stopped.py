# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import Field
from typing_extensions import TypeAliasType


TrtcSlicingUploadStoppedInfoRoomIdInteger = TypeAliasType(
    "TrtcSlicingUploadStoppedInfoRoomIdInteger",
    Annotated[
        int, Field(ge=0, le=18446744073709551615, title="TrtcSlicingUploadStoppedInfoRoomIdInteger")
    ],
)
"""The room: a number or text, as it was entered in the client."""


TrtcSlicingUploadStoppedInfoRoomIdString = TypeAliasType(
    "TrtcSlicingUploadStoppedInfoRoomIdString",
    Annotated[str, Field(min_length=1, title="TrtcSlicingUploadStoppedInfoRoomIdString")],
)
"""The room: a number or text, as it was entered in the client."""


class TrtcSlicingUploadStoppedPayload(WireModel):
    """The details of the event."""

    status: Annotated[int, Field(alias="Status", ge=0, le=9223372036854775807)]
    """The upload has ended. The page lists no values."""


class TrtcSlicingUploadStoppedInfo(WireModel):
    """What happened."""

    room_id: Annotated[
        TrtcSlicingUploadStoppedInfoRoomIdInteger | TrtcSlicingUploadStoppedInfoRoomIdString,
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
    """The task that slices."""
    payload: Annotated[TrtcSlicingUploadStoppedPayload, Field(alias="Payload")]


class TrtcSlicingUploadStoppedCallback(WireModel):
    """The upload of the slices of a room has ended. Sent where they are kept at COS alone."""

    event_group_id: Annotated[Exact[Literal[10]], Field(alias="EventGroupId")]
    """The group of events: slicing. Names the callback together with EventType."""
    event_type: Annotated[Exact[Literal[1005]], Field(alias="EventType")]
    """Names the callback within its group."""
    callback_ts: Annotated[UnixMilliseconds, Field(alias="CallbackTs")]
    """When the callback was sent, in milliseconds."""
    event_info: Annotated[TrtcSlicingUploadStoppedInfo, Field(alias="EventInfo")]
