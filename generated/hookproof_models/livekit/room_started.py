# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixSecondsString, WireModel
from pydantic import MISSING, Field

from ..common.livekit_room import LivekitRoom


class LivekitRoomStartedWebhook(WireModel):
    """The first participant has joined an empty room."""

    event: Literal["room_started"]
    """Names the callback."""
    room: LivekitRoom
    id: Annotated[str | MISSING, Field(min_length=1)] = MISSING
    """Identifies the event. The same in each attempt."""
    created_at: Annotated[UnixSecondsString | MISSING, Field(alias="createdAt")] = MISSING
    """When the event was made, in seconds."""
    num_dropped: Annotated[int | MISSING, Field(alias="numDropped", ge=0, le=2147483647)] = MISSING
    """How many events before this one were not delivered. Deprecated. Missing where there were none."""
