# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixSeconds, WireModel
from pydantic import Field


class GmeRecordingDetail(WireModel):
    """The recorded segment; the same shape for all three event types."""

    seq_no: Annotated[int, Field(alias="SeqNo", ge=0, le=9223372036854775807)]
    """Number of the segment, from 0."""
    file_name: Annotated[str, Field(alias="FileName", min_length=1)]
    """Path of the file. It embeds BizID, RoomID, UserID, the local time in UTC+8 and TaskID."""


class GmeRecordingCallback(WireModel):
    """A server-side voice recording has started, was completed or was uploaded. The order of arrival is not the order of events."""

    biz_id: Annotated[int, Field(alias="BizID", ge=0, le=4294967295)]
    """Application identifier (AppID in the console)."""
    room_id: Annotated[str, Field(alias="RoomID")]
    """Room."""
    user_id: Annotated[str, Field(alias="UserID")]
    """User; present in the sample although the recording is mixed."""
    record_mode: Annotated[Exact[Literal[0, 1]], Field(alias="RecordMode")]
    """0 single stream, 1 mixed stream."""
    timestamp: Annotated[UnixSeconds, Field(alias="Timestamp")]
    """When the callback was sent."""
    task_id: Annotated[int, Field(alias="TaskID", ge=0, le=18446744073709551615)]
    """The recording task, an unsigned 64-bit number sent as a JSON number: beyond 2^53, where floating-point numbers lose digits."""
    event_type: Annotated[Exact[Literal[1, 2, 3]], Field(alias="EventType")]
    """1 recording started, 2 recording completed, 3 file uploaded."""
    detail: Annotated[GmeRecordingDetail, Field(alias="Detail")]
