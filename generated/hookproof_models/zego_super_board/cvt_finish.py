# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated, Literal

from hookproof.models import Exact, UnixSeconds, WireModel
from pydantic import MISSING, Field

from ..common.nonce_string import NonceString
from ..common.sha1_hex_string import Sha1HexString


class SuperBoardConversion(WireModel):
    """Task, file and outcome."""

    file_id: str | MISSING = MISSING
    """The converted file, given after a success."""
    task_id: Annotated[str, Field(min_length=1)]
    """The conversion task, as the answer to its start named it."""
    status: Exact[Literal[16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 32769, 32770, 32771, 32772, 32773, 32774]]
    """16 converted, 32 failed, 64 cancelled, 128 the file has a password, 256 too much content, 512 too many sheets, 1024 empty, 2048 the file could not be opened, 4096 unknown target type, 8192 read-only, 16384 the file could not be fetched or its hash is wrong, 32768 elements that cannot be converted, 32769 not a sound Office file; 32770 to 32774 are listed for the query of the same task alone."""


class SuperBoardCvtFinishCallback(WireModel):
    """The conversion of a file for the whiteboard has ended, well or not."""

    appid: Annotated[int, Field(ge=0, le=4294967295)]
    """App identifier."""
    event: Literal["cvt_finish"]
    """Names the callback."""
    nonce: NonceString
    """Random number as text. Part of the signature."""
    signature: Sha1HexString
    """Signature over secret, timestamp and nonce. It does not cover the rest of the body."""
    timestamp: UnixSeconds
    """The time of the server, a number. The unit is not stated; the sample shows seconds. Part of the signature, as the digits that stand in the body."""
    data: SuperBoardConversion
