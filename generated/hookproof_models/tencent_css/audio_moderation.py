# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import Exact, JsonNumber, UnixSeconds, WireModel
from pydantic import MISSING, Field


class CssAudioModerationNotification(WireModel):
    """Something suspicious was heard in a stream."""

    event_type: Exact[Literal[315]]
    """Names the callback."""
    t: UnixSeconds
    """Until when the notification is valid, in seconds; ten minutes after it was sent."""
    sign: Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
    """MD5 of the customer's key and t right after it."""
    appid: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """The customer's account."""
    bizid: int | MISSING = MISSING
    """Given up."""
    stream_id: Annotated[str, Field(min_length=1)]
    """The stream."""
    channel_id: str
    """The channel."""
    domain: str
    """The domain that is pushed to."""
    path: str | MISSING = MISSING
    """The path that is pushed to."""
    hit_flag: Annotated[Exact[Literal[0, 1]] | MISSING, Field(alias="HitFlag")] = MISSING
    """Whether something was found: 0 no, 1 yes."""
    score: Annotated[JsonNumber | MISSING, Field(alias="Score", ge=0, le=100)] = MISSING
    """How sure that is."""
    sub_tag: Annotated[str | MISSING, Field(alias="SubTag")] = MISSING
    """A second label."""
    task_id: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """The task."""
    status: int | MISSING = MISSING
    """2 for an ordinary notification."""
    asr_text: str | MISSING = MISSING
    """What was said."""
    cdn_url: str | MISSING = MISSING
    """Where the sound lies."""
    duration: Annotated[JsonNumber | MISSING, Field(ge=0)] = MISSING
    """How long it is, in seconds."""
    label: str | MISSING = MISSING
    """What it most likely is."""
    language_results: list[dict[str, Any]] | None | MISSING = MISSING
    """What was found of rarer languages. May be null."""
    moan_results: list[dict[str, Any]] | None | MISSING = MISSING
    """What was found of moaning. May be null."""
