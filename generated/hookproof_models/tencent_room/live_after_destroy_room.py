# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixMilliseconds, WireModel
from pydantic import Field
from typing_extensions import TypeAliasType


TencentLiveDestroyedRoomOwnerAccountString = TypeAliasType(
    "TencentLiveDestroyedRoomOwnerAccountString",
    Annotated[str, Field(min_length=1, title="TencentLiveDestroyedRoomOwnerAccountString")],
)
"""The host. Text in the page's table, a number in its sample."""


TencentLiveDestroyedRoomOwnerAccountInteger = TypeAliasType(
    "TencentLiveDestroyedRoomOwnerAccountInteger",
    Annotated[
        int,
        Field(ge=0, le=18446744073709551615, title="TencentLiveDestroyedRoomOwnerAccountInteger"),
    ],
)
"""The host. Text in the page's table, a number in its sample."""


class TencentLiveDestroyedRoom(WireModel):
    """The room."""

    room_name: Annotated[str, Field(alias="RoomName")]
    """Name of the room."""
    room_type: Annotated[Literal["Live", "Meeting"], Field(alias="RoomType")]
    """Live. The table of the page names Meeting alone, its sample and newer editions Live."""
    owner_account: Annotated[
        TencentLiveDestroyedRoomOwnerAccountString | TencentLiveDestroyedRoomOwnerAccountInteger,
        Field(alias="Owner_Account"),
    ]
    """The host. Text in the page's table, a number in its sample."""
    is_seat_enabled: Annotated[bool, Field(alias="IsSeatEnabled")]
    """Whether there are seats to speak from."""
    take_seat_mode: Annotated[
        Literal["None", "FreeToTake", "ApplyToTake"], Field(alias="TakeSeatMode")
    ]
    """How seats are taken: None there are none, FreeToTake freely, ApplyToTake on request."""
    max_member_count: Annotated[int, Field(alias="MaxMemberCount", ge=0, le=4294967295)]
    """How many the room takes."""
    max_seat_count: Annotated[int, Field(alias="MaxSeatCount", ge=0, le=4294967295)]
    """How many seats there are."""
    category: Annotated[list[int], Field(alias="Category")]
    """The categories of the room, as numbers."""
    custom_info: Annotated[str, Field(alias="CustomInfo")]
    """What the customer has added to the room. Empty in the sample."""
    is_message_disabled: Annotated[bool, Field(alias="IsMessageDisabled")]
    """Whether nobody may send text."""
    cover_url: Annotated[str, Field(alias="CoverURL")]
    """Picture of the room: "cover url" in the sample."""
    activity_status: Annotated[int, Field(alias="ActivityStatus")]
    """A mark of the customer's own."""
    is_public_visible: Annotated[bool, Field(alias="IsPublicVisible")]
    """Whether the room is listed for all."""
    view_count: Annotated[int, Field(alias="ViewCount", ge=0, le=9223372036854775807)]
    """How often the room was entered."""
    background_url: Annotated[str, Field(alias="BackgroundURL")]
    """Background of the room: "background url" in the sample."""
    is_unlimited_room_enabled: Annotated[bool, Field(alias="IsUnlimitedRoomEnabled")]
    """Whether the room is mixed for many viewers."""


class TencentLiveStatistic(WireModel):
    """What has come together in the room."""

    total_viewers: Annotated[int, Field(alias="TotalViewers", ge=0, le=9223372036854775807)]
    """How often the room was entered, each time that one user did counted."""
    total_gifts_sent: Annotated[int, Field(alias="TotalGiftsSent", ge=0, le=9223372036854775807)]
    """How many gifts were sent."""
    total_gift_coins: Annotated[int, Field(alias="TotalGiftCoins", ge=0, le=9223372036854775807)]
    """What the gifts were worth."""
    total_unique_gift_senders: Annotated[
        int, Field(alias="TotalUniqueGiftSenders", ge=0, le=9223372036854775807)
    ]
    """How many sent gifts."""
    total_likes_received: Annotated[
        int, Field(alias="TotalLikesReceived", ge=0, le=9223372036854775807)
    ]
    """How many likes there were."""


class TencentLiveAfterDestroyRoomCallback(WireModel):
    """A live room was dissolved, by a user or because nobody was left in it."""

    callback_command: Annotated[
        Literal["Live.CallbackAfterDestroyRoom"], Field(alias="CallbackCommand")
    ]
    """Names the callback, as in the URL."""
    operator_account: Annotated[str, Field(alias="Operator_Account", min_length=1)]
    """Who dissolved the room."""
    room_id: Annotated[str, Field(alias="RoomId", min_length=1)]
    """The room."""
    event_type: Annotated[Literal["DestroyByUser", "DestroyBySystem"], Field(alias="EventType")]
    """DestroyByUser, or DestroyBySystem where the room was empty."""
    room_info: Annotated[TencentLiveDestroyedRoom, Field(alias="RoomInfo")]
    statistic: Annotated[TencentLiveStatistic, Field(alias="Statistic")]
    event_time: Annotated[UnixMilliseconds, Field(alias="EventTime")]
    """When it happened, in milliseconds."""
