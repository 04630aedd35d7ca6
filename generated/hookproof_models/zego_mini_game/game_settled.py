# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import Exact, JsonText, TextInteger, UnixSeconds, WireModel
from pydantic import Field
from typing_extensions import TypeAliasType


MiniGameDanmakuResultWinTeamInteger = TypeAliasType(
    "MiniGameDanmakuResultWinTeamInteger",
    Annotated[
        int, Field(ge=-2147483648, le=2147483647, title="MiniGameDanmakuResultWinTeamInteger")
    ],
)
"""The team that won. A number in the table, text in the sample."""


MiniGameExtraData = TypeAliasType(
    "MiniGameExtraData", Annotated[dict[str, Any] | list[Any], Field(title="MiniGameExtraData")]
)
"""What a game adds to its settlement. No member is documented."""


class MiniGameDanmakuResult(WireModel):
    """The settlement of a round."""

    win_team: Annotated[MiniGameDanmakuResultWinTeamInteger | TextInteger, Field(alias="WinTeam")]
    """The team that won. A number in the table, text in the sample."""
    result_type: Annotated[Exact[Literal[0, 1, 2, 3, 4, 5]], Field(alias="ResultType")]
    """How the round ended: 0 normally, 1 by the host, 2 out of time, 3 by flight, 4 closed by force, 5 by a fault."""
    user_size: Annotated[int, Field(alias="UserSize", ge=0, le=4294967295)]
    """How many users took part."""
    extra_data: Annotated[Literal[""] | JsonText[MiniGameExtraData], Field(alias="ExtraData")]
    """More of it, as JSON text of a shape that no page tells; empty in the sample."""


class MiniGameSettledCallback(WireModel):
    """A round of a live-comment game was settled."""

    app_id: Annotated[int, Field(alias="AppId", ge=0, le=9223372036854775807)]
    """App identifier. A number here, not text."""
    signature_nonce: Annotated[str, Field(alias="SignatureNonce", min_length=1)]
    """Random text. Part of the signature."""
    timestamp: Annotated[UnixSeconds, Field(alias="Timestamp")]
    """When the callback was sent. Part of the signature."""
    signature: Annotated[
        str,
        Field(
            alias="Signature",
            pattern="^(?:[0-9a-f]{32}|[0-9a-f]{40}|(?:[A-Za-z0-9+/]|%2[BFbf]){27}(?:=|%3[Dd]))$",
        ),
    ]
    """Signature over secret and fields of the body, never the whole body. The pages disagree on how it is made and written: SHA-1 or MD5, hex or Base64, the latter percent-encoded in the sample."""
    game_source: Annotated[Literal["zego"], Field(alias="GameSource")]
    """Always zego."""
    report_id: Annotated[str, Field(alias="ReportId", min_length=1)]
    """This report, unique within the game."""
    mini_game_id: Annotated[str, Field(alias="MiniGameId", min_length=1)]
    """The game."""
    report_type: Annotated[Exact[Literal[2]], Field(alias="ReportType")]
    """Names the callback."""
    room_id: Annotated[str, Field(alias="RoomId")]
    """The game's room."""
    anchor_id: Annotated[str, Field(alias="AnchorId")]
    """The host, who owns the room."""
    round_id: Annotated[str, Field(alias="RoundId", min_length=1)]
    """The round, unique within the game."""
    report_time: Annotated[int, Field(alias="ReportTime", ge=0, le=99999999999999)]
    """When the event happened. Documented in milliseconds, shown in seconds, so it is no moment but a plain number here."""
    danmaku_result: Annotated[MiniGameDanmakuResult, Field(alias="DanmakuResult")]
