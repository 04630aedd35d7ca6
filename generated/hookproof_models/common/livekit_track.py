# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import WireModel
from pydantic import MISSING, Field


class LivekitTrack(WireModel):
    """A track. What is zero, empty or false is left out."""

    sid: Annotated[str, Field(min_length=1)]
    """The track."""
    type: Literal["AUDIO", "VIDEO", "DATA"] | MISSING = MISSING
    """Its kind. Missing where it is AUDIO."""
    name: str | MISSING = MISSING
    """Its name."""
    muted: bool | MISSING = MISSING
    """Whether it is muted. Missing where it is false."""
    width: Annotated[int | MISSING, Field(ge=0, le=4294967295)] = MISSING
    """Of a picture: its width as published."""
    height: Annotated[int | MISSING, Field(ge=0, le=4294967295)] = MISSING
    """Of a picture: its height as published."""
    simulcast: bool | MISSING = MISSING
    """Whether it is sent in several sizes. Deprecated. Missing where it is false."""
    disable_dtx: Annotated[bool | MISSING, Field(alias="disableDtx")] = MISSING
    """Whether silence is sent too. Deprecated. Missing where it is false."""
    source: Literal["UNKNOWN", "CAMERA", "MICROPHONE", "SCREEN_SHARE", "SCREEN_SHARE_AUDIO"] | MISSING = (
        MISSING
    )
    """Where it comes from. Missing where it is UNKNOWN."""
    layers: list[dict[str, Any]] | MISSING = MISSING
    """The sizes that it is sent in. Deprecated."""
    mime_type: Annotated[str | MISSING, Field(alias="mimeType")] = MISSING
    """The media type of its codec."""
    mid: str | MISSING = MISSING
    """Its place in the description of the session."""
    codecs: list[dict[str, Any]] | MISSING = MISSING
    """The codecs that it is sent in, each with its sizes."""
    stereo: bool | MISSING = MISSING
    """Whether it has two channels. Deprecated. Missing where it is false."""
    disable_red: Annotated[bool | MISSING, Field(alias="disableRed")] = MISSING
    """Whether sound is sent without redundancy. Missing where it is false."""
    encryption: str | MISSING = MISSING
    """How it is encrypted between the ends. Missing where it is not."""
    stream: str | MISSING = MISSING
    """The stream that it belongs to."""
    version: dict[str, Any] | MISSING = MISSING
    """A version of what is told of the track."""
    audio_features: Annotated[list[str] | MISSING, Field(alias="audioFeatures")] = MISSING
    """What is done to sound before it is sent."""
    backup_codec_policy: Annotated[
        Literal["PREFER_REGRESSION", "SIMULCAST", "REGRESSION"] | MISSING,
        Field(alias="backupCodecPolicy"),
    ] = MISSING
    """What becomes of the first codec where a second is asked for. Missing where it is PREFER_REGRESSION."""
    packet_trailer_features: Annotated[
        list[str] | MISSING, Field(alias="packetTrailerFeatures")
    ] = MISSING
    """What goes with each frame."""
