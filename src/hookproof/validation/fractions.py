"""Integers that are written as fractions: `1.0`, `1e3`. JSON Schema takes them, many do not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from hookproof.payload.decode import decode_text
from hookproof.schema.documented_fields import with_alternatives
from hookproof.validation.untyped import kinds_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hookproof.payload.scan import Path

    # What says whether an integer may be written as a fraction in JSON that orjson wrote.
    Hint = Callable[[bytes], object]

# As orjson writes a number without a fraction that is no integer; from this one on the second way.
_LARGE: Final = 10**16
_FEW: Final = 2
_POINT: Final = re.compile(rb"\.0").search
_EXPONENT: Final = re.compile(rb"e\+").search
_DOT, _PLUS = b".+"
# As anybody writes one.
_IN_TEXT: Final = re.compile(r"[0-9](?:\.[0-9]|[eE])").search


class Integers(NamedTuple):
    """Where a schema documents integers and no other numbers: the value itself, or in it.

    A value may be all that the branches of a schema say; `content` is the JSON that it is as text.
    """

    whole: bool
    members: dict[str, Integers]
    items: Integers | None
    content: Integers | None

    def fractions(self, value: Any, path: Path = ()) -> Iterator[Path]:
        """The paths at which such an integer stands as a number with a fraction."""
        if type(value) is float:
            if self.whole and value.is_integer():
                yield path
        elif isinstance(value, dict):
            for name, inner in self.members.items():
                if name in value:
                    yield from inner.fractions(value[name], (*path, name))
        elif isinstance(value, list) and self.items:
            for number, item in enumerate(value):
                yield from self.items.fractions(item, (*path, number))
        elif isinstance(value, str) and self.content and _IN_TEXT(value):
            yield from self.content.fractions(decode_text(value).value, path)


NO_INTEGERS: Final = Integers(whole=False, members={}, items=None, content=None)


def integers_of(*schemas: Any) -> Integers | None:
    """Where schemas that a value is held to document integers, None where nowhere."""
    there = [schema for schema in schemas if isinstance(schema, dict)]
    members: dict[str, list[Any]] = {}
    items: list[Any] = []
    contents: list[Any] = []
    for part in (one for schema in there for one in with_alternatives(schema)):
        for name, inner in part.get("properties", {}).items():
            members.setdefault(name, []).append(inner)
        items.append(part.get("items"))
        contents.append(part.get("contentSchema"))
    inside = {name: integers_of(*inner) for name, inner in members.items()}
    found = Integers(
        any(map(_is_whole, map(kinds_of, there))),
        {name: inner for name, inner in inside.items() if inner},
        integers_of(*items) if any(items) else None,
        integers_of(*contents) if any(contents) else None,
    )
    return found if any(found) else None


def few_inside(schema: Any, name: str) -> list[str] | None:
    """The members of the JSON in a field that are integers; None where they are many, or deep."""
    found = integers_of(schema)
    inside = found and found.members.get(name, NO_INTEGERS).content
    if not inside:
        return []
    flat = all(one == NO_INTEGERS._replace(whole=True) for one in inside.members.values())
    return [*inside.members] if flat and not inside.items and len(inside.members) <= _FEW else None


def _is_whole(kinds: set[str]) -> bool:
    return "integer" in kinds and "number" not in kinds


def hints_of(schema: Any) -> tuple[Hint | None, Hint | None]:
    """What tells soon that JSON holds none of these: of a payload, and of nested JSON in it.

    Each is None where nothing but text and real numbers is documented.
    """
    outside: list[dict[str, Any]] = []
    inside: list[dict[str, Any]] = []
    for node in _places(schema):
        outside.append(node)
        for part in with_alternatives(node):
            inside += _places(part.get("contentSchema"))
    return _hint(outside), _hint(inside)


def _places(schema: Any) -> Iterator[dict[str, Any]]:
    """The schemas of a value and of all that is in it, but for nested JSON."""
    if not isinstance(schema, dict):
        return
    yield schema
    for part in with_alternatives(schema):
        for inner in (*part.get("properties", {}).values(), part.get("items")):
            yield from _places(inner)


def _hint(nodes: list[dict[str, Any]]) -> Hint | None:
    kinds = [(node, kinds_of(node)) for node in nodes]
    whole = [node for node, kind in kinds if _is_whole(kind)]
    if not whole:
        return None
    # Whether a byte is there at all is known soonest.
    if all(map(_is_small, whole)):
        return lambda anew: _DOT in anew and _POINT(anew)
    return lambda anew: (_DOT in anew and _POINT(anew)) or (_PLUS in anew and _EXPONENT(anew))


def _is_small(node: dict[str, Any]) -> bool:
    """Whether an integer is surely smaller than those that orjson writes with an exponent."""
    return any(
        one.get("minimum", -_LARGE) > -_LARGE and one.get("maximum", _LARGE) < _LARGE
        for one in (node, *node.get("allOf", ()))
    )
