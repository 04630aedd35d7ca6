"""More payloads from generated ones, whose fields go together in new ways.

Drawing a payload takes a fuzzer milliseconds, and most of what a receiver trips over is in one
field, or in two that it did not expect together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence


def crossed(payloads: Sequence[Any], *, chance: random.Random) -> Iterator[dict[str, Any]]:
    """Objects with each field from one of two payloads; without end, or none without objects."""
    objects = [payload for payload in payloads if isinstance(payload, dict)]
    while objects:
        one, other = chance.choice(objects), chance.choice(objects)
        yield {
            name: other[name] if name in other and chance.random() < _HALF else value
            for name, value in one.items()
        }


def disturbed(
    broken: Sequence[Any], payloads: Sequence[Any], *, chance: random.Random
) -> Iterator[dict[str, Any]]:
    """Broken objects with one field from another payload, so that most stay broken."""
    objects = [payload for payload in broken if isinstance(payload, dict) and payload]
    others = [payload for payload in payloads if isinstance(payload, dict)]
    while objects and others:
        one, other = chance.choice(objects), chance.choice(others)
        name = chance.choice(list(one))
        yield {**one, name: other.get(name, one[name])}


_HALF = 0.5
