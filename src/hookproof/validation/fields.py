"""The documented fields of a payload, and those that no page knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hookproof.payload.decode import decode_text

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Fields:
    """The documented fields of an object, and of the objects in it."""

    names: frozenset[str]
    inner: tuple[tuple[str, Fields], ...]
    items: tuple[tuple[str, Fields], ...]


def fields_of(schema: Any) -> Fields | None:
    """The documented fields of a schema, those of all its alternatives together."""
    if not isinstance(schema, dict):
        return None
    properties: dict[str, Any] = {}
    for part in (schema, *alternatives(schema)):
        properties.update(part.get("properties", {}))
    if not properties:
        return None
    inner = ((name, fields_of(sub)) for name, sub in properties.items())
    objects = ((name, sub) for name, sub in properties.items() if isinstance(sub, dict))
    items = ((name, fields_of(sub.get("items"))) for name, sub in objects)
    return Fields(
        frozenset(properties),
        tuple((name, fields) for name, fields in inner if fields),
        tuple((name, fields) for name, fields in items if fields),
    )


def schema_of(fields: Fields) -> dict[str, Any]:
    """A schema that holds for exactly the values in which no field is unknown."""
    properties: dict[str, Any] = dict.fromkeys(sorted(fields.names), True)
    for name, inner in fields.inner:
        properties[name] = schema_of(inner)
    for name, inner in fields.items:
        before = properties[name] if isinstance(properties[name], dict) else {}
        properties[name] = {**before, "items": schema_of(inner)}
    return {"properties": properties, "additionalProperties": False}


def unknown_fields(fields: Fields, value: Any, base: str) -> list[str]:
    """Pointers to the fields of a value that no page knows; indexes of lists become *."""
    found: list[str] = []
    if type(value) is not dict:
        return found
    if not value.keys() <= fields.names:
        found = [f"{base}/{_escape(name)}" for name in value if name not in fields.names]
    for name, inner in fields.inner:
        if name in value:
            found += unknown_fields(inner, value[name], f"{base}/{name}")
    for name, inner in fields.items:
        listed = value.get(name)
        for item in listed if type(listed) is list else ():
            found += unknown_fields(inner, item, f"{base}/{name}/*")
    return list(dict.fromkeys(found)) if found else found


class Documented:
    """The documented fields of a callback, those of its nested JSON too."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self._fields = fields_of(schema)
        contents = (
            (name, fields_of(branch.get("contentSchema")))
            for name, sub in schema.get("properties", {}).items()
            if isinstance(sub, dict)
            for branch in (sub, *alternatives(sub))
        )
        self._nested = [(name, fields) for name, fields in contents if fields]

    def unknown(self, payload: dict[str, Any]) -> list[str]:
        """Pointers to all fields of a payload that no page knows, in nested JSON too."""
        found = unknown_fields(self._fields, payload, "") if self._fields else []
        for name, fields in self._nested:
            text = payload.get(name)
            if isinstance(text, str):
                found += unknown_fields(fields, decode_text(text).value, f"/{name}")
        return list(dict.fromkeys(found))


def alternatives(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """All schemas that stand in for this one, at any depth of anyOf, oneOf and allOf."""
    for key in ("anyOf", "oneOf", "allOf"):
        for branch in schema.get(key, ()):
            if isinstance(branch, dict):
                yield branch
                yield from alternatives(branch)


def _escape(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
