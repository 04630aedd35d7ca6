# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import WireModel
from pydantic import Field


class VodMediaCastEvent(WireModel):
    """A relay of files to a live stream has begun, waits or has stopped."""

    cast_id: Annotated[str, Field(alias="CastId", min_length=1)]
    """The relay."""
    status: Annotated[Literal["Working", "Scheduled", "Stopped", "Idle"], Field(alias="Status")]
    """How far the task is."""


class VodMediaCastStatusChangedEvent(WireModel):
    """A relay of files to a live stream has begun, waits or has stopped."""

    event_type: Annotated[Literal["MediaCastStatusChanged"], Field(alias="EventType")]
    """Names the callback."""
    media_cast_status_changed_event: Annotated[
        VodMediaCastEvent, Field(alias="MediaCastStatusChangedEvent")
    ]
