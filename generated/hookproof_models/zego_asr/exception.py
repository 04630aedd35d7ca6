# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixMilliseconds, WireModel
from pydantic import Field

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class CloudAsrExceptionData(WireModel):
    """What went wrong."""

    code: Annotated[
        Exact[Literal[1001, 1004, 1201, 1202, 1204, 1207, 2101]] | int, Field(alias="Code")
    ]
    """1001 any error, 1004 a voice without recognisable words (may be ignored), 1201 an error of the room service, 1202 the room was idle for 120 seconds and the task stopped, 1204 the room could not be entered, 1207 the stream could not be played, 2101 an error of speech recognition."""
    message: Annotated[str, Field(alias="Message")]
    """The error in words."""


class CloudAsrExceptionCallback(WireModel):
    """Something went wrong in a recognition task, or it was stopped because its room was idle."""

    app_id: Annotated[int, Field(alias="AppId", ge=0, le=4294967295)]
    """App identifier."""
    event: Annotated[Literal["Exception"], Field(alias="Event")]
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
    data: Annotated[CloudAsrExceptionData, Field(alias="Data")]
