# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypeAliasType


UnixMillisecondsString = TypeAliasType(
    "UnixMillisecondsString",
    Annotated[str, Field(pattern="^(0|[1-9][0-9]{0,13})$", title="UnixMillisecondsString")],
)
"""A moment as decimal text: milliseconds since 1970-01-01T00:00:00Z."""
