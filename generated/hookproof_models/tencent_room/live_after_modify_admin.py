# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixMilliseconds, WireModel
from pydantic import Field
from typing_extensions import TypeAliasType


TencentLiveAfterModifyAdminCallbackAdminAccountItem = TypeAliasType(
    "TencentLiveAfterModifyAdminCallbackAdminAccountItem",
    Annotated[
        str, Field(min_length=1, title="TencentLiveAfterModifyAdminCallbackAdminAccountItem")
    ],
)


class TencentLiveAfterModifyAdminCallback(WireModel):
    """Users were made administrators of a live room, or are no longer."""

    callback_command: Annotated[
        Literal["Live.CallbackAfterModifyAdmin"], Field(alias="CallbackCommand")
    ]
    """Names the callback, as in the URL."""
    room_id: Annotated[str, Field(alias="RoomId", min_length=1)]
    """The room."""
    operator_account: Annotated[str, Field(alias="Operator_Account", min_length=1)]
    """Who changed them."""
    admin_account: Annotated[
        list[TencentLiveAfterModifyAdminCallbackAdminAccountItem], Field(alias="Admin_Account")
    ]
    """The users."""
    op_type: Annotated[Literal["add", "delete"], Field(alias="opType")]
    """add or delete."""
    event_time: Annotated[UnixMilliseconds, Field(alias="EventTime")]
    """When it happened, in milliseconds."""
