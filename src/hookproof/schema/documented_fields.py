"""The documented fields of a payload, and those that no page knows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from hookproof.payload.decode import decode_text
from hookproof.payload.pointer import to_pointer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from hookproof.payload.scan import Path


@dataclass(frozen=True, slots=True)
class Fields:
    """The documented fields of an object, and of the objects in it.

    `patterns` are expressions for names that are documented, too.
    """

    names: frozenset[str]
    inner: tuple[tuple[str, Fields], ...]
    items: tuple[tuple[str, Fields], ...]
    patterns: tuple[str, ...] = ()

    def knows(self, name: str) -> bool:
        """Whether a page knows a name."""
        return name in self.names or any(re.search(one, name) for one in self.patterns)


class Contents(NamedTuple):
    """The documented fields of a value: where it is an object, and of each where it is a list."""

    whole: Fields | None
    each: Fields | None

    def unknown(self, value: Any, base: str) -> list[str]:
        """Pointers to the fields of a value that no page knows."""
        if type(value) is not list:
            return unknown_fields(self.whole, value, base) if self.whole else []
        each = self.each
        found = (one for item in value if each for one in unknown_fields(each, item, f"{base}/*"))
        return list(dict.fromkeys(found))

    def schema(self) -> dict[str, Any]:
        """A schema that holds for exactly the values in which no field is unknown."""
        items = {"items": schema_of(self.each)} if self.each else {}
        return {**(schema_of(self.whole) if self.whole else {}), **items}


def fields_of(schema: Any) -> Fields | None:
    """The documented fields of a schema, those of all its alternatives together."""
    if not isinstance(schema, dict):
        return None
    properties: dict[str, Any] = {}
    patterns: dict[str, Any] = {}
    for part in with_alternatives(schema):
        properties.update(part.get("properties", {}))
        patterns.update(part.get("patternProperties", {}))
    if not properties and not patterns:
        return None
    inner = ((name, fields_of(sub)) for name, sub in properties.items())
    items = ((name, fields_of(_element_of(sub))) for name, sub in properties.items())
    return Fields(
        frozenset(properties),
        tuple((name, fields) for name, fields in inner if fields),
        tuple((name, fields) for name, fields in items if fields),
        tuple(patterns),
    )


def schema_of(fields: Fields) -> dict[str, Any]:
    """A schema that holds for exactly the values in which no field is unknown."""
    properties: dict[str, Any] = dict.fromkeys(sorted(fields.names), True)
    for name, inner in fields.inner:
        properties[name] = schema_of(inner)
    for name, inner in fields.items:
        before = properties[name] if isinstance(properties[name], dict) else {}
        properties[name] = {**before, "items": schema_of(inner)}
    patterns = (
        {"patternProperties": dict.fromkeys(fields.patterns, True)} if fields.patterns else {}
    )
    return {"properties": properties, **patterns, "additionalProperties": False}


def unknown_fields(fields: Fields, value: Any, base: str) -> list[str]:
    """Pointers to the fields of a value that no page knows; indexes of lists become *."""
    found: list[str] = []
    if type(value) is not dict:
        return found
    if not value.keys() <= fields.names:
        found = [base + to_pointer((name,)) for name in value if not fields.knows(name)]
    for name, inner in fields.inner:
        if name in value:
            found += unknown_fields(inner, value[name], f"{base}/{name}")
    for name, inner in fields.items:
        listed = value.get(name)
        for item in listed if type(listed) is list else ():
            found += unknown_fields(inner, item, f"{base}/{name}/*")
    return list(dict.fromkeys(found)) if found else found


def contents_of(schema: Any) -> Contents:
    """The documented fields of what a schema describes, an object or a list."""
    return Contents(fields_of(schema), fields_of(_element_of(schema)))


class Documented:
    """The documented fields of a callback, those of its nested JSON too."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self._fields = fields_of(schema)
        self._nested = [
            (name, contents_of(branch["contentSchema"]))
            for name, sub in schema.get("properties", {}).items()
            if isinstance(sub, dict)
            for branch in with_alternatives(sub)
            if "contentSchema" in branch
        ]

    def unknown(
        self, payload: dict[str, Any], *, inside: Callable[[str], Any] | None = None
    ) -> list[str]:
        """Pointers to all fields of a payload that no page knows, in nested JSON too.

        `inside` gives the JSON in a field that is text; None where there is none.
        """
        found = unknown_fields(self._fields, payload, "") if self._fields else []
        for name, contents in self._nested:
            text = payload.get(name)
            if isinstance(text, str):
                value = inside(name) if inside else decode_text(text).value
                found += contents.unknown(value, f"/{name}")
        return list(dict.fromkeys(found)) if found else found


