"""Opened payloads fit opened schemas exactly where payloads fit schemas."""

from __future__ import annotations

import random
from typing import Any

import orjson
import pytest
from unit.validation.mutations import put_odd, swap_values

from hookproof.contract import Contract
from hookproof.http.request import write_json
from hookproof.schema.compiled_schema import BYTE_LIMIT, CompiledSchema, compile_schema
from hookproof.schema.nested_json import is_out_of_reach, opened, opener, texts_of

JSON_TEXT = {"contentMediaType": "application/json"}
NUMBERS = {"type": "object", "properties": {"n": {"type": "integer"}}}
ASKED = {"type": "string", **JSON_TEXT, "contentSchema": NUMBERS}
SCHEMAS: dict[str, dict[str, Any]] = {
    "text alone": {"properties": {"a": ASKED}},
    "any type": {"properties": {"a": {**JSON_TEXT, "contentSchema": NUMBERS}}},
    "text or nothing": {"properties": {"a": {"anyOf": [{"const": ""}, {"type": "null"}, ASKED]}}},
    "not this json": {"properties": {"a": {"not": ASKED}}},
    "if it is json": {
        "properties": {"a": {"if": ASKED, "then": {"maxLength": 8}, "else": {"const": "x"}}}
    },
    "if another field asks": {"anyOf": [{"required": ["kind"]}, {"properties": {"a": ASKED}}]},
    "deeper": {"properties": {"in": {"type": "object", "properties": {"a": ASKED}}}},
    "another type of content": {"properties": {"a": {**ASKED, "contentMediaType": "text/plain"}}},
}
FIELDS: list[Any] = [
    *('{"n":1}', '{"n":"1"}', '{"n":1,"n":"2"}', "[]", "", "x", "no json", "1", ' {"n":2} ', "NaN"),
    *(None, 5, {"n": 1}, ["x"], '{"n":1e400}', '{"text":"x","json":{}}', {"text": "", "json": {}}),
]
PAYLOADS = [
    {},
    *({"a": field} for field in FIELDS),
    *({"a": field, "kind": 0} for field in FIELDS),
    *({"in": {"a": field}} for field in FIELDS),
    *({"in": field} for field in FIELDS),
]


def fits_opened(schema: dict[str, Any], payload: dict[str, Any]) -> bool | None:
    """Whether a payload fits once both are opened; None where its JSON is in doubt."""
    texts = sorted(texts_of(schema))
    copy = orjson.loads(write_json(payload))
    if any(opener(place)(copy) is None for place in texts):
        return None
    return bool(compile_schema(opened(schema, texts), keywords=BYTE_LIMIT).is_valid(copy))


@pytest.mark.parametrize("name", SCHEMAS)
def test_opening_changes_no_verdict(name: str) -> None:
    """What a schema says of JSON in a text, its opened form says of the opened payload."""
    schema = SCHEMAS[name]
    assert not is_out_of_reach(schema, texts_of(schema))
    told = {True: 0, False: 0}
    for payload in PAYLOADS:
        fits = fits_opened(schema, payload)
        if fits is None:
            assert '"n":1,"n"' in str(payload)
        else:
            assert fits == CompiledSchema(schema).accepts(payload), payload
            told[fits] += 1
    assert told[True]
    assert told[False] or name == "another type of content"


def test_opening_changes_no_verdict_on_callbacks() -> None:
    """The same holds for each callback with nested JSON, of its samples and mutations of them."""
    chance, contract = random.Random(7), Contract()
    callbacks = [contract.callback(name) for name in contract.names()]
    nesting = [callback for callback in callbacks if texts_of(callback.schema)]
    assert len(nesting) > 5
    told = {True: 0, False: 0, None: 0}
    for callback in nesting:
        accepts = CompiledSchema(callback.schema).accepts
        for example in callback.examples:
            mutated = [swap_values(chance, example.payload, example.payload) for _ in range(60)]
            for payload in [example.payload, *mutated]:
                fits = fits_opened(callback.schema, payload)
                told[fits] += 1
                assert fits is None or fits == accepts(payload), (callback.path, payload)
    assert told[True] > 100
    assert told[False] > 100


@pytest.mark.parametrize(
    ("schema", "where"),
    [
        (SCHEMAS["text alone"], {("a",)}),
        (SCHEMAS["if another field asks"], {("a",)}),
        (SCHEMAS["deeper"], {("in", "a")}),
        ({"properties": {"a": {"type": "string"}}}, set()),
        (True, set()),
    ],
)
def test_places_of_nested_json(schema: Any, where: set[tuple[str, ...]]) -> None:
    """Fields are found by name, beneath conditions and in objects."""
    assert texts_of(schema) == where


@pytest.mark.parametrize(
    "schema",
    [
        {"properties": {"list": {"type": "array", "items": ASKED}}},
        {"properties": {"a": {**ASKED, "contentSchema": {"properties": {"b": ASKED}}}}},
        {"properties": {"a": ASKED}, "additionalProperties": {"type": "string"}},
        {"properties": {"a": ASKED}, "enum": [{"a": "{}"}]},
        {"properties": {"in": {"properties": {"a": ASKED}, "const": {"a": "{}"}}}},
    ],
)
def test_out_of_reach(schema: dict[str, Any]) -> None:
    """In a list or in nested JSON nothing is opened, nor where a keyword looks into the field."""
    assert is_out_of_reach(schema, texts_of(schema))


@pytest.mark.parametrize("text", ['{"n":1,"n":1}', '{"n":{"m":1,"m":2}}'])
def test_a_repeated_key_is_in_doubt(text: str) -> None:
    """A decoder keeps one of two equal keys, so such JSON is not opened."""
    assert opener(("a",), bounded=True)({"a": text}) is None


def test_what_is_in_doubt_is_settled_exactly() -> None:
    """With time at hand, JSON that only looks as if it repeated a key is opened."""
    payload = {"a": '{"n":"\\u0022"}', "b": '{"n":1,"n":2}'}
    assert opener(("a",), exact=True)(payload)
    assert opener(("b",), exact=True)(payload)
    assert payload["a"] == {"text": '{"n":"\\u0022"}', "json": {"n": '"'}}
    assert payload["b"] == {"text": '{"n":1,"n":2}'}


def test_deep_json_is_in_doubt_unless_it_is_bounded() -> None:
    """JSON that nests over the limit is left to the exact way, or to a schema that refuses it."""
    deep = "[" * 200 + "]" * 200
    assert opener(("a",), bounded=False)({"a": deep}) is None
    assert opener(("a",), bounded=True)({"a": deep})


def test_put_odd_reaches_nested_json() -> None:
    """The mutations of these tests change what is inside of texts, not only the texts."""
    payload = {"a": '{"n":1}'}
    chance = random.Random(1)
    changed = {str(swap_values(chance, payload, payload)["a"]) for _ in range(40)}
    assert any(text.startswith('{"n":') and text != '{"n":1}' for text in changed)
    assert put_odd(chance, payload, payload).keys() == payload.keys()
