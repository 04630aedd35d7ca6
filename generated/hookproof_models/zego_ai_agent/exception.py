# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, WireModel
from pydantic import MISSING, Field

from ..common.sha1_hex_string import Sha1HexString


class AiAgentExceptionData(WireModel):
    """What went wrong."""

    code: Annotated[
        Exact[Literal[1001, 1004, 1101, 1201, 1202, 1203, 1204, 1205, 1206, 1207, 1208, 2101, 2201, 2202, 2203, 2204, 2205, 2206, 2301, 2302, 2303, 2304, 2305]] | int,
        Field(alias="Code"),
    ]
    """1001 the agent service in general, 1004 a voice without recognisable words (may be ignored), 11xx messaging, 12xx the room and its streams (1202: the user is away, and the instance is deleted), 21xx speech recognition, 22xx the language model, 23xx speech synthesis."""
    message: Annotated[str, Field(alias="Message")]
    """The error in words."""
    round: Annotated[int | MISSING, Field(alias="Round", ge=0, le=9223372036854775807)] = MISSING
    """Number of the round of the conversation, larger in later rounds, with gaps."""


class AiAgentExceptionCallback(WireModel):
    """Something went wrong in the agent instance or in a service that it uses. It needs no CallbackConfig."""

    app_id: Annotated[int, Field(alias="AppId", ge=0, le=4294967295)]
    """App identifier."""
    event: Annotated[Literal["Exception"], Field(alias="Event")]
    """Names the callback."""
    nonce: Annotated[str, Field(alias="Nonce", min_length=1)]
    """Random text. Part of the signature. Most samples show digits, those of two guides letters as well."""
    timestamp: Annotated[UnixMilliseconds, Field(alias="Timestamp")]
    """When the callback was sent, a number in milliseconds. Part of the signature, as the digits that stand in the body."""
    signature: Annotated[Sha1HexString, Field(alias="Signature")]
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    agent_instance_id: Annotated[str, Field(alias="AgentInstanceId", min_length=1)]
    """The agent instance that the callback is about."""
    agent_user_id: Annotated[str | MISSING, Field(alias="AgentUserId")] = MISSING
    """User id under which the agent is in the room."""
    agent_id: Annotated[str | MISSING, Field(alias="AgentId")] = MISSING
    """The agent that the instance was made of. In no sample."""
    name: Annotated[str | MISSING, Field(alias="Name")] = MISSING
    """Name of the agent. In no sample."""
    room_id: Annotated[str | MISSING, Field(alias="RoomId")] = MISSING
    """Room in which the conversation takes place."""
    sequence: Annotated[int | MISSING, Field(alias="Sequence", ge=0, le=18446744073709551615)] = (
        MISSING
    )
    """Number of the callback: later ones have larger numbers, with gaps. Beyond 2^53 in samples, where floating-point numbers lose digits."""
    data: Annotated[AiAgentExceptionData, Field(alias="Data")]
