# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import DecimalString, JsonNumber, JsonText, UnixSecondsString, WireModel
from pydantic import Field
from typing_extensions import TypeAliasType

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class TencentRecordExtra(WireModel):
    """What Tencent Cloud adds to a recording."""

    task_id: Annotated[str, Field(alias="TaskId")]
    """The recording task."""
    file_id: Annotated[str, Field(alias="FileID")]
    """The recorded file, the id to merge it by later."""
    duration: Annotated[JsonNumber, Field(alias="Duration", ge=0)]
    """Length of the recording. The unit is not stated."""


class WangsuRecordExtra(WireModel):
    """What Wangsu adds to a recording."""

    persistent_id: Annotated[str, Field(alias="PersistentId")]
    """The recording."""
    duration: Annotated[JsonNumber, Field(alias="Duration", ge=0)]
    """Length of the recording. The unit is not stated."""


class HuaweiRecordExtra(WireModel):
    """What Huawei Cloud adds to a recording. Documented since the 2026 page only."""

    duration: Annotated[JsonNumber, Field(alias="Duration", ge=0)]
    """Length of the recording in seconds."""
    obs_object: Annotated[str, Field(alias="ObsObject")]
    """Path in the object storage, the id to merge it by later."""
    file_size: Annotated[int, Field(alias="FileSize", ge=0, le=4294967295)]
    """Size in bytes, documented as UInt32, so a file of 4 GiB does not fit."""


RecordExtraParams = TypeAliasType(
    "RecordExtraParams",
    Annotated[
        TencentRecordExtra | WangsuRecordExtra | HuaweiRecordExtra, Field(title="RecordExtraParams")
    ],
)
"""One of three shapes, by CDN. They have no discriminator; the required members tell them apart."""


class RecordCallback(WireModel):
    """The CDN recording of one stream is complete. Sent once for each recording format, so two formats give two callbacks with the same content."""

    stream_alias: Annotated[str, Field(max_length=255)]
    """Stream name, at most 255 bytes; the StreamID of the client."""
    replay_url: Annotated[str, Field(max_length=1024)]
    """Where the recording can be played, at most 1024 bytes."""
    begin_time: UnixSecondsString
    """When the recording began. The unit is not stated; the sample shows seconds."""
    end_time: UnixSecondsString
    """When the recording ended. The unit is not stated; the sample shows seconds."""
    timestamp: UnixSecondsString
    """When the callback was sent. Part of the signature."""
    nonce: NonceString
    """Random number. Part of the signature."""
    signature: Sha1HexString
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    appid: DecimalString
    """App identifier."""
    event: Literal["record"]
    """Names the callback."""
    extra_params: JsonText[RecordExtraParams]
    """What the CDN adds, as JSON text. Its shape depends on the CDN, and nothing in the payload names the CDN."""
