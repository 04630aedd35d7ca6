# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixMilliseconds, WireModel
from pydantic import MISSING, Field

from ..common.sha1_hex_string import Sha1HexString


class AiAgentUserSpeakActionData(WireModel):
    """Who began or stopped."""

    user_id: Annotated[str | MISSING, Field(alias="UserId")] = MISSING
    """The user who speaks."""
    action: Annotated[Literal["SPEAK_BEGIN", "SPEAK_END"] | str, Field(alias="Action")]
    """SPEAK_BEGIN or SPEAK_END."""
    round: Annotated[int | MISSING, Field(alias="Round", ge=0, le=9223372036854775807)] = MISSING
    """Number of the round of the conversation; each time the user begins to speak it becomes larger, with gaps."""


class AiAgentUserSpeakActionCallback(WireModel):
    """A user began or stopped speaking. Sent only where the instance was created with CallbackConfig.UserSpeakAction set to 1."""

    app_id: Annotated[int, Field(alias="AppId", ge=0, le=4294967295)]
    """App identifier."""
    event: Annotated[Literal["UserSpeakAction"], Field(alias="Event")]
    """Names the callback."""
    nonce: Annotated[str, Field(alias="Nonce", min_length=1)]
    """Random text. Part of the signature. Most samples show digits, those of two guides letters as well."""
    timestamp: Annotated[UnixMilliseconds, Field(alias="Timestamp")]
    """When the callback was sent, a number in milliseconds. Part of the signature, as the digits that stand in the body."""
    signature: Annotated[Sha1HexString, Field(alias="Signature")]
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    agent_instance_id: Annotated[str, Field(alias="AgentInstanceId", min_length=1)]
    """The agent instance that the callback is about."""
    agent_user_id: Annotated[str, Field(alias="AgentUserId")]
    """User id under which the agent is in the room."""
    agent_id: Annotated[str | MISSING, Field(alias="AgentId")] = MISSING
    """The agent that the instance was made of. In no sample."""
    name: Annotated[str | MISSING, Field(alias="Name")] = MISSING
    """Name of the agent. In no sample."""
    room_id: Annotated[str, Field(alias="RoomId")]
    """Room in which the conversation takes place."""
    sequence: Annotated[int, Field(alias="Sequence", ge=0, le=18446744073709551615)]
    """Number of the callback: later ones have larger numbers, with gaps. Beyond 2^53 in samples, where floating-point numbers lose digits."""
    data: Annotated[AiAgentUserSpeakActionData, Field(alias="Data")]
