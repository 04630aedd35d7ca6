# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import (
    DecimalString,
    Exact,
    JsonText,
    UnixMillisecondsString,
    UnixSecondsString,
    WireModel,
)
from pydantic import Field
from typing_extensions import TypeAliasType

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


StreamRtmpUrl = TypeAliasType(
    "StreamRtmpUrl", Annotated[str, Field(max_length=1024, title="StreamRtmpUrl")]
)


StreamHlsUrl = TypeAliasType(
    "StreamHlsUrl", Annotated[str, Field(max_length=1024, title="StreamHlsUrl")]
)


StreamHdlUrl = TypeAliasType(
    "StreamHdlUrl", Annotated[str, Field(max_length=1024, title="StreamHdlUrl")]
)


StreamPictureUrl = TypeAliasType(
    "StreamPictureUrl", Annotated[str, Field(max_length=255, title="StreamPictureUrl")]
)


class StreamAttributes(WireModel):
    """Facts of a stream."""

    cid: Exact[Literal[0, 1, 2, 3]]
    """Video codec: 0 H.264, 1 H.264 with scalable coding, 2 VP8, 3 H.265."""


class StreamCreateCallback(WireModel):
    """A stream was created on the media server. The start of a mix is told by mix_start instead."""

    event: Literal["stream_create"]
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
    """The user. Said to mean the same as publish_id."""
    user_name: Annotated[str, Field(max_length=255)]
    """Name of the user. Said to mean the same as publish_name."""
    channel_id: Annotated[str, Field(max_length=127, min_length=1)]
    """Room of the client."""
    stream_id: Annotated[str, Field(min_length=1)]
    """Stream of the client. Said to mean the same as stream_alias."""
    stream_sid: Annotated[str, Field(min_length=1)]
    """The stream on the server, unique; made by the vendor."""
    title: Annotated[str, Field(max_length=255)]
    """Title of the stream."""
    stream_alias: Annotated[str, Field(max_length=255, min_length=1)]
    """Stream of the client."""
    stream_attr: JsonText[StreamAttributes]
    """Facts of the stream as JSON text."""
    stream_seq: Annotated[str, Field(pattern="^[0-9]{1,20}$")]
    """Number of the change in the server's list of streams, one more at each change. A sample of the vendor has a leading zero, so it is kept as the text it is."""
    create_time: UnixSecondsString
    """When the stream was created."""
    create_time_ms: UnixMillisecondsString
    """When the stream was created, in milliseconds."""
    extra_info: str
    """Extra information that the client had set before it published; empty where it had not."""
    recreate: Literal["0", "1"]
    """0 a new stream. 1 a stream that the server still had, published again within 90 seconds of a network fault."""
    publish_id: Annotated[str, Field(max_length=255, min_length=1)]
    """User of the client."""
    publish_name: Annotated[str, Field(max_length=255)]
    """User's name of the client."""
    rtmp_url: list[StreamRtmpUrl]
    """Where the stream can be played by RTMP."""
    hls_url: list[StreamHlsUrl]
    """Where the stream can be played by HLS."""
    hdl_url: list[StreamHdlUrl]
    """Where the stream can be played by HTTP-FLV."""
    pic_url: list[StreamPictureUrl]
    """Screenshots of the stream, valid only while it is published."""
