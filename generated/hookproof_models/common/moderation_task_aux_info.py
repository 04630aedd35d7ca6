# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated

from hookproof.models import WireModel
from pydantic import Field


class ModerationTaskAuxInfo(WireModel):
    """What a moderation task that has ended was about."""

    room_id: Annotated[str, Field(alias="RoomId", min_length=1)]
    """The room."""
    censor_stream_time: Annotated[
        int, Field(alias="CensorStreamTime", ge=0, le=9223372036854775807)
    ]
    """Seconds of streams that the task moderated."""
