# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import DecimalString, UnixSecondsString, WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


MixRtmpUrl = TypeAliasType("MixRtmpUrl", Annotated[str, Field(max_length=1024, title="MixRtmpUrl")])


MixHlsUrl = TypeAliasType("MixHlsUrl", Annotated[str, Field(max_length=1024, title="MixHlsUrl")])


MixHdlUrl = TypeAliasType("MixHdlUrl", Annotated[str, Field(max_length=1024, title="MixHdlUrl")])


class MixStartCallback(WireModel):
    """A mix of streams began. It causes no stream_create."""

    event: Literal["mix_start"]
    """Names the callback."""
    appid: DecimalString
    """App identifier."""
    timestamp: UnixSecondsString
    """When the callback was sent. Part of the signature."""
    nonce: NonceString
    """Random number. Part of the signature."""
    signature: Sha1HexString
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    seq: DecimalString
    """Number of the request to mix, counting up and unique; it gives the order in which requests are carried out."""
    task_id: Annotated[str, Field(min_length=1)]
    """The mix: the app's id, a colon and the task_id of the request, or else put together from mix_url and other fields."""
    channel_id: Annotated[str, Field(max_length=255)]
    """Room of the client."""
    publish_id: Annotated[str, Field(max_length=255)]
    """User of the client."""
    mix_url: Annotated[str, Field(max_length=255)]
    """Where the mix is sent by RTMP."""
    mix_stream_alias: Annotated[str, Field(max_length=255)]
    """The stream that the mix makes."""
    rtmp_urls: list[MixRtmpUrl]
    """Where the mix can be played by RTMP."""
    hls_urls: list[MixHlsUrl]
    """Where the mix can be played by HLS."""
    hdl_urls: list[MixHdlUrl]
    """Where the mix can be played by HTTP-FLV."""
    stream_alias: Annotated[str, Field(max_length=255)]
    """Stream of the client."""
    rtmp_url: Annotated[str | MISSING, Field(max_length=1024)] = MISSING
    """Where the mix can be played by RTMP. In the sample alone; a text here, while stream_create has lists of these names."""
    hls_url: Annotated[str | MISSING, Field(max_length=1024)] = MISSING
    """Where the mix can be played by HLS. In the sample alone; a text here, while stream_create has lists of these names."""
    hdl_url: Annotated[str | MISSING, Field(max_length=1024)] = MISSING
    """Where the mix can be played by HTTP-FLV. In the sample alone; a text here, while stream_create has lists of these names."""
