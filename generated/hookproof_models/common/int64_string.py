# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypeAliasType


Int64String = TypeAliasType(
    "Int64String", Annotated[str, Field(pattern="^(0|-?[1-9][0-9]{0,18})$", title="Int64String")]
)
"""A whole number of 64 bits as decimal text, as JSON of Protocol Buffers writes it."""
