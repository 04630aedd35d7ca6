"""Opens nested JSON, so that one call into compiled code reaches what is inside.

A field that may hold JSON text becomes an object of two: its `text`, and the `json` which that
text is. A schema is opened alike: what it says of the text it says of `text`, and what
`contentSchema` says it says of `json`. An opened payload fits an opened schema exactly where
the payload fits the schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import orjson

from hookproof.payload.decode import decode_text, repeats_a_key, too_deep

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    # The names on the way to a field.
    Place = tuple[str, ...]

_LISTS: Final = ("allOf", "anyOf", "oneOf")
_SINGLE: Final = ("not", "if", "then", "else")
_COMBINED: Final = frozenset({*_LISTS, *_SINGLE})
# Keywords of an object that do not look into its fields; any other might into an opened one.
_OUTSIDE: Final = frozenset(
    {"$schema", "$defs", "$comment", "title", "description", "examples", "type", "required"}
    | {"minProperties", "maxProperties", "dependentRequired", "propertyNames", "properties"}
)


def texts_of(schema: Any) -> frozenset[Place]:
    """Where in an object a schema wants text to be read as JSON."""
    if not isinstance(schema, dict):
        return frozenset()
    found: set[Place] = set()
    for name, sub in schema.get("properties", {}).items():
        if _is_of_text(sub):
            found.add((name,))
        else:
            found |= {(name, *place) for place in texts_of(sub)}
    return frozenset(found).union(*map(texts_of, _parts(schema)))


def opened(schema: Any, texts: Collection[Place]) -> Any:
    """A schema of payloads in which the fields at these places are opened."""
    if not isinstance(schema, dict) or not texts:
        return schema
    made = _combined(schema, lambda part: opened(part, texts))
    made.pop("$defs", None)
    if "properties" in made:
        made["properties"] = {
            name: _opened_field(sub) if (name,) in texts else opened(sub, _below(name, texts))
            for name, sub in made["properties"].items()
        }
    return made


def is_out_of_reach(schema: dict[str, Any], texts: Collection[Place]) -> bool:
    """Whether a schema that is opened still says something that compiled code does not assert."""
    rest = opened(schema, texts)
    return _asks_for_json({**rest, "$defs": None}) or _looks_into_fields(schema, texts)


def opener(
    place: Place, *, bounded: bool = False, exact: bool = False
) -> Callable[[dict[str, Any]], bytes | None]:
    """Opens a field of payloads in place, and gives its JSON as orjson writes it.

    That is nothing where there is none, and None where it may repeat a key or nest too deep.

    `bounded` promises that the schema refuses what nests too deep. With `exact` the slow decoder
    settles what is in doubt, and what it finds fault with is left closed.
    """
    *way, name = place
    loads, dumps = orjson.loads, orjson.dumps

    def open_(payload: dict[str, Any]) -> bytes | None:
        if name not in payload:
            return b""
        text = payload[name]
        try:
            content, raw = loads(text), text.encode()
            anew = dumps(content)
        # The second one also of what is deeper than orjson writes, and no JSON to us.
        except (ValueError, TypeError, AttributeError):
            payload[name] = {"text": text}
            return b""
        if (anew != raw and repeats_a_key(raw, anew)) or not (bounded or not too_deep(raw)):
            payload[name] = _opened_exactly(text) if exact else text
            return anew if exact else None
        payload[name] = {"text": text, "json": content}
        return anew

    def open_below(payload: Any) -> bytes | None:
        for step in way:
            payload = payload.get(step) if type(payload) is dict else None
        return open_(payload) if type(payload) is dict else b""

    return open_below if way else open_


def _opened_exactly(text: str) -> dict[str, Any]:
    reading = decode_text(text)
    sound = reading.complete and not reading.problems
    return {"text": text, "json": reading.value} if sound else {"text": text}


def json_in(field: dict[str, Any]) -> Any:
    """The JSON in a field that was opened, as the exact decoder has it where orjson has none."""
    return field["json"] if "json" in field else decode_text(field["text"]).value


def _below(name: str, texts: Collection[Place]) -> set[Place]:
    return {place[1:] for place in texts if place[0] == name and len(place) > 1}


def _opened_field(schema: Any) -> Any:
    if not isinstance(schema, dict):
        return schema
    made = _combined(schema, _opened_field)
    content = made.pop("contentSchema", None)
    is_json = made.pop("contentMediaType", None) == "application/json"
    plain = {key: made.pop(key) for key in [*made] if key not in _COMBINED}
    made |= {"type": "object", "properties": {"text": plain}}
    if content is not None and is_json:
        asserted = {"required": ["json"], "properties": {"json": content}}
        no_text = {"properties": {"text": {"not": {"type": "string"}}}}
        # Of what is no text, contentSchema says nothing.
        inside = asserted if plain.get("type") == "string" else {"anyOf": [no_text, asserted]}
        made["allOf"] = [*made.get("allOf", ()), inside]
    return made


def _combined(schema: dict[str, Any], apply: Callable[[Any], Any]) -> dict[str, Any]:
    """A schema with something done to the schemas that speak of the same value."""
    made = dict(schema)
    for key in _COMBINED & schema.keys():
        made[key] = list(map(apply, schema[key])) if key in _LISTS else apply(schema[key])
    return made


def _parts(schema: dict[str, Any]) -> Iterator[Any]:
    for key in _LISTS:
        yield from schema.get(key, ())
    yield from (schema[key] for key in _SINGLE if key in schema)


def _is_of_text(schema: Any) -> bool:
    """Whether a schema of a value, or one of its alternatives, asks for the JSON in a text."""
    return isinstance(schema, dict) and (
        "contentSchema" in schema or any(map(_is_of_text, _parts(schema)))
    )


def _asks_for_json(node: Any) -> bool:
    if isinstance(node, list):
        return any(map(_asks_for_json, node))
    return isinstance(node, dict) and (
        "contentSchema" in node or any(map(_asks_for_json, node.values()))
    )


def _looks_into_fields(schema: Any, texts: Collection[Place]) -> bool:
    if not isinstance(schema, dict) or not texts:
        return False
    others = schema.keys() - _OUTSIDE - _COMBINED
    known = {key for key in others if key.startswith("x-") or isinstance(schema[key], bool)}
    below = schema.get("properties", {}).items()
    return (
        bool(others - known)
        or any(_looks_into_fields(part, texts) for part in _parts(schema))
        or any(_looks_into_fields(sub, _below(name, texts)) for name, sub in below)
    )
