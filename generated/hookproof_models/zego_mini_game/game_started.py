# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixSeconds, WireModel
from pydantic import MISSING, Field


class MiniGameStartedCallback(WireModel):
    """A round of a live-comment game has started."""

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
    report_type: Annotated[Exact[Literal[1]], Field(alias="ReportType")]
    """Names the callback."""
    room_id: Annotated[str, Field(alias="RoomId")]
    """The game's room."""
    anchor_id: Annotated[str, Field(alias="AnchorId")]
    """The host, who owns the room."""
    round_id: Annotated[str, Field(alias="RoundId", min_length=1)]
    """The round, unique within the game."""
    report_time: Annotated[int, Field(alias="ReportTime", ge=0, le=99999999999999)]
    """When the event happened. Documented in milliseconds, shown in seconds, so it is no moment but a plain number here."""
    danmaku_result: Annotated[None | MISSING, Field(alias="DanmakuResult")] = MISSING
    """The settlement, which only the callback at the end of a round has."""
