# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import (
    Exact,
    MillisecondsTextMoment,
    UnixMilliseconds,
    UnixSecondsString,
    WireModel,
)
from pydantic import Field

from ..common.sha1_hex_string import Sha1HexString


class DigitalHumanDriveTaskDetail(WireModel):
    """The state of what is to be said."""

    drive_id: Annotated[str, Field(alias="DriveId", min_length=1)]
    """The drive task, as the answer to its start named it."""
    status: Annotated[Exact[Literal[1, 2, 3, 4]] | int, Field(alias="Status")]
    """1 waiting, 2 speaking, 3 failed, 4 finished."""


class DigitalHumanDriveTaskStatusCallback(WireModel):
    """What a digital human is to say has come to another state: with Status 2 it begins to speak, with 4 it has finished."""

    app_id: Annotated[int, Field(alias="AppId", ge=0, le=4294967295)]
    """App identifier."""
    event_type: Annotated[Exact[Literal[4]], Field(alias="EventType")]
    """Names the callback, by the number 4."""
    nonce: Annotated[str, Field(alias="Nonce", min_length=1)]
    """Random text, with letters in the samples. Part of the signature."""
    timestamp: Annotated[UnixSecondsString | MillisecondsTextMoment, Field(alias="Timestamp")]
    """When the callback was sent, as text. Documented in milliseconds, shown in seconds. Part of the signature."""
    signature: Annotated[Sha1HexString, Field(alias="Signature")]
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    event_time: Annotated[UnixMilliseconds, Field(alias="EventTime")]
    """When the event happened on the vendor's server, a number in milliseconds."""
    task_id: Annotated[str, Field(alias="TaskId", min_length=1)]
    """The task that streams the digital human."""
    detail: Annotated[DigitalHumanDriveTaskDetail, Field(alias="Detail")]
