# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import Exact, UnixMilliseconds, UnixSeconds, WireModel
from pydantic import MISSING, Field


class CssPushError(WireModel):
    """Faults of a kind."""

    type: Annotated[int, Field(ge=1, le=2147483647)]
    """The kind: 1 to 16 in the list of the page."""
    count: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """How often since it was last told."""
    detail: list[dict[str, Any]] | dict[str, Any] | MISSING = MISSING
    """Each with what it was, and when."""
    customer_visible: str | MISSING = MISSING
    """Always true."""
    event_key: str | MISSING = MISSING
    """More on it in Chinese."""
    type_desc_cn: str | MISSING = MISSING
    """The kind in Chinese."""
    type_desc_en: str | MISSING = MISSING
    """The kind in English."""


class CssPushErrorNotification(WireModel):
    """Faults were seen in what is pushed."""

    event_type: Exact[Literal[321]]
    """Names the callback."""
    t: UnixSeconds
    """Until when the notification is valid, in seconds; ten minutes after it was sent."""
    sign: Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
    """MD5 of the customer's key and t right after it."""
    appid: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """The customer's account."""
    user_ip: str | MISSING = MISSING
    """The address that pushes."""
    data_time: UnixMilliseconds
    """When they were told, in milliseconds."""
    domain: str | MISSING = MISSING
    """The domain that is pushed to."""
    path: str | MISSING = MISSING
    """The path that is pushed to."""
    report_interval: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """The milliseconds between two tellings."""
    sequence: str | MISSING = MISSING
    """The push."""
    stream_id: Annotated[str, Field(min_length=1)]
    """The stream."""
    stream_param: str | MISSING = MISSING
    """The parameters of the URL that is pushed to."""
    timeout: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """How long an answer is waited for, in milliseconds."""
    abnormal_event: list[CssPushError]
    """The faults, by kind."""
