# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, JsonNumber, UnixMilliseconds, WireModel
from pydantic import MISSING, Field

from ..common.sha1_hex_string import Sha1HexString


class AiAgentLatencyData(WireModel):
    """Average delays of the conversation."""

    llmttft: Annotated[int, Field(alias="LLMTTFT", ge=0, le=9223372036854775807)]
    """Milliseconds from the request to the first token of the language model that is not empty."""
    llmtps: Annotated[JsonNumber, Field(alias="LLMTPS", ge=0)]
    """Tokens a second of the language model."""
    tts_audio_first_frame_time: Annotated[
        int, Field(alias="TTSAudioFirstFrameTime", ge=0, le=9223372036854775807)
    ]
    """Milliseconds from the first token to the first audible frame of speech synthesis."""
    total_cost: Annotated[int, Field(alias="TotalCost", ge=0, le=9223372036854775807)]
    """Milliseconds in all that the server adds: from the end of the user's speech, or from the call of the API, to the beginning of the stream."""


class AiAgentInstanceDeletedData(WireModel):
    """The deletion."""

    code: Annotated[
        Exact[Literal[0, 1201, 1202, 1203, 1204, 1205, 1206]] | int, Field(alias="Code")
    ]
    """Why: 0 DeleteAgentInstance was called, 1201 an error of the room service, 1202 the user was out of the room for 120 seconds or for AdvancedConfig.MaxIdleTime, 1203 the instance was removed from the room, 1204 it could not enter, 1205 it lost the room, 1206 it could not publish its stream."""
    deleted_timestamp: Annotated[UnixMilliseconds, Field(alias="DeletedTimestamp")]
    """When the instance was deleted, in milliseconds. In the sample it is later than the moment of sending."""
    latency_data: Annotated[AiAgentLatencyData, Field(alias="LatencyData")]


class AiAgentInstanceDeletedCallback(WireModel):
    """An agent instance was deleted, on request or by a fault, with the average delays of its conversation. It needs no CallbackConfig."""

    app_id: Annotated[int, Field(alias="AppId", ge=0, le=4294967295)]
    """App identifier."""
    event: Annotated[Literal["AgentInstanceDeleted"], Field(alias="Event")]
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
    data: Annotated[AiAgentInstanceDeletedData, Field(alias="Data")]
