# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import DecimalString, UnixSecondsString, WireModel
from pydantic import Field

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class MixStopCallback(WireModel):
    """A mix of streams ended at a request to stop it. None is sent where that request fails or the mix breaks off."""

    event: Literal["mix_stop"]
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