class Parts(NamedTuple):
    """What schemas for one place say in all their alternatives, by where in a value it holds."""

    branches: list[dict[str, Any]]
    members: dict[str, list[dict[str, Any]]]
    items: list[dict[str, Any]]
    contents: list[dict[str, Any]]


def parts_of(*schemas: dict[str, Any]) -> Parts:
    """The schemas of each member, of the items and of the JSON text of a value of these schemas."""
    branches = [one for schema in schemas for one in with_alternatives(schema)]
    members: dict[str, list[dict[str, Any]]] = {}
    for one in branches:
        for name, inner in one.get("properties", {}).items():
            members.setdefault(name, []).extend([inner] if isinstance(inner, dict) else [])
    items, contents = (
        [one[key] for one in branches if isinstance(one.get(key), dict)]
        for key in ("items", "contentSchema")
    )
    return Parts(branches, members, items, contents)


def listed_values(schema: dict[str, Any]) -> list[Any]:
    """The values that `const` or `enum` allow; none where there is neither."""
    return [schema["const"]] if "const" in schema else list(schema.get("enum", ()))


def is_among(value: Any, values: Iterable[Any]) -> bool:
    """Whether a value is one of these; 1 and true are equal to Python and not to JSON."""
    return any((type(value), value) == (type(one), one) for one in values)


def named_types(schema: dict[str, Any]) -> set[str]:
    """The types that `type` names; none where it is not there."""
    named = schema.get("type", ())
    return {named} if isinstance(named, str) else set(named)


def with_alternatives(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The schema itself, then its alternatives."""
    yield schema
    yield from alternatives(schema)


def alternatives(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """All schemas that stand in for this one, at any depth of anyOf, oneOf and allOf."""
    for key in ("anyOf", "oneOf", "allOf"):
        for branch in schema.get(key, ()):
            if isinstance(branch, dict):
                yield branch
                yield from alternatives(branch)


def page_of(schema: Any, path: Path) -> dict[str, str]:
    """The page of what is said of a place, where the schema says so: `x-source` there or above."""
    found: dict[str, str] = {}
    level = [schema]
    for part in path:
        level = [inner for one in level for inner in _inside(one, part)]
        cited = (one["x-source"] for one in level if isinstance(one.get("x-source"), dict))
        found = next(cited, found)
    return found


def _inside(schema: dict[str, Any], part: str | int) -> Iterator[dict[str, Any]]:
    for one in with_alternatives(schema):
        content = one.get("contentSchema", {})
        for holder in (one, content) if isinstance(content, dict) else (one,):
            inner = holder.get("properties", {}).get(part) if isinstance(part, str) else None
            inner = holder.get("items") if isinstance(part, int) else inner
            if isinstance(inner, dict):
                yield from with_alternatives(inner)


def _element_of(schema: Any) -> dict[str, Any]:
    """What an element of a list may be, those of all its alternatives together."""
    branches = with_alternatives(schema) if isinstance(schema, dict) else ()
    return {"anyOf": [branch["items"] for branch in branches if "items" in branch]}
