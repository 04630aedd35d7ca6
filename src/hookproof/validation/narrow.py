"""Narrow schemas: what fits one is valid, and nothing is to be told of it but quirks.

A narrow schema is a callback's schema, closed where fields are documented, with texts so short
that they keep their limits in bytes. So one call into compiled code answers what would
otherwise take a look for each thing that can be told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from hookproof.payload.scan import MAX_DEPTH
from hookproof.validation.fields import alternatives, contents_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from hookproof.contract import Callback


_BRANCHES: Final = ("anyOf", "oneOf", "allOf")


@dataclass(frozen=True, slots=True)
class NestedText:
    """A top-level field that holds JSON text: what it may be besides, and what the JSON is."""

    name: str
    plain: frozenset[str]
    content: dict[str, Any]


def nested_texts(schema: dict[str, Any]) -> list[NestedText]:
    """The top-level fields of a schema that hold JSON text."""
    found = []
    for name, sub in schema.get("properties", {}).items():
        branches = [sub, *alternatives(sub)]
        content = next((b["contentSchema"] for b in branches if "contentSchema" in b), None)
        if content is not None:
            plain = {text for branch in branches for text in branch.get("enum", ())}
            plain |= {branch["const"] for branch in branches if "const" in branch}
            texts = frozenset(text for text in plain if isinstance(text, str))
            found.append(NestedText(name, texts, content))
    return found


def repeats_a_key(raw: bytes, anew: bytes) -> bool:
    """Whether a JSON text may name a key twice, by what it is written `anew`; False is sure.

    What is written as it came names no key twice, be it that slashes were escaped. Else the
    quotes tell: a decoder drops the first of two equal keys, and its quotes with it.
    """
    return (
        anew != raw
        and raw.replace(b"\\/", b"/") != anew
        and (anew.count(b'"') != raw.count(b'"') or b"\\u0022" in raw)
    )


def too_deep(raw: bytes) -> bool:
    """Whether a text may nest too deep; False is sure."""
    return raw.count(b"{") + raw.count(b"[") > MAX_DEPTH


def content_of_quirk(seen: dict[str, Any]) -> tuple[str, Any] | None:
    """The field and the schema of its JSON, where a quirk is one of a nested JSON alone."""
    match seen:
        case {"properties": {**properties}, "required": [str() as name], **rest} if not rest and [
            *properties
        ] == [name]:
            pass
        case _:
            return None
    field = properties[name]
    if not isinstance(field, dict) or field.get("type") != "string":
        return None
    texts = {"type", "contentMediaType", "contentSchema"}
    return (name, field["contentSchema"]) if field.keys() == texts else None


def narrowed(schema: dict[str, Any], *, fields: Collection[str] = ()) -> dict[str, Any]:
    """A schema that only payloads fit of which nothing is to be told but quirks.

    Undocumented `fields` at the top are asked for, any other does not fit.
    """
    properties = {**schema.get("properties", {}), **dict.fromkeys(fields, True)}
    required = [*schema.get("required", []), *fields]
    more = {"properties": properties, "required": required} if fields else {}
    return _closed(_short({**schema, **more}))  # type: ignore[no-any-return]


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
    """A schema that nothing with an undocumented field fits."""
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


def is_bounded(schema: Any) -> bool:
    """Whether what fits a schema, once it is closed, can be only so deep."""
    if not isinstance(schema, dict):
        return False
    if "const" in schema or "enum" in schema:
        return True
    if any(all(map(is_bounded, schema[key])) for key in ("anyOf", "oneOf") if key in schema):
        return True
    types = schema.get("type", "any")
    types = {types} if isinstance(types, str) else set(types)
    if "object" in types:
        properties = schema.get("properties", {})
        return bool(properties) and all(map(is_bounded, properties.values()))
    if "array" in types:
        items = schema.get("items", {})
        return "items" not in items and is_bounded(items)
    return "any" not in types


def beyond_reach(callback: Callback) -> bool:
    """Whether an assertion of ours stands where the fast lane does not look."""
    schema = callback.schema
    nested = {each.name for each in nested_texts(schema)}
    if _mentions({key: value for key, value in schema.items() if key != "properties"}):
        return True
    for name, sub in schema.get("properties", {}).items():
        if name in nested:
            contents = [
                b["contentSchema"] for b in (sub, *alternatives(sub)) if "contentSchema" in b
            ]
            if len(contents) != 1 or _mentions(contents[0]):
                return True
        elif _mentions(sub):
            return True
    return any(content_of_quirk(q.seen) is None and _mentions(q.seen) for q in callback.quirks)


def _mentions(node: Any) -> bool:
    if isinstance(node, list):
        return any(map(_mentions, node))
    return isinstance(node, dict) and (
        "contentSchema" in node or any(map(_mentions, node.values()))
    )
