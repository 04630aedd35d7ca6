"""The places of a payload that the contract has marked, such as its moments, in nested JSON too."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hookproof.payload.decode import decode_text
from hookproof.payload.pointer import to_pointer
from hookproof.schema.documented_fields import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.payload.scan import Path

    Schema = dict[str, Any]
    # The way to a value, the value, and what it is marked with.
    Place = tuple[Path, Any, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Marks:
    """What one keyword marks in a schema: a place itself, and places within it.

    `words` are what the place is marked with, several where it may be of several kinds.
    """

    words: tuple[str, ...] = ()
    members: dict[str, Marks] = field(default_factory=dict)
    items: Marks | None = None
    content: Marks | None = None

    def places(self, value: Any, path: Path = ()) -> Iterator[Place]:
        """The marked places that a value has; a way leads through JSON text as through objects."""
        if self.words:
            yield path, value, self.words
        if isinstance(value, dict):
            for name, inner in self.members.items():
                if name in value:
                    yield from inner.places(value[name], (*path, name))
        elif isinstance(value, list) and self.items:
            for index, item in enumerate(value):
                yield from self.items.places(item, (*path, index))
        elif isinstance(value, str) and self.content:
            reading = decode_text(value)
            if reading.complete:
                yield from self.content.places(reading.value, path)


def marks_of(*schemas: Schema, word: str) -> Marks:
    """What a keyword marks in some schemas for one place; they have no references left."""
    parts = parts_of(*schemas)
    members = {name: _within(inner, word) for name, inner in parts.members.items()}
    return Marks(
        tuple(dict.fromkeys(one[word] for one in parts.branches if word in one)),
        {name: inner for name, inner in members.items() if inner},
        _within(parts.items, word),
        _within(parts.contents, word),
    )


def is_held(path: Path, kept: frozenset[str]) -> bool:
    """Whether a place is kept: by a pointer to it, or by the name of the field that it is in."""
    return bool(kept) and (str(path[0]) in kept or to_pointer(path) in kept)


def _within(schemas: list[Schema], word: str) -> Marks | None:
    marks = marks_of(*schemas, word=word) if schemas else Marks()
    return marks if marks.words or marks.members or marks.items or marks.content else None
