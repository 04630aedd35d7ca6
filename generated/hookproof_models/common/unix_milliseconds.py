# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypeAliasType


UnixMilliseconds = TypeAliasType(
    "UnixMilliseconds", Annotated[int, Field(ge=0, le=99999999999999, title="UnixMilliseconds")]
)
"""A moment as a JSON integer: milliseconds since 1970-01-01T00:00:00Z."""
