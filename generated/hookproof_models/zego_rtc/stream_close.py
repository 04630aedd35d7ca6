# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import DecimalString, UnixMillisecondsString, UnixSecondsString, WireModel
from pydantic import Field

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class StreamCloseCallback(WireModel):
    """A stream was closed on the media server; its page calls it destroyed. The end of a mix is told by mix_stop instead."""

    event: Literal["stream_close"]
    """Names the callback."""
    appid: DecimalString
    """App identifier."""
    timestamp: UnixSecondsString
    """When the callback was sent. Part of the signature."""
    nonce: NonceString
    """Random number. Part of the signature."""
    signature: Sha1HexString
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    room_id: Annotated[str, Field(max_length=127, min_length=1)]
    """The room. Said to mean the same as channel_id."""
    room_session_id: DecimalString
    """Identifies the room from its creation to its close."""
    user_id: Annotated[str, Field(max_length=255, min_length=1)]
    """The user."""
    user_name: Annotated[str, Field(max_length=255)]
    """Name of the user."""
    channel_id: Annotated[str, Field(max_length=127, min_length=1)]
    """Room of the client."""
    type: Literal["0", "1", "2", "3", "4", "5", "100"]
    """Why it closed: 0 the client stopped publishing, 1 heartbeat lost, 2 the user logged in again, 3 the user was kicked out, 4 connection lost, 5 the room was cleared, 100 deleted by the server API."""
    stream_alias: Annotated[str, Field(max_length=255, min_length=1)]
    """Stream of the client."""
    stream_id: Annotated[str, Field(min_length=1)]
    """Stream of the client. Said to mean the same as stream_alias."""
    stream_sid: Annotated[str, Field(min_length=1)]
    """The stream on the server, unique; made by the vendor."""
    stream_seq: Annotated[str, Field(pattern="^[0-9]{1,20}$")]
    """Number of the change in the server's list of streams, one more at each change. Kept as the text it is, as in stream_create."""
    third_define_data: str
    """The stream's extra information when it closed, in whatever form the client set it; empty where it set none."""
    create_time_ms: UnixMillisecondsString
    """When the stream had been created."""
    destroy_timemillis: UnixMillisecondsString
    """When the stream closed."""
