# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Any, Literal

from hookproof.models import UnixMillisecondsString, UnixSecondsString, WireModel
from pydantic import MISSING, Field

from .livekit_track import LivekitTrack


class LivekitParticipant(WireModel):
    """A participant of a room. What is zero, empty or false is left out."""

    sid: Annotated[str, Field(min_length=1)]
    """The session of the participant: another one with each joining."""
    identity: Annotated[str, Field(min_length=1)]
    """Who it is, by the token that was joined with. One of its kind in a room."""
    state: Literal["JOINING", "JOINED", "ACTIVE", "DISCONNECTED"] | MISSING = MISSING
    """How far it is connected. Missing where it is JOINING."""
    tracks: list[LivekitTrack] | MISSING = MISSING
    """The tracks that it publishes."""
    metadata: str | MISSING = MISSING
    """What the customer has hung on the participant."""
    joined_at: Annotated[UnixSecondsString | MISSING, Field(alias="joinedAt")] = MISSING
    """When it joined. In seconds."""
    joined_at_ms: Annotated[UnixMillisecondsString | MISSING, Field(alias="joinedAtMs")] = MISSING
    """When it joined. In milliseconds."""
    name: str | MISSING = MISSING
    """Its name for people."""
    version: Annotated[int | MISSING, Field(ge=0, le=4294967295)] = MISSING
    """Counts what is told of the participant."""
    permission: dict[str, Any] | MISSING = MISSING
    """What it may do."""
    region: str | MISSING = MISSING
    """The region that it is connected to."""
    is_publisher: Annotated[bool | MISSING, Field(alias="isPublisher")] = MISSING
    """Whether it can publish. Missing where it is false."""
    kind: Literal["STANDARD", "INGRESS", "EGRESS", "SIP", "AGENT", "CONNECTOR", "BRIDGE"] | MISSING = (
        MISSING
    )
    """What kind of participant it is. Missing where it is STANDARD."""
    attributes: dict[str, str] | MISSING = MISSING
    """Names and texts that the customer has hung on the participant."""
    disconnect_reason: Annotated[
        Literal["UNKNOWN_REASON", "CLIENT_INITIATED", "DUPLICATE_IDENTITY", "SERVER_SHUTDOWN", "PARTICIPANT_REMOVED", "ROOM_DELETED", "STATE_MISMATCH", "JOIN_FAILURE", "MIGRATION", "SIGNAL_CLOSE", "ROOM_CLOSED", "USER_UNAVAILABLE", "USER_REJECTED", "SIP_TRUNK_FAILURE", "CONNECTION_TIMEOUT", "MEDIA_FAILURE", "AGENT_ERROR"] | MISSING,
        Field(alias="disconnectReason"),
    ] = MISSING
    """Why it left. Missing where it is UNKNOWN_REASON."""
    kind_details: Annotated[
        list[Literal["CLOUD_AGENT", "FORWARDED", "CONNECTOR_WHATSAPP", "CONNECTOR_TWILIO", "BRIDGE_RTSP", "SIMULATION"]] | MISSING,
        Field(alias="kindDetails"),
    ] = MISSING
    """More on its kind."""
    data_tracks: Annotated[list[dict[str, Any]] | MISSING, Field(alias="dataTracks")] = MISSING
    """The tracks of data that it publishes."""
    client_protocol: Annotated[
        int | MISSING, Field(alias="clientProtocol", ge=-2147483648, le=2147483647)
    ] = MISSING
    """The version of the protocol that its client speaks."""
    capabilities: list[str] | MISSING = MISSING
    """What its client can do."""
