# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypeAliasType


NonceString = TypeAliasType(
    "NonceString", Annotated[str, Field(pattern="^[0-9]{1,32}$", title="NonceString")]
)
"""A random number as decimal text. It goes into the signature as the text it is, and 19 digits occur, so it must never become a number on the way."""
