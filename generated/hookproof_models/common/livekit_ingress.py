# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import WireModel
from pydantic import MISSING, Field

from .int64_string import Int64String
from .livekit_track import LivekitTrack


class LivekitIngressState(WireModel):
    """How far it is."""

    status: Literal["ENDPOINT_INACTIVE", "ENDPOINT_BUFFERING", "ENDPOINT_PUBLISHING", "ENDPOINT_ERROR", "ENDPOINT_COMPLETE"] | MISSING = (
        MISSING
    )
    """How far it is. Missing where it is ENDPOINT_INACTIVE."""
    error: str | MISSING = MISSING
    """Why it failed."""
    video: dict[str, Any] | MISSING = MISSING
    """The pictures that come: codec, rate, size."""
    audio: dict[str, Any] | MISSING = MISSING
    """The sound that comes: codec, rate, channels."""
    room_id: Annotated[str | MISSING, Field(alias="roomId")] = MISSING
    """The session of the room that it goes or went to."""
    started_at: Annotated[Int64String | MISSING, Field(alias="startedAt")] = MISSING
    """When it began. The unit is not said; what is seen has nineteen digits, as nanoseconds have."""
    ended_at: Annotated[Int64String | MISSING, Field(alias="endedAt")] = MISSING
    """When it ended."""
    updated_at: Annotated[Int64String | MISSING, Field(alias="updatedAt")] = MISSING
    """When this was last so."""
    resource_id: Annotated[str | MISSING, Field(alias="resourceId")] = MISSING
    """One use of the ingress."""
    tracks: list[LivekitTrack] | MISSING = MISSING
    """The tracks that it publishes."""


class LivekitIngress(WireModel):
    """A stream into a room. What is zero, empty or false is left out."""

    ingress_id: Annotated[str, Field(alias="ingressId", min_length=1)]
    """The ingress."""
    name: str | MISSING = MISSING
    """Its name."""
    stream_key: Annotated[str | MISSING, Field(alias="streamKey")] = MISSING
    """The key that its sender has."""
    url: str | MISSING = MISSING
    """Where its sender sends to, or what is fetched."""
    input_type: Annotated[
        Literal["RTMP_INPUT", "WHIP_INPUT", "URL_INPUT"] | MISSING, Field(alias="inputType")
    ] = MISSING
    """How it comes. Missing where it is RTMP_INPUT."""
    bypass_transcoding: Annotated[bool | MISSING, Field(alias="bypassTranscoding")] = MISSING
    """Whether it goes through as it is. Deprecated. Missing where it is false."""
    enable_transcoding: Annotated[bool | MISSING, Field(alias="enableTranscoding")] = MISSING
    """Whether it is transcoded."""
    audio: dict[str, Any] | MISSING = MISSING
    """How its sound is published."""
    video: dict[str, Any] | MISSING = MISSING
    """How its pictures are published."""
    room_name: Annotated[str | MISSING, Field(alias="roomName")] = MISSING
    """The room that it goes to."""
    participant_identity: Annotated[str | MISSING, Field(alias="participantIdentity")] = MISSING
    """Who it is in the room."""
    participant_name: Annotated[str | MISSING, Field(alias="participantName")] = MISSING
    """Its name for people."""
    participant_metadata: Annotated[str | MISSING, Field(alias="participantMetadata")] = MISSING
    """What the customer has hung on it."""
    reusable: bool | MISSING = MISSING
    """Whether it can be used again. Missing where it is false."""
    state: LivekitIngressState | MISSING = MISSING
    enabled: bool | MISSING = MISSING
    """Whether a sender may connect. Missing where nothing was said, which means that he may."""
