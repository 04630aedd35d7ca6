# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixSecondsString, WireModel
from pydantic import MISSING, Field

from ..common.livekit_egress import LivekitEgress


class LivekitEgressEndedWebhook(WireModel):
    """A recording or a stream out of a room has ended."""

    event: Literal["egress_ended"]
    """Names the callback."""
    egress_info: Annotated[LivekitEgress, Field(alias="egressInfo")]
    id: Annotated[str, Field(min_length=1)]
    """Identifies the event. The same in each attempt."""
    created_at: Annotated[UnixSecondsString, Field(alias="createdAt")]
    """When the event was made, in seconds."""
    num_dropped: Annotated[int | MISSING, Field(alias="numDropped", ge=0, le=2147483647)] = MISSING
    """How many events before this one were not delivered. Deprecated. Missing where there were none."""
