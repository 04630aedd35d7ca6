# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import Exact, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


TrtcSlicingFileInfoRoomIdInteger = TypeAliasType(
    "TrtcSlicingFileInfoRoomIdInteger",
    Annotated[int, Field(ge=0, le=18446744073709551615, title="TrtcSlicingFileInfoRoomIdInteger")],
)
"""The room: a number or text, as it was entered in the client."""


TrtcSlicingFileInfoRoomIdString = TypeAliasType(
    "TrtcSlicingFileInfoRoomIdString",
    Annotated[str, Field(min_length=1, title="TrtcSlicingFileInfoRoomIdString")],
)
"""The room: a number or text, as it was entered in the client."""


class TrtcSlicingFileInfo(WireModel):
    """What happened."""

    room_id: Annotated[
        TrtcSlicingFileInfoRoomIdInteger | TrtcSlicingFileInfoRoomIdString, Field(alias="RoomId")
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
    stream_user_id: Annotated[str | MISSING, Field(alias="StreamUserId", min_length=1)] = MISSING
    """Whose stream it is a slice of."""
    payload: Annotated[dict[str, Any], Field(alias="Payload")]
    """The result of the slicing."""


class TrtcSlicingFileCallback(WireModel):
    """A screenshot or a piece of sound was made and uploaded. Sent where they are kept at COS alone."""

    event_group_id: Annotated[Exact[Literal[10]], Field(alias="EventGroupId")]
    """The group of events: slicing. Names the callback together with EventType."""
    event_type: Annotated[Exact[Literal[1004]], Field(alias="EventType")]
    """Names the callback within its group."""
    callback_ts: Annotated[UnixMilliseconds, Field(alias="CallbackTs")]
    """When the callback was sent, in milliseconds."""
    event_info: Annotated[TrtcSlicingFileInfo, Field(alias="EventInfo")]
