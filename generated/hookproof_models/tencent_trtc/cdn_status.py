# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, MillisecondsTextMoment, UnixMilliseconds, WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


TrtcCdnStatusInfoRoomIdInteger = TypeAliasType(
    "TrtcCdnStatusInfoRoomIdInteger",
    Annotated[int, Field(ge=0, le=18446744073709551615, title="TrtcCdnStatusInfoRoomIdInteger")],
)
"""The room: a number or text, as it was entered in the client."""


TrtcCdnStatusInfoRoomIdString = TypeAliasType(
    "TrtcCdnStatusInfoRoomIdString",
    Annotated[str, Field(min_length=1, title="TrtcCdnStatusInfoRoomIdString")],
)
"""The room: a number or text, as it was entered in the client."""


TrtcCdnStatusInfoTaskIdInteger = TypeAliasType(
    "TrtcCdnStatusInfoTaskIdInteger",
    Annotated[int, Field(ge=0, le=18446744073709551615, title="TrtcCdnStatusInfoTaskIdInteger")],
)
"""The relay task. Documented as a number, shown as text."""


TrtcCdnStatusInfoTaskIdString = TypeAliasType(
    "TrtcCdnStatusInfoTaskIdString",
    Annotated[str, Field(min_length=1, title="TrtcCdnStatusInfoTaskIdString")],
)
"""The relay task. Documented as a number, shown as text."""


class TrtcCdnStatusPayload(WireModel):
    """The details of this event."""

    url: Annotated[str, Field(alias="Url", min_length=1)]
    """Where the stream is pushed to."""
    status: Annotated[Exact[Literal[0, 1, 2, 3, 4, 5]], Field(alias="Status")]
    """0 not begun or ended, 1 connecting (sent every 5 s for up to a minute), 2 running, 3 broken and recovering (likewise), 4 failed, 5 disconnecting."""
    error_code: Annotated[
        int | MISSING, Field(alias="ErrorCode", ge=-9223372036854775808, le=9223372036854775807)
    ] = MISSING
    """What went wrong."""
    error_msg: Annotated[str | MISSING, Field(alias="ErrorMsg")] = MISSING
    """What went wrong, in words."""


class TrtcCdnStatusInfo(WireModel):
    """What happened."""

    room_id: Annotated[
        TrtcCdnStatusInfoRoomIdInteger | TrtcCdnStatusInfoRoomIdString, Field(alias="RoomId")
    ]
    """The room: a number or text, as it was entered in the client."""
    room_type: Annotated[Exact[Literal[0, 1]], Field(alias="RoomType")]
    """0 the room's id is a number, 1 it is text."""
    event_ms_ts: Annotated[
        UnixMilliseconds | MillisecondsTextMoment | MISSING, Field(alias="EventMsTs")
    ] = MISSING
    """When it happened, in milliseconds. The sample names it EventTsMs, the page of 2023 has it as text."""
    event_ts_ms: Annotated[UnixMilliseconds | MISSING, Field(alias="EventTsMs")] = MISSING
    """The same moment under the name that the sample gives it."""
    user_id: Annotated[str, Field(alias="UserId", min_length=1)]
    """The user that the relay joins the room as."""
    task_id: Annotated[
        TrtcCdnStatusInfoTaskIdInteger | TrtcCdnStatusInfoTaskIdString, Field(alias="TaskId")
    ]
    """The relay task. Documented as a number, shown as text."""
    payload: Annotated[TrtcCdnStatusPayload, Field(alias="Payload")]


class TrtcCdnStatusCallback(WireModel):
    """The relay of a stream to a CDN changed its state. Events may come out of order; EventMsTs sorts them."""

    event_group_id: Annotated[Exact[Literal[4]], Field(alias="EventGroupId")]
    """The group of events: relay to CDNs. Names the callback together with EventType."""
    event_type: Annotated[Exact[Literal[401]], Field(alias="EventType")]
    """Names the callback within its group."""
    callback_ts: Annotated[UnixMilliseconds, Field(alias="CallbackTs")]
    """When the callback was sent, in milliseconds."""
    event_info: Annotated[TrtcCdnStatusInfo, Field(alias="EventInfo")]
