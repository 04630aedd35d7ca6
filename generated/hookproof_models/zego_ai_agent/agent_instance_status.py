# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixMilliseconds, WireModel
from pydantic import MISSING, Field

from ..common.sha1_hex_string import Sha1HexString


class AiAgentInstanceStatusData(WireModel):
    """The new state."""

    status: Annotated[
        Literal["IDLE", "LISTENING", "THINKING", "SPEAKING", "Idle", "Listening", "Thinking", "Speaking"] | str,
        Field(alias="Status"),
    ]
    """State of the agent: IDLE, LISTENING, THINKING or SPEAKING; the guide on rounds writes them in mixed case."""
    round: Annotated[int | MISSING, Field(alias="Round", ge=0, le=9223372036854775807)] = MISSING
    """Number of the round of the conversation. While answers queue, it changes and the state stays."""


class AiAgentInstanceStatusCallback(WireModel):
    """From now on the agent idles, listens, thinks or speaks, or it goes from one queued answer to the next. Replaces AgentSpeakAction. Sent only where the instance was created with CallbackConfig.AgentInstanceStatus set to 1."""

    app_id: Annotated[int, Field(alias="AppId", ge=0, le=4294967295)]
    """App identifier."""
    event: Annotated[Literal["AgentInstanceStatus", "AgentSpeakAction"], Field(alias="Event")]
    """Names the callback. Documented as AgentInstanceStatus, shown as AgentSpeakAction."""
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
    data: Annotated[AiAgentInstanceStatusData, Field(alias="Data")]
