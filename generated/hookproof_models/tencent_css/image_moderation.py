# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, JsonNumber, UnixSeconds, WireModel
from pydantic import MISSING, Field


class CssImageModerationNotification(WireModel):
    """Something suspicious was seen in a stream."""

    event_type: Exact[Literal[317]]
    """Names the callback."""
    t: UnixSeconds
    """Until when the notification is valid, in seconds; ten minutes after it was sent."""
    sign: Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
    """MD5 of the customer's key and t right after it."""
    stream_id: Annotated[str, Field(alias="streamId", min_length=1)]
    """The stream."""
    channel_id: Annotated[str, Field(alias="channelId")]
    """The channel."""
    img: Annotated[str, Field(min_length=1)]
    """Where the picture lies."""
    type: list[int]
    """What it most likely is, as numbers."""
    score: list[JsonNumber]
    """How sure each of type is."""
    ocr_msg: Annotated[str | MISSING, Field(alias="ocrMsg")] = MISSING
    """The text in the picture."""
    suggestion: Literal["Block", "Review", "Pass"]
    """What is advised."""
    label: str | MISSING = MISSING
    """What it most likely is."""
    sub_label: Annotated[str, Field(alias="subLabel")]
    """More on what it is."""
