"""Narrow schemas: what fits one is valid, and nothing is to be told of it but quirks.

A narrow schema is a callback's schema, closed where fields are documented, with texts so short
that they keep their limits in bytes. So one call into compiled code answers what would
otherwise take a look for each thing that can be told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hookproof.schema.documented_fields import contents_of, named_types, with_alternatives
from hookproof.schema.nested_json import opened, texts_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from hookproof.schema.nested_json import Place

_BRANCHES: Final = ("anyOf", "oneOf", "allOf")
_WIDENING: Final = frozenset({"not", "if", "oneOf", "contains"})


def narrowed(schema: dict[str, Any], *, texts: Collection[Place] = ()) -> dict[str, Any]:
    """A schema that only payloads fit, `texts` opened, of which only quirks are to be told."""
    closed = opened(_closed(_short(schema)), texts)
    # Deeper ones are not closed: of what they hold, nothing is told.
    names = [place[0] for place in texts if len(place) == 1]
    fields = schema.get("properties", {})
    inner = [_closed_json(name, fields.get(name)) for name in sorted(names)]
    asked = [each for each in inner if each]
    return {"allOf": [closed, *asked]} if asked else closed


def is_bounded(schema: Any) -> bool:
    """Whether what fits a schema, once it is closed, can be only so deep, its nested JSON too."""
    # What only some payloads are asked for is not closed.
    if not isinstance(schema, dict) or texts_of({**schema, "properties": {}}):
        return False
    if "contentSchema" in schema and not is_bounded(schema["contentSchema"]):
        return False
    branches = [schema[key] for key in ("anyOf", "oneOf") if key in schema]
    settles = "const" in schema or "enum" in schema or any(map(_is_plain, schema.get("allOf", ())))
    return settles or any(all(map(is_bounded, each)) for each in branches) or _is_flat(schema)


def limits_bytes(node: Any) -> bool:
    """Whether a schema limits texts in bytes anywhere."""
    if isinstance(node, list):
        return any(map(limits_bytes, node))
    return isinstance(node, dict) and (
        "x-max-bytes" in node or any(map(limits_bytes, node.values()))
    )


def widens(node: Any) -> bool:
    """Whether a limit in bytes stands where a shorter one would let more pass."""
    if isinstance(node, list):
        return any(map(widens, node))
    return isinstance(node, dict) and any(
        limits_bytes(value) if key in _WIDENING else widens(value) for key, value in node.items()
    )


def _is_plain(schema: Any) -> bool:
    """Whether only values fit that have no others in them, by the types that are named."""
    types = named_types(schema) if isinstance(schema, dict) else set()
    return bool(types) and types.isdisjoint({"object", "array"})


def _is_flat(schema: dict[str, Any]) -> bool:
    """Whether the type of a value and of what is in it bounds its depth."""
    types = named_types(schema)
    if "object" in types:
        properties = schema.get("properties", {})
        return bool(properties) and all(map(is_bounded, properties.values()))
    if "array" in types:
        items = schema.get("items", {})
        return "items" not in items and is_bounded(items)
    return bool(types)


def _short(node: Any) -> Any:
    """A schema whose texts surely keep their limits in bytes: four for a character at most."""
    if isinstance(node, list):
        return [_short(item) for item in node]
    if not isinstance(node, dict):
        return node
    short = {key: _short(value) for key, value in node.items()}
    limit = node.get("x-max-bytes")
    if isinstance(limit, int):
        short["maxLength"] = min(limit // 4, node.get("maxLength", limit))
    return short


def _closed(schema: Any) -> Any:
    """A schema that nothing with an undocumented field fits; nested JSON is left as it is."""
    contents = contents_of(schema)
    if not contents.whole and not contents.each:
        return schema
    if any(key in schema for key in _BRANCHES):
        return {"allOf": [schema, contents.schema()]}
    closed = dict(schema)
    if "items" in schema:
        closed["items"] = _closed(schema["items"])
    if "properties" in schema:
        properties = schema["properties"].items()
        closed["properties"] = {name: _closed(sub) for name, sub in properties}
        closed["additionalProperties"] = False
    return closed


def _closed_json(name: str, field: Any) -> dict[str, Any] | None:
    """A schema that no JSON with an undocumented field fits, in a field that is opened."""
    branches = list(with_alternatives(field)) if isinstance(field, dict) else []
    contents = [contents_of(each["contentSchema"]) for each in branches if "contentSchema" in each]
    inside = [each.schema() for each in contents if each.whole or each.each]
    closed = {"allOf": inside} if len(inside) > 1 else dict(*inside)
    return {"properties": {name: {"properties": {"json": closed}}}} if inside else None
