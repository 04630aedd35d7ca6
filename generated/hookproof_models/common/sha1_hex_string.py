# @generated from schemas/ by "hookproof generate". Do not edit by hand.

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypeAliasType


Sha1HexString = TypeAliasType(
    "Sha1HexString", Annotated[str, Field(pattern="^[0-9a-f]{40}$", title="Sha1HexString")]
)
"""A SHA-1 digest as 40 lowercase hexadecimal digits."""
