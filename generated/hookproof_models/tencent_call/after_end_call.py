# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import Field
from typing_extensions import TypeAliasType


TencentCallRecordCalleeListAccountItem = TypeAliasType(
    "TencentCallRecordCalleeListAccountItem",
    Annotated[str, Field(min_length=1, title="TencentCallRecordCalleeListAccountItem")],
)


class TencentCallRecord(WireModel):
    """The call."""

    call_id: Annotated[str, Field(alias="CallId", min_length=1)]
    """The call."""
    caller_account: Annotated[str, Field(alias="Caller_Account", min_length=1)]
    """Who called."""
    media_type: Annotated[Literal["Video", "Audio"], Field(alias="MediaType")]
    """Video or Audio."""
    call_type: Annotated[Literal["SingleCall", "MultiCall"], Field(alias="CallType")]
    """SingleCall of two, MultiCall of a group."""
    start_time: Annotated[UnixSeconds, Field(alias="StartTime")]
    """When it was begun, in seconds."""
    end_time: Annotated[UnixSeconds, Field(alias="EndTime")]
    """When it ended, in seconds."""
    accept_time: Annotated[UnixSeconds, Field(alias="AcceptTime")]
    """When it was answered, in seconds; 0 in the sample, of a call that was not."""
    call_result: Annotated[
        Literal["Cancel", "Reject", "NotAnswer", "NormalEnd", "CallBusy", "Interrupt", "Offline"],
        Field(alias="CallResult"),
    ]
    """Cancel the caller gave up; Reject, NotAnswer, CallBusy of the called; NormalEnd; Interrupt by the network; Offline the heartbeats stopped."""
    callee_list_account: Annotated[
        list[TencentCallRecordCalleeListAccountItem], Field(alias="CalleeList_Account")
    ]
    """Those in the call; the caller too in the sample."""
    room_id: Annotated[str, Field(alias="RoomId")]
    """The room of TRTC."""
    room_id_type: Annotated[Exact[Literal[1, 2]], Field(alias="RoomIdType")]
    """1 the room has a number, 2 it has a name."""


class TencentCallAfterEndCallCallback(WireModel):
    """A call is over: no more than one is left in it."""

    callback_command: Annotated[
        Literal["Call.CallbackAfterEndCall"], Field(alias="CallbackCommand")
    ]
    """Names the callback, as in the URL."""
    call_record: Annotated[TencentCallRecord, Field(alias="CallRecord")]
    event_time: Annotated[UnixMilliseconds, Field(alias="EventTime")]
    """When it happened, in milliseconds."""
