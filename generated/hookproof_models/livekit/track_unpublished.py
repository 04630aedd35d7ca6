# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixSecondsString, WireModel
from pydantic import MISSING, Field

from ..common.livekit_participant import LivekitParticipant
from ..common.livekit_room import LivekitRoom
from ..common.livekit_track import LivekitTrack


class LivekitTrackUnpublishedWebhook(WireModel):
    """A participant no longer publishes a track."""

    event: Literal["track_unpublished"]
    """Names the callback."""
    room: LivekitRoom
    """The room. Of it only sid and name are told."""
    participant: LivekitParticipant
    """The participant. Of it only sid, identity and name are told."""
    track: LivekitTrack
    id: Annotated[str, Field(min_length=1)]
    """Identifies the event. The same in each attempt."""
    created_at: Annotated[UnixSecondsString, Field(alias="createdAt")]
    """When the event was made, in seconds."""
    num_dropped: Annotated[int | MISSING, Field(alias="numDropped", ge=0, le=2147483647)] = MISSING
    """How many events before this one were not delivered. Deprecated. Missing where there were none."""
