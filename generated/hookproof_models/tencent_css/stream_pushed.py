# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixSeconds, WireModel
from pydantic import MISSING, Field


class CssStreamPushedNotification(WireModel):
    """A stream is being pushed."""

    event_type: Exact[Literal[1]]
    """Names the callback."""
    t: UnixSeconds
    """Until when the notification is valid, in seconds; ten minutes after it was sent."""
    sign: Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
    """MD5 of the customer's key and t right after it."""
    appid: Annotated[int, Field(ge=0, le=9223372036854775807)]
    """The customer's account."""
    app: str
    """The domain that is pushed to."""
    appname: str
    """The path that is pushed to."""
    stream_id: Annotated[str, Field(min_length=1)]
    """The stream."""
    channel_id: str
    """The same as stream_id."""
    event_time: UnixSeconds
    """When it happened, in seconds."""
    sequence: Annotated[str, Field(min_length=1)]
    """The push: the same when it begins and when it ends."""
    node: str
    """The address that is pushed to."""
    user_ip: str
    """The address that pushes."""
    stream_param: str
    """The parameters of the URL that is pushed to."""
    errcode: Annotated[int, Field(ge=-2147483648, le=2147483647)]
    """Why it ended; 0 where it has begun."""
    errmsg: str
    """The same in words."""
    set_id: Annotated[int | MISSING, Field(ge=0, le=200)] = MISSING
    """Where it was pushed from: 1 to 6 the mainland of China, 7 to 200 elsewhere."""
    width: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """The width of its pictures; 0 where it is not known yet."""
    height: Annotated[int | MISSING, Field(ge=0, le=9223372036854775807)] = MISSING
    """The height of its pictures; 0 where it is not known yet."""
    idc_id: int | MISSING = MISSING
    """In the sample of the page, not in its table."""
