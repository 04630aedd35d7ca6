# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, WireModel
from pydantic import MISSING, Field

from ..common.sha1_hex_string import Sha1HexString


class AiAgentInterruptedData(WireModel):
    """The interruption."""

    round: Annotated[int, Field(alias="Round", ge=0, le=9223372036854775807)]
    """Number of the round that was interrupted."""
    reason: Annotated[Exact[Literal[1, 2, 3, 4]] | int, Field(alias="Reason")]
    """1 the user spoke, 2 the server called the language model, 3 the server called speech synthesis, 4 the server interrupted the instance."""
    played_text: Annotated[str | MISSING, Field(alias="PlayedText")] = MISSING
    """What had been spoken by then. Since 2026-07-17, and in no sample."""


class AiAgentInterruptedCallback(WireModel):
    """The agent was interrupted; no further LLMResult comes for the round. Sent only where the instance was created with CallbackConfig.Interrupted set to 1."""

    app_id: Annotated[int, Field(alias="AppId", ge=0, le=4294967295)]
    """App identifier."""
    event: Annotated[Literal["Interrupted"], Field(alias="Event")]
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
    data: Annotated[AiAgentInterruptedData, Field(alias="Data")]
