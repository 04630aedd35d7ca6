# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import (
    Exact,
    MillisecondsMoment,
    TextInteger,
    UnixMillisecondsString,
    UnixSecondsString,
    WireModel,
)
from pydantic import Field
from typing_extensions import TypeAliasType

from ..common.sha1_hex_string import Sha1HexString


CloudPlayerCancelFailedCallbackAppIDInteger = TypeAliasType(
    "CloudPlayerCancelFailedCallbackAppIDInteger",
    Annotated[int, Field(ge=0, le=4294967295, title="CloudPlayerCancelFailedCallbackAppIDInteger")],
)
"""App identifier, 32 bits in this product's API. The table has a number, the sample of an upload has it as text."""


class CloudPlayerCancelFailedDetail(WireModel):
    """Why the upload could not be cancelled."""

    reason: Annotated[Exact[Literal[1, 2]] | int, Field(alias="Reason")]
    """1 the file is being uploaded, 2 it has been uploaded."""


class CloudPlayerCancelFailedCallback(WireModel):
    """An upload task could not be cancelled."""

    app_id: Annotated[
        CloudPlayerCancelFailedCallbackAppIDInteger | TextInteger, Field(alias="AppID")
    ]
    """App identifier, 32 bits in this product's API. The table has a number, the sample of an upload has it as text."""
    upload_task_id: Annotated[str, Field(alias="UploadTaskId", min_length=1)]
    """The upload task."""
    event_type: Annotated[Exact[Literal[10004]], Field(alias="EventType")]
    """Names the callback."""
    nonce: Annotated[str, Field(alias="Nonce", min_length=1)]
    """Random text, not always digits. Part of the signature."""
    timestamp: Annotated[UnixSecondsString, Field(alias="Timestamp")]
    """When the callback was sent. Part of the signature."""
    signature: Annotated[Sha1HexString, Field(alias="Signature")]
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    event_time: Annotated[MillisecondsMoment | UnixMillisecondsString, Field(alias="EventTime")]
    """When the event happened, in milliseconds; tells the order of events. Text in the table, a number in the sample of a player."""
    detail: Annotated[CloudPlayerCancelFailedDetail, Field(alias="Detail")]
