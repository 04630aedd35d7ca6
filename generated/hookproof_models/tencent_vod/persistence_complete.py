# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import WireModel
from pydantic import Field


class VodPersistenceCompleteTask(WireModel):
    """A clip was made a file of its own."""

    file_id: Annotated[str, Field(alias="FileId", min_length=1)]
    """The file."""
    persistence_source: Annotated[
        Literal["SimpleHlsClip", "FastEditMedia", "LiveRealTimeClip"],
        Field(alias="PersistenceSource"),
    ]
    """What it was made by."""


class VodPersistenceCompleteEvent(WireModel):
    """A clip was made a file of its own."""

    event_type: Annotated[Literal["PersistenceComplete"], Field(alias="EventType")]
    """Names the callback."""
    persistence_complete_event: Annotated[
        VodPersistenceCompleteTask, Field(alias="PersistenceCompleteEvent")
    ]
