# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, JsonText, UnixSecondsString, WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType


CssRelayMessageIndexInteger = TypeAliasType(
    "CssRelayMessageIndexInteger",
    Annotated[int, Field(ge=0, le=2147483647, title="CssRelayMessageIndexInteger")],
)
"""Its place in the list. Text by the table, a number in the samples."""


class CssRelayMessage(WireModel):
    """More on what happened to a task."""

    task_start_time: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """When the task began, in milliseconds. 0 in a sample."""
    url: str | MISSING = MISSING
    """What is relayed now."""
    index: str | CssRelayMessageIndexInteger | MISSING = MISSING
    """Its place in the list. Text by the table, a number in the samples."""
    duration: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """How long it is, in seconds."""
    task_exit_time: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """When the task ended, in milliseconds."""
    code: str | MISSING = MISSING
    """Why it ended."""
    message: str | MISSING = MISSING
    """The same in words."""


CssRelayNotificationSourceUrls = TypeAliasType(
    "CssRelayNotificationSourceUrls",
    Annotated[list[str], Field(title="CssRelayNotificationSourceUrls")],
)


class CssRelayNotification(WireModel):
    """A relay task has begun, plays another file, or has ended."""

    event_type: Exact[Literal[314]]
    """Names the callback."""
    appid: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """The customer's account, as the samples name it."""
    app_id: Annotated[int | MISSING, Field(alias="appId", ge=0, le=9223372036854775807)] = MISSING
    """The customer's account, as the table names it."""
    callback_event: Annotated[str, Field(min_length=1)]
    """What happened: TaskStart, VodSourceFileStart, VodSourceFileFinish, TaskExit and others."""
    source_urls: JsonText[CssRelayNotificationSourceUrls]
    """What is relayed: a list as JSON."""
    to_url: str
    """Where it is relayed to."""
    stream_id: Annotated[str, Field(min_length=1)]
    """The stream."""
    task_id: Annotated[str, Field(min_length=1)]
    """The task."""
    msg: JsonText[CssRelayMessage]
    """More on what happened, as JSON."""
    event_time: UnixSecondsString | MISSING = MISSING
    """When it happened, in seconds. Only in newer editions of the table."""
    interface: str | MISSING = MISSING
    """In the samples, not in the table."""
    product_name: str | MISSING = MISSING
    """In the samples, not in the table."""
    callback_url: str | MISSING = MISSING
    """In the samples, not in the table."""
