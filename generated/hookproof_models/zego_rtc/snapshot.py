# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import DecimalString, JsonNumber, JsonText, UnixSecondsString, WireModel
from pydantic import MISSING, Field
from typing_extensions import TypeAliasType

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class SnapshotPicture(WireModel):
    """One screenshot."""

    url: str
    """Where the picture lies."""
    offset: Annotated[JsonNumber | MISSING, Field(ge=0)] = MISSING
    """Its place in the video in milliseconds; of Tencent only, and of screenshots by time."""


SnapshotPictures = TypeAliasType(
    "SnapshotPictures", Annotated[list[SnapshotPicture], Field(title="SnapshotPictures")]
)
"""The screenshots of a task."""


class SnapshotCallback(WireModel):
    """Screenshots of a stored media file are ready."""

    event: Literal["snapshot"]
    """Names the callback."""
    appid: DecimalString
    """App identifier."""
    timestamp: UnixSecondsString
    """When the callback was sent; nine digits in the page's own sample. Part of the signature."""
    nonce: NonceString
    """Random number. Part of the signature."""
    signature: Sha1HexString
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    task_id: Annotated[str, Field(min_length=1)]
    """The screenshot task, as the answer to its start named it."""
    vendor: Literal["tencent", "hw"]
    """The CDN: tencent is Tencent Cloud, hw is Huawei Cloud."""
    field_id: Annotated[str | MISSING, Field(min_length=1)] = MISSING
    """The source file; of Tencent only. Spelt field_id in table and sample alike, where other callbacks have file_id."""
    snapshot_pic_list: SnapshotPictures | JsonText[SnapshotPictures]
    """The screenshots. The table types them as a list and calls them JSON text; the sample shows JSON text."""
