"""All that a schema documents, by place: fields, values and shapes, into nested JSON too."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from hookproof.payload.decode import decode_text
from hookproof.payload.pointer import to_pointer
from hookproof.schema.compiled_schema import CompiledSchema
from hookproof.schema.documented_fields import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    Schema = dict[str, Any]

_CHOICES: Final = ("anyOf", "oneOf")
_TRIVIAL: Final = frozenset({"type", "description"})


@dataclass(slots=True)
class Shape:
    """One of several shapes that a value may have; its judge is compiled on first use."""

    name: str
    schema: Schema = field(repr=False)
    _judge: CompiledSchema | None = field(default=None, repr=False)

    def fits(self, value: Any) -> bool:
        """Whether a value has this shape."""
        if self._judge is None:
            self._judge = CompiledSchema(self.schema, label=self.name)
        return self._judge.accepts(value)


@dataclass(slots=True)
class Spot:
    """One place of a payload: the values, shapes, members and items that are documented there.

    `values` are the names of the listed ones by their JSON text; `content` is what the JSON text
    that stands there holds. A pointer leads through JSON text, and has * for an index.
    """

    pointer: str
    values: dict[str, str] = field(default_factory=dict)
    shapes: list[Shape] = field(default_factory=list)
    members: dict[str, Spot] = field(default_factory=dict)
    items: Spot | None = None
    content: Spot | None = None

    def spots(self) -> Iterator[Spot]:
        """This place and all within it."""
        yield self
        for inner in (*self.members.values(), self.items, self.content):
            if inner:
                yield from inner.spots()

    def visits(self, value: Any) -> Iterator[tuple[Spot, Any]]:
        """The documented places that a value has, each with what stands there."""
        yield self, value
        if isinstance(value, dict):
            for name, inner in self.members.items():
                if name in value:
                    yield from inner.visits(value[name])
        elif isinstance(value, list) and self.items:
            for item in value:
                yield from self.items.visits(item)
        elif isinstance(value, str) and self.content:
            reading = decode_text(value)
            if reading.complete:
                yield from self.content.visits(reading.value)


def spot_of(*schemas: Schema, pointer: str = "") -> Spot:
    """What some schemas for one place document together; they have no references left."""
    branches, members, items, contents = parts_of(*schemas)
    return Spot(
        pointer,
        _values(branches, pointer),
        _shapes(branches, pointer),
        {
            name: spot_of(*known, pointer=pointer + to_pointer((name,)))
            for name, known in members.items()
        },
        spot_of(*items, pointer=f"{pointer}/*") if items else None,
        spot_of(*contents, pointer=pointer) if contents else None,
    )


def as_text(value: Any) -> str:
    """A value as JSON text, by which values are compared: 1 and true differ, 1 and 1.0 too."""
    if type(value) is int:
        return str(value)
    return json.dumps(value, sort_keys=True)


def _values(branches: list[Schema], pointer: str) -> dict[str, str]:
    listed = [value for one in branches for value in one.get("enum", ())]
    listed += [one["const"] for one in branches if "const" in one]
    return {as_text(value): f"{pointer} {as_text(value)}" for value in listed}


def _shapes(branches: list[Schema], pointer: str) -> list[Shape]:
    found: dict[str, Shape] = {}
    for one in branches:
        for choice in (choice for key in _CHOICES for choice in one.get(key, ())):
            if isinstance(choice, dict):
                name = _new(found, f"{pointer or 'payload'} as {_name(choice)}", choice)
                found.setdefault(name, Shape(name, choice))
    return list(found.values())


def _new(found: dict[str, Shape], name: str, schema: Schema) -> str:
    """The name, or one with a number where another shape has it."""
    taken, number = name, 1
    while taken in found and found[taken].schema != schema:
        number += 1
        taken = f"{name} ({number})"
    return taken


def _name(schema: Schema) -> str:
    if "title" in schema:
        return str(schema["title"])
    if "const" in schema:
        return as_text(schema["const"])
    if schema.keys() <= _TRIVIAL:
        return f"any {schema.get('type', 'value')}"
    if "contentSchema" in schema:
        return f"JSON text of {_name(schema['contentSchema'])}"
    if "enum" in schema:
        return f"one of {as_text(schema['enum'])}"
    return _features(schema) or str(schema.get("type", "another shape"))


def _features(schema: Schema) -> str:
    """What tells an object without a title from others: its fixed fields, else those it needs."""
    known = schema.get("properties", {}).items()
    fixed = [f"{name} {as_text(sub['const'])}" for name, sub in known if "const" in sub]
    needed = schema.get("required", ())
    return ", ".join(fixed) or (f"an object with {', '.join(needed)}" if needed else "")
