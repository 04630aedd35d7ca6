"""Integers that are written as fractions: `1.0`, `1e3`. JSON Schema takes them, many do not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from hookproof.payload.decode import decode_text
from hookproof.schema.documented_fields import alternatives
from hookproof.validation.untyped import kinds_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hookproof.payload.scan import Path

    # What says whether an integer may be written as a fraction in JSON that orjson wrote.
    Hint = Callable[[bytes], object]

# As orjson writes a number without a fraction that is no integer; from this one on the second way.
_LARGE: Final = 10**16
_POINT: Final = re.compile(rb"\.0").search
_EXPONENT: Final = re.compile(rb"e\+").search
_DOT, _PLUS = b".+"


def fractions_in(schema: Any, value: Any, path: Path = ()) -> Iterator[Path]:
    """The paths at which an integer is documented and a number with a fraction stands."""
    if not isinstance(schema, dict):
        return
    if type(value) is float:
        kinds = kinds_of(schema)
        if value.is_integer() and "integer" in kinds and "number" not in kinds:
            yield path
        return
    for part in (schema, *alternatives(schema)):
        yield from _inside(part, value, path)


def _inside(schema: Any, value: Any, path: Path) -> Iterator[Path]:
    """The same of the members, the items, or the JSON that is text."""
    if isinstance(value, dict):
        for name, inner in schema.get("properties", {}).items():
            if name in value:
                yield from fractions_in(inner, value[name], (*path, name))
    elif isinstance(value, list) and "items" in schema:
        for number, item in enumerate(value):
            yield from fractions_in(schema["items"], item, (*path, number))
    elif isinstance(value, str) and "contentSchema" in schema:
        yield from fractions_in(schema["contentSchema"], decode_text(value).value, path)


def hints_of(schema: Any) -> tuple[Hint | None, Hint | None]:
    """What tells soon that JSON holds none of these: of a payload, and of nested JSON in it.

    Each is None where nothing but text and real numbers is documented.
    """
    outside: list[dict[str, Any]] = []
    inside: list[dict[str, Any]] = []
    for node in _places(schema):
        outside.append(node)
        for part in (node, *alternatives(node)):
            inside += _places(part.get("contentSchema"))
    return _hint(outside), _hint(inside)


def _places(schema: Any) -> Iterator[dict[str, Any]]:
    """The schemas of a value and of all that is in it, but for nested JSON."""
    if not isinstance(schema, dict):
        return
    yield schema
    for part in (schema, *alternatives(schema)):
        for inner in (*part.get("properties", {}).values(), part.get("items")):
            yield from _places(inner)


def _hint(nodes: list[dict[str, Any]]) -> Hint | None:
    kinds = [(node, kinds_of(node)) for node in nodes]
    whole = [node for node, kind in kinds if "integer" in kind and "number" not in kind]
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
