# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any

from hookproof.models import UnixMillisecondsString, UnixSecondsString, WireModel
from pydantic import MISSING, Field


class LivekitCodec(WireModel):
    """A codec."""

    mime: Annotated[str, Field(min_length=1)]
    """Its media type."""
    fmtp_line: Annotated[str | MISSING, Field(alias="fmtpLine")] = MISSING
    """Its parameters."""


class LivekitRoom(WireModel):
    """A room. What is zero, empty or false is left out."""

    sid: Annotated[str, Field(min_length=1)]
    """The session of the room: another one whenever the room is opened again."""
    name: Annotated[str, Field(min_length=1)]
    """The name of the room."""
    empty_timeout: Annotated[int | MISSING, Field(alias="emptyTimeout", ge=0, le=4294967295)] = (
        MISSING
    )
    """Seconds until a room is closed that nobody has joined."""
    departure_timeout: Annotated[
        int | MISSING, Field(alias="departureTimeout", ge=0, le=4294967295)
    ] = MISSING
    """Seconds until a room is closed that everybody has left."""
    max_participants: Annotated[
        int | MISSING, Field(alias="maxParticipants", ge=0, le=4294967295)
    ] = MISSING
    """How many may be in it. Missing where there is no limit."""
    creation_time: Annotated[UnixSecondsString | MISSING, Field(alias="creationTime")] = MISSING
    """When the room was opened. In seconds."""
    creation_time_ms: Annotated[UnixMillisecondsString | MISSING, Field(alias="creationTimeMs")] = (
        MISSING
    )
    """When the room was opened. In milliseconds."""
    turn_password: Annotated[str | MISSING, Field(alias="turnPassword")] = MISSING
    """The password of its TURN server."""
    enabled_codecs: Annotated[list[LivekitCodec] | MISSING, Field(alias="enabledCodecs")] = MISSING
    """The codecs that may be published."""
    metadata: str | MISSING = MISSING
    """What the customer has hung on the room."""
    num_participants: Annotated[
        int | MISSING, Field(alias="numParticipants", ge=0, le=4294967295)
    ] = MISSING
    """How many are in it."""
    num_publishers: Annotated[int | MISSING, Field(alias="numPublishers", ge=0, le=4294967295)] = (
        MISSING
    )
    """How many publish."""
    active_recording: Annotated[bool | MISSING, Field(alias="activeRecording")] = MISSING
    """Whether it is being recorded. Missing where it is false."""
    version: dict[str, Any] | MISSING = MISSING
    """A version of what is told of the room."""
