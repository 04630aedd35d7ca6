# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


class TencentCallStartedCall(WireModel):
    """The call."""

    call_id: Annotated[str, Field(alias="CallId", min_length=1)]
    """The call."""
    media_type: Annotated[Literal["Video", "Audio"] | MISSING, Field(alias="MediaType")] = MISSING
    """Video or Audio, as the page's table names the field."""
    call_media_type: Annotated[
        Literal["Video", "Audio"] | MISSING, Field(alias="CallMediaType")
    ] = MISSING
    """Video or Audio, as the page's sample names the field."""
    chat_group_id: Annotated[str, Field(alias="ChatGroupId")]
    """The group of Chat that the call belongs to. Empty in the sample."""
    room_id: Annotated[str, Field(alias="RoomId")]
    """The room of TRTC. Empty in the sample."""
    room_id_type: Annotated[Exact[Literal[1, 2]], Field(alias="RoomIdType")]
    """1 the room has a number, 2 it has a name."""


TencentCallStartedUserUserAccountString = TypeAliasType(
    "TencentCallStartedUserUserAccountString",
    Annotated[str, Field(min_length=1, title="TencentCallStartedUserUserAccountString")],
)
"""The user. Text in the page's table, a number in its sample."""


TencentCallStartedUserUserAccountInteger = TypeAliasType(
    "TencentCallStartedUserUserAccountInteger",
    Annotated[
        int, Field(ge=0, le=18446744073709551615, title="TencentCallStartedUserUserAccountInteger")
    ],
)
"""The user. Text in the page's table, a number in its sample."""


class TencentCallStartedUser(WireModel):
    """One in the call."""

    user_account: Annotated[
        TencentCallStartedUserUserAccountString | TencentCallStartedUserUserAccountInteger,
        Field(alias="User_Account"),
    ]
    """The user. Text in the page's table, a number in its sample."""
    status: Annotated[Literal["Calling", "Waiting"], Field(alias="Status")]
    """Calling in the call, Waiting to be connected."""


class TencentCallAfterStartCallCallback(WireModel):
    """A user has begun a call."""

    callback_command: Annotated[
        Literal["Call.CallbackAfterStartCall"], Field(alias="CallbackCommand")
    ]
    """Names the callback, as in the URL."""
    call_info: Annotated[TencentCallStartedCall, Field(alias="CallInfo")]
    user_list: Annotated[list[TencentCallStartedUser], Field(alias="UserList")]
    """Those in the call."""
    event_time: Annotated[UnixMilliseconds, Field(alias="EventTime")]
    """When it happened, in milliseconds."""
