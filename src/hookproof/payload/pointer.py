"""Places in a JSON value: written for people as JSON Pointers (RFC 6901), and what is at them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hookproof.payload.scan import Path


def to_pointer(path: Path) -> str:
    """`("a", 0, "b/c")` becomes `/a/0/b~1c`; the whole document is ``""``."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


@lru_cache(maxsize=1024)
def from_pointer(pointer: str) -> tuple[str, ...]:
    """Split a pointer into its parts; list indexes stay text."""
    parts = pointer.split("/")[1:]
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in parts)


def item_at(value: Any, path: Path) -> Any:
    """What stands at a place that is there."""
    for part in path:
        value = value[part]
    return value


def member_at(value: Any, names: tuple[str, ...]) -> Any:
    """What stands below the members of these names, None where nothing does."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """What holds nothing else, each with its place: texts, numbers, words, what is empty."""
    if value and isinstance(value, dict | list):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, (*path, step))
    else:
        yield path, value


def with_leaves(value: Any, change: Callable[[Any], Any]) -> Any:
    """The value with each of its texts, numbers and words changed; objects and lists stay."""
    if isinstance(value, dict):
        return {name: with_leaves(inner, change) for name, inner in value.items()}
    if isinstance(value, list):
        return [with_leaves(inner, change) for inner in value]
    return change(value)
