# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixSeconds, WireModel
from pydantic import MISSING, Field


class CssScreenshotNotification(WireModel):
    """A picture of a stream was taken and kept."""

    event_type: Exact[Literal[200]]
    """Names the callback."""
    t: UnixSeconds
    """Until when the notification is valid, in seconds; ten minutes after it was sent."""
    sign: Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
    """MD5 of the customer's key and t right after it."""
    app: str | MISSING = MISSING
    """The domain that is pushed to."""
    appname: str | MISSING = MISSING
    """The path that is pushed to."""
    stream_param: str | MISSING = MISSING
    """The parameters of the URL that is pushed to."""
    stream_id: Annotated[str, Field(min_length=1)]
    """The stream."""
    channel_id: str
    """The same as stream_id."""
    create_time: UnixSeconds
    """When it was taken, in seconds."""
    file_size: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """The bytes of the picture."""
    width: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """The width of the picture."""
    height: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """The height of the picture."""
    pic_url: Annotated[str, Field(min_length=1)]
    """The path of the picture."""
    pic_full_url: str
    """Where the picture lies."""
    task_id: str | MISSING = MISSING
    """The task."""
