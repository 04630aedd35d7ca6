"""Turns a callback's schema into one a fuzzer understands, and its values back.

Nested JSON becomes a plain sub-schema, so that its inside is generated and broken too;
`nest` makes it text again. The signature is taken out: the wire adds the right one.
What is lowered is looser than the contract in places (conditions are dropped, for they
speak of the text and not of what is in it), so every generated payload is judged anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hookproof.http.request import write_json
from hookproof.payload.pointer import with_leaves

if TYPE_CHECKING:
    from hookproof.contract import Callback

URL_FORMAT: Final = "hookproof-url"
TEXT_FORMAT: Final = "hookproof-text"
# Characters in the longest text of these formats.
LONGEST_TEXT: Final = 120
# A double can hold 1e308 and no recording lasts that long; a receiver may store decimals.
_LARGEST_NUMBER: Final = 1_000_000_000

_DROPPED: Final = frozenset(
    {"if", "then", "else", "format", "examples", "title", "description", "contentMediaType"}
)


def lower(callback: Callback) -> dict[str, Any]:
    """The schema to generate from: nested JSON opened, objects closed, no signature."""
    schema: dict[str, Any] = _lower(callback.schema)
    place = callback.signature.place
    if place.in_body:
        schema["properties"].pop(place.field, None)
        schema["required"] = [one for one in schema.get("required", ()) if one != place.field]
    return schema


def nest(schema: Any, value: Any) -> Any:
    """A generated value as it travels: what the contract wants as JSON text becomes text.

    Text stays as it is (that is how text which is no JSON is tried), and so does null.
    """
    if not isinstance(schema, dict):
        return value
    content = _content(schema)
    if content is not None and not isinstance(value, str) and value is not None:
        return write_json(nest(content, value))
    if isinstance(value, dict):
        inner = schema.get("properties", {})
        return {name: nest(inner.get(name), item) for name, item in value.items()}
    if isinstance(value, list):
        return [nest(schema.get("items"), item) for item in value]
    return value


def mend(callback: Callback, payload: Any, *, turn: int) -> Any:
    """A payload that was to conform, with the fields that conditions speak of from an example.

    Conditions were dropped in lowering, so those fields may not go together. The examples take
    turns; a payload that is no object stays as it is.
    """
    fields = conditional_fields(callback.schema)
    if not fields or not isinstance(payload, dict):
        return payload
    example = callback.examples[turn % len(callback.examples)].payload
    kept = {name: value for name, value in payload.items() if name not in fields}
    return kept | {name: example[name] for name in example if name in fields}


def conditional_fields(schema: dict[str, Any]) -> frozenset[str]:
    """The fields that `if`, `then` and `else` of a schema speak of."""
    found: set[str] = set()
    for part in (schema, *schema.get("allOf", ())):
        for key in ("if", "then", "else"):
            found |= part.get(key, {}).get("properties", {}).keys()
    return frozenset(found)


def plain_numbers(value: Any) -> Any:
    """The value with whole numbers as integers.

    108.0 is an integer to JSON Schema and to the generator, and no vendor writes one so.
    """
    return with_leaves(value, _plain_number)


def _plain_number(value: Any) -> Any:
    is_whole = isinstance(value, float) and value.is_integer() and abs(value) < 2**53
    return int(value) if is_whole else value


def _content(schema: dict[str, Any]) -> Any:
    if "contentSchema" in schema:
        return schema["contentSchema"]
    branches = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
    return next((b["contentSchema"] for b in branches if "contentSchema" in b), None)


def _lower(node: Any) -> Any:
    if isinstance(node, list):
        return [_lower(item) for item in node]
    if not isinstance(node, dict):
        return node
    if "contentSchema" in node:
        return _lower(node["contentSchema"])
    lowered = {
        key: _lower_member(key, value)
        for key, value in node.items()
        if key not in _DROPPED and not key.startswith("x-")
    }
    if node.get("type") == "string" and "pattern" not in node:
        _make_text_quick(lowered, is_url=node.get("format") == "uri")
    if node.get("type") == "number":
        lowered.setdefault("maximum", _LARGEST_NUMBER)
    if "properties" in lowered and node.get("type") == "object":
        # Unknown fields are tried on purpose, not in nearly every payload.
        lowered["additionalProperties"] = False
    return lowered


def _make_text_quick(lowered: dict[str, Any], *, is_url: bool) -> None:
    """Draw a text from a format of ours: empty and control characters prove nothing if refused.

    Its limits go, for `edges` tries them on purpose, and a generator that looks for a text of
    exactly such a length among ours gives up after a hundred tries, each time.
    """
    if lowered.get("maxLength", LONGEST_TEXT) < LONGEST_TEXT:
        return
    lowered["format"] = URL_FORMAT if is_url else TEXT_FORMAT
    lowered.pop("maxLength", None)
    lowered.pop("minLength", None)


def _lower_member(key: str, value: Any) -> Any:
    if key in {"enum", "const", "required"}:
        return list(value) if isinstance(value, list) else value
    if key == "properties":
        return {name: _lower(schema) for name, schema in value.items()}
    return _lower(value)
