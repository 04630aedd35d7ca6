"""A contract lowered for the generator loses nothing that `nest` does not give back."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from unit.conformance.parts import NAMES, callback

from hookproof.conformance.generation.fuzzer_schema import lower, nest, plain_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = {"type": "string", "contentMediaType": "application/json", "contentSchema": {}}


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    """All objects inside a value."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node:
        if isinstance(child, (dict, list)):
            yield from nodes(child)


def opened(schema: dict[str, Any], payload: dict[str, Any]) -> dict[str, Any]:
    """A payload with its nested JSON read, as the generator would make it."""
    found = {}
    for name, value in payload.items():
        place = schema["properties"].get(name, {})
        nested = any("contentSchema" in b for b in (place, *place.get("anyOf", ())))
        found[name] = json.loads(value) if nested and value and isinstance(value, str) else value
    return found


def hollow(value: Any) -> bool:
    """Whether an empty text, an empty object or null is in a value, at any depth."""
    if isinstance(value, (dict, list)) and value:
        return any(map(hollow, value.values() if isinstance(value, dict) else value))
    return value in ("", {}, None)


@pytest.mark.parametrize("name", NAMES)
def test_lowering_leaves_the_contract_alone(name: str) -> None:
    """The contract's own schema shares nothing with what is lowered."""
    one = callback(name)
    before = copy.deepcopy(one.schema)
    for node in list(nodes(lower(one))):
        node.clear()
    assert one.schema == before


@pytest.mark.parametrize("name", NAMES)
def test_a_lowered_schema_has_plain_keywords_only(name: str) -> None:
    """No nested JSON, no condition and no keyword of ours is left; objects are closed."""
    lowered = lower(callback(name))
    Draft202012Validator.check_schema(lowered)
    for node in schemas(lowered):
        assert not {"contentSchema", "contentMediaType", "if", "then", "else"} & set(node)
        assert not [key for key in node if key.startswith("x-")]
        if node.get("type") == "object":
            assert node["additionalProperties"] is False


def schemas(node: Any) -> Iterator[dict[str, Any]]:
    """The schemas inside a schema; names of properties are no keywords."""
    if isinstance(node, list):
        for item in node:
            yield from schemas(item)
    elif isinstance(node, dict):
        yield node
        for key, value in node.items():
            if key == "properties":
                yield from schemas(list(value.values()))
            elif key not in {"enum", "const", "required"}:
                yield from schemas(value)


@pytest.mark.parametrize("name", NAMES)
def test_the_signature_is_taken_out(name: str) -> None:
    """What the sender adds is not generated; all other fields are."""
    one, lowered = callback(name), lower(callback(name))
    place = one.signature.place
    signature = {place.field} if place.in_body else set()
    assert set(lowered["properties"]) == set(one.schema["properties"]) - signature
    assert set(lowered["required"]) == set(one.schema["required"]) - signature


@pytest.mark.parametrize("name", NAMES)
def test_documented_payloads_fit_the_lowered_schema_and_come_back(name: str) -> None:
    """Each example, its nested JSON opened, is one the generator may make, and nests to itself."""
    one = callback(name)
    check = Draft202012Validator(lower(one))
    place = one.signature.place
    for example in one.examples:
        bare = {k: v for k, v in example.payload.items() if k != place.field or not place.in_body}
        made = opened(one.schema, bare)
        # An empty URL and the empty readings of nested JSON are tried as documented variants.
        assert hollow(made) or check.is_valid(made)
        nested = nest(one.schema, made)
        assert opened(one.schema, nested) == made
        # A list that a page shows as text as well is generated as text alone.
        types = {name: type(value) for name, value in nested.items()}
        assert types.items() - {name: type(value) for name, value in bare.items()}.items() <= {
            (name, str) for name, value in bare.items() if isinstance(value, list)
        }


@pytest.mark.parametrize(
    ("schema", "value", "wanted"),
    [
        (TEXT, {"a": 1}, '{"a":1}'),
        (TEXT, [], "[]"),
        (TEXT, 1, "1"),
        (TEXT, True, "true"),
        (TEXT, "no JSON", "no JSON"),
        (TEXT, None, None),
        ({"anyOf": [{"type": "null"}, TEXT]}, {"a": "\u00e9"}, '{"a":"\u00e9"}'),
        ({"oneOf": [TEXT, {"const": ""}]}, "", ""),
        ({"properties": {"x": TEXT}}, {"x": [1], "y": [1]}, {"x": "[1]", "y": [1]}),
        ({"items": TEXT}, [{"a": 1}, "b"], ['{"a":1}', "b"]),
        (
            {**TEXT, "contentSchema": {"properties": {"x": TEXT}}},
            {"x": {"y": 1}},
            '{"x":"{\\"y\\":1}"}',
        ),
        ({}, {"a": {"b": 1}}, {"a": {"b": 1}}),
        (True, {"a": 1}, {"a": 1}),
        (None, [1], [1]),
    ],
)
def test_nesting_makes_text_where_the_contract_has_text(
    schema: Any, value: Any, wanted: Any
) -> None:
    """Values become JSON text at the places of nested JSON and nowhere else."""
    assert nest(schema, value) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (108.0, 108),
        (-0.0, 0),
        (1.5, 1.5),
        (2.0**53, 2.0**53),
        (1e300, 1e300),
        ("1.0", "1.0"),
        ({"a": [1.0, {"b": 2.0}]}, {"a": [1, {"b": 2}]}),
        (True, True),
        (None, None),
        (b"1.0", b"1.0"),
    ],
)
def test_whole_numbers_become_integers(value: Any, wanted: Any) -> None:
    """A number without a fraction is written without one; beyond 2^53 it stays what it is."""
    found = plain_numbers(value)
    assert found == wanted
    assert repr(found) == repr(wanted)
