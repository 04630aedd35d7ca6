# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixMilliseconds, WireModel
from pydantic import MISSING, Field

from ..common.sha1_hex_string import Sha1HexString


class AiAgentUserAudioData(WireModel):
    """The beginning of the speech."""

    user_id: Annotated[str, Field(alias="UserId")]
    """The user who speaks."""
    round: Annotated[int, Field(alias="Round", ge=0, le=9223372036854775807)]
    """Number of the round of the conversation, larger in later rounds, with gaps."""
    sample_rate: Annotated[int, Field(alias="SampleRate", ge=1, le=4294967295)]
    """Samples a second, 16000 unless set otherwise."""
    format: Annotated[str, Field(alias="Format", min_length=1)]
    """Format of the audio, pcm unless set otherwise."""
    audio: Annotated[
        str,
        Field(
            alias="Audio",
            min_length=4,
            pattern="^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
        ),
    ]
    """The audio in Base64. It may hold + and /, which decoding a plain body as a form would destroy."""


class AiAgentUserAudioDataCallback(WireModel):
    """How a user sounds: the first 1 to 1.5 seconds that were spoken in a round. Not sent for less than a second of speech. Tens of kilobytes large. Sent only where the instance was created with CallbackConfig.UserAudioData set to 1."""

    app_id: Annotated[int, Field(alias="AppId", ge=0, le=4294967295)]
    """App identifier."""
    event: Annotated[Literal["UserAudioData"], Field(alias="Event")]
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
    data: Annotated[AiAgentUserAudioData, Field(alias="Data")]
