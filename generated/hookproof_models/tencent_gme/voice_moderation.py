# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixSeconds, WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


GmeScanPieceOffsetInteger = TypeAliasType(
    "GmeScanPieceOffsetInteger",
    Annotated[int, Field(ge=0, le=18446744073709551615, title="GmeScanPieceOffsetInteger")],
)
"""Where in a stream the piece begins, in milliseconds."""


GmeScanPieceDurationInteger = TypeAliasType(
    "GmeScanPieceDurationInteger",
    Annotated[int, Field(ge=0, le=18446744073709551615, title="GmeScanPieceDurationInteger")],
)
"""Length of the piece; no unit is given."""


GmeScanPiecePieceStartTimeInteger = TypeAliasType(
    "GmeScanPiecePieceStartTimeInteger",
    Annotated[int, Field(ge=0, le=18446744073709551615, title="GmeScanPiecePieceStartTimeInteger")],
)
"""When the moderation of the piece began; seconds in the sample."""


class GmeScanDetail(WireModel):
    """One finding."""

    label: Annotated[str, Field(alias="Label")]
    """Kind of finding."""
    rate: Annotated[str, Field(alias="Rate", pattern="^(100\\.00|[0-9]{1,2}\\.[0-9]{2})$")]
    """How likely it is, from 0.00 to 100.00: a number with two decimals, sent as text."""
    key_word: Annotated[str, Field(alias="KeyWord")]
    """The word that was found."""
    start_time: Annotated[int, Field(alias="StartTime", ge=0, le=18446744073709551615)]
    """Where the word begins, in milliseconds."""
    end_time: Annotated[int, Field(alias="EndTime", ge=0, le=18446744073709551615)]
    """Where the word ends, in milliseconds."""


class GmeScanPiece(WireModel):
    """A piece of the audio. Every member but HitFlag and ScanDetail may be null."""

    dump_url: Annotated[str | None | MISSING, Field(alias="DumpUrl")] = MISSING
    """A copy of a stream's piece, kept for half an hour."""
    hit_flag: Annotated[bool, Field(alias="HitFlag")]
    """Whether something was found in the piece."""
    main_type: Annotated[str | None | MISSING, Field(alias="MainType")] = MISSING
    """The gravest kind of finding."""
    room_id: Annotated[str | None | MISSING, Field(alias="RoomId")] = MISSING
    """The room, as it was given with the task."""
    open_id: Annotated[str | None | MISSING, Field(alias="OpenId")] = MISSING
    """The user, as given with the task."""
    info: Annotated[str | None | MISSING, Field(alias="Info")] = MISSING
    """A remark."""
    offset: Annotated[GmeScanPieceOffsetInteger | None | MISSING, Field(alias="Offset")] = MISSING
    """Where in a stream the piece begins, in milliseconds."""
    duration: Annotated[GmeScanPieceDurationInteger | None | MISSING, Field(alias="Duration")] = (
        MISSING
    )
    """Length of the piece; no unit is given."""
    piece_start_time: Annotated[
        GmeScanPiecePieceStartTimeInteger | None | MISSING, Field(alias="PieceStartTime")
    ] = MISSING
    """When the moderation of the piece began; seconds in the sample."""
    sub_label: Annotated[str | None | MISSING, Field(alias="SubLabel")] = MISSING
    """A finer kind of finding, shown and not documented."""
    scan_detail: Annotated[list[GmeScanDetail], Field(alias="ScanDetail")]
    """What was found in the piece."""


class GmeVoiceModerationCallback(WireModel):
    """What the moderation of a voice stream or an audio file found. Nothing but Status tells what the callback is about."""

    code: Annotated[int, Field(alias="Code", ge=-2147483648, le=2147483647)]
    """0, or the number of an error."""
    data_id: Annotated[str, Field(alias="DataId")]
    """What was moderated, an id that the customer gave."""
    scan_finish_time: Annotated[UnixSeconds, Field(alias="ScanFinishTime")]
    """When the moderation ended."""
    hit_flag: Annotated[bool, Field(alias="HitFlag")]
    """Whether something was found."""
    live: Annotated[bool, Field(alias="Live")]
    """Whether it is a stream and not a file."""
    msg: Annotated[str | None | MISSING, Field(alias="Msg")] = MISSING
    """The error in words."""
    scan_piece: Annotated[list[GmeScanPiece] | None | MISSING, Field(alias="ScanPiece")] = MISSING
    """The findings by piece; sent where Code is 0."""
    scan_start_time: Annotated[UnixSeconds, Field(alias="ScanStartTime")]
    """When the moderation was asked for."""
    scenes: Annotated[list[str], Field(alias="Scenes")]
    """What was looked for, as asked."""
    status: Annotated[Literal["Start", "Success", "Error"], Field(alias="Status")]
    """Start the task began, Success it ended, Error it failed."""
    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The task, an id that the vendor gave."""
    url: Annotated[str, Field(alias="Url")]
    """Address of the file or the stream."""
