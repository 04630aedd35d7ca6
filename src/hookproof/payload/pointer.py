"""JSON Pointer (RFC 6901): how a place in a payload is written for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hookproof.payload.scan import Path


def to_pointer(path: Path) -> str:
    """`("a", 0, "b/c")` becomes `/a/0/b~1c`; the whole document is ``""``."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def from_pointer(pointer: str) -> tuple[str, ...]:
    """Split a pointer into its parts; list indexes stay text."""
    parts = pointer.split("/")[1:]
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in parts)
