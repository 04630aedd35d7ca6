# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import DecimalString, UnixSecondsString, WireModel
from pydantic import MISSING, Field

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class ComposeCallback(WireModel):
    """Recorded files were merged into one, or the merge failed. The vendor advises to wait 5 seconds before asking for the file."""

    appid: DecimalString
    """App identifier."""
    event: Literal["compose"]
    """Names the callback."""
    replay_url: Annotated[str, Field(max_length=1024)]
    """Where the merged file can be played, at most 1024 bytes. What it holds after a failure is not documented."""
    task_id: Annotated[str, Field(min_length=1)]
    """The merge task, as the answer to the merge request named it."""
    file_id: DecimalString | MISSING = MISSING
    """The merged file. Over 2^53, so it must not become a floating-point number. Missing when the CDN is Huawei."""
    code: Literal["0", "40000", "60000", "70000"] | str | MISSING = MISSING
    """Outcome: 0 success, 40000 invalid input parameter, 60000 invalid source file, 70000 internal error of the service."""
    message: str | MISSING = MISSING
    """Text of the error."""
    timestamp: UnixSecondsString
    """When the callback was sent. Part of the signature."""
    nonce: NonceString
    """Random number. Part of the signature."""
    signature: Sha1HexString
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
