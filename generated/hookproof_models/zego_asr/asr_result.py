# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import UnixMilliseconds, WireModel
from pydantic import MISSING, Field

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class CloudAsrResultData(WireModel):
    """The recognised speech."""

    user_id: Annotated[str, Field(alias="UserId")]
    """The user who speaks."""
    stream_id: Annotated[str | MISSING, Field(alias="StreamId")] = MISSING
    """The stream in which the user speaks. In no sample."""
    round: Annotated[int, Field(alias="Round", ge=0, le=9223372036854775807)]
    """Number of the round of the conversation; each time the user begins to speak it becomes larger, with gaps."""
    text: Annotated[str, Field(alias="Text")]
    """The recognised text."""


class CloudAsrResultCallback(WireModel):
    """What a user said, as speech recognition understood it."""

    app_id: Annotated[int, Field(alias="AppId", ge=0, le=4294967295)]
    """App identifier."""
    event: Annotated[Literal["ASRResult"], Field(alias="Event")]
    """Names the callback."""
    nonce: Annotated[NonceString, Field(alias="Nonce")]
    """Random number. Part of the signature."""
    timestamp: Annotated[UnixMilliseconds, Field(alias="Timestamp")]
    """When the callback was sent, a number in milliseconds. Part of the signature, as the digits that stand in the body."""
    signature: Annotated[Sha1HexString, Field(alias="Signature")]
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The recognition task, one of its kind everywhere."""
    room_id: Annotated[str, Field(alias="RoomId")]
    """Room whose streams are recognised."""
    data: Annotated[CloudAsrResultData, Field(alias="Data")]
