"""A likened schema fits its value, and nothing that the schema it was made of refuses."""

from __future__ import annotations

import random
from typing import Any

import pytest
from unit.captures.lines import ODD
from unit.validation.mutations import put_odd

from hookproof.contract import Contract
from hookproof.schema.closed_schema import narrowed
from hookproof.schema.compiled_schema import compile_schema
from hookproof.schema.learned_schemas import likened, settled

WHOLE = {"type": "integer", "minimum": 0}
CLOSED: dict[str, Any] = {
    "type": "object",
    "required": ["a"],
    "properties": {"a": {"anyOf": [{"type": "string"}, WHOLE]}, "b": WHOLE, "c": True},
    "additionalProperties": False,
}
CASES: list[tuple[dict[str, Any], Any]] = [
    (CLOSED, {"a": 1}),
    (CLOSED, {"a": "x", "c": []}),
    ({"allOf": [CLOSED, {"properties": {"b": {"maximum": 5}}}]}, {"a": 1, "b": 3}),
    ({"allOf": [{"properties": {"a": WHOLE, "d": WHOLE}}, CLOSED]}, {"a": 1}),
    ({"allOf": [CLOSED, {"properties": {"a": True}, "additionalProperties": False}]}, {"a": 1}),
    ({**CLOSED, "patternProperties": {"^x": WHOLE}}, {"a": 1}),
    ({"properties": {"a": WHOLE}, "additionalProperties": WHOLE}, {"a": 1}),
    ({"if": {"required": ["a"]}, "then": CLOSED, "else": {"required": ["b"]}}, {"a": 1}),
    ({"if": {"required": ["a"]}, "then": CLOSED, "else": {"required": ["b"]}}, {"b": 1}),
    ({"properties": {"l": {"items": CLOSED}}}, {"l": [{"a": 1}, {"a": 2}]}),
    ({"properties": {"l": {"items": CLOSED}}}, {"l": [{"a": 1}, {"a": "x", "b": 2}]}),
    ({"properties": {"l": {"items": CLOSED, "maxItems": 1}}}, {"l": []}),
    ({"not": {"required": ["z"]}, "anyOf": [{"required": ["y"]}, CLOSED]}, {"a": 1}),
    ({"oneOf": [CLOSED, {"required": ["z"]}]}, {"a": 1}),
    ({"anyOf": [{"maxProperties": 1}, {"minProperties": 3}]}, {"a": 1}),
    ({"prefixItems": [WHOLE], "items": {"type": "string"}}, [1, "x"]),
]


def variations(value: Any) -> list[Any]:
    """Values that differ a little from one, and some that differ much."""
    if not isinstance(value, dict):
        return [*ODD, value, [*value, 1], [*value, "y"], value[:1]]
    less = [{k: v for k, v in value.items() if k != name} for name in value]
    other = [{**value, name: odd} for name in [*value, "b", "c", "d", "x", "z"] for odd in ODD]
    lists = [{**value, name: [*v, *v, {"a": 0}]} for name, v in value.items() if type(v) is list]
    return [*ODD, value, *less, *other, *lists, *({**each, "b": 1} for each in less)]


@pytest.mark.parametrize("number", range(len(CASES)))
def test_only_what_fits_the_schema(number: int) -> None:
    """Whatever fits the likened schema fits the schema, and the value itself does."""
    schema, value = CASES[number]
    fits, like = compile_schema(schema).is_valid, compile_schema(likened(schema, [value])).is_valid
    assert fits(value)
    assert like(value)
    for each in variations(value):
        assert fits(each) or not like(each), each


def test_other_fields_and_shapes_are_unlike() -> None:
    """Where no others are allowed, just the value's fields fit; and of shapes, just its own."""
    like = compile_schema(likened(CLOSED, [{"a": 1, "b": 2}])).is_valid
    assert like({"a": 7, "b": 0})
    assert not like({"a": 7})
    assert not like({"a": 7, "b": 0, "c": 0})
    assert not like({"a": "x", "b": 0})


def test_it_holds_for_callbacks() -> None:
    """What is like a sample of a callback fits the callback's narrow schema."""
    chance, contract, alike = random.Random(3), Contract(), 0
    for name in contract.names():
        callback = contract.callback(name)
        schema = narrowed(callback.schema)
        fits = compile_schema(schema).is_valid
        for example in callback.examples[:2]:
            payload = dict(example.payload)
            if fits(payload):
                likeness = likened(schema, [payload])
                like = compile_schema(likeness).is_valid
                assert like(payload)
                quirks = [
                    (compile_schema(one.seen), compile_schema(settled(one.seen, likeness)))
                    for one in callback.quirks
                ]
                for _ in range(20):
                    other = put_odd(chance, payload, payload)
                    assert fits(other) or not like(other), (name, other)
                    alike += like(other)
                    for whole, left in quirks:
                        assert not like(other) or whole.is_valid(other) == left.is_valid(other)
    assert alike > 100


@pytest.mark.parametrize(
    ("schema", "left"),
    [
        ({"required": ["a"]}, True),
        ({"required": ["z"]}, False),
        ({"not": {"required": ["a"]}}, False),
        ({"not": {"required": ["z"]}}, True),
        ({"properties": {"z": {"const": 1}}, "required": ["z"]}, False),
        ({"not": {"properties": {"z": {"const": 1}}, "required": ["z"]}}, True),
        ({"not": {"properties": {"z": {"const": 1}}}}, False),
        (
            {"properties": {"a": {"const": 1}}, "required": ["a"]},
            {"properties": {"a": {"const": 1}}},
        ),
        ({"not": {"properties": {"a": WHOLE}}}, {"not": {"properties": {"a": WHOLE}}}),
        ({"anyOf": [{"required": ["z"]}]}, {"anyOf": [{"required": ["z"]}]}),
        (True, True),
    ],
)
def test_what_is_settled_by_the_fields(schema: Any, left: Any) -> None:
    """Once it is known which fields are there, only what is asked of their values is left."""
    like = {
        "type": "object",
        "properties": {"a": True, "b": True},
        "additionalProperties": False,
        "minProperties": 2,
    }
    assert settled(schema, like) == left


def test_what_is_settled_by_the_values() -> None:
    """What a likened schema says of a value settles what else is asked of it, at any depth."""
    text = {"type": "string", "minLength": 3}
    things = {
        "type": "object",
        "properties": {"size": WHOLE, "name": text},
        "additionalProperties": False,
        "minProperties": 2,
    }
    like = {
        "type": "object",
        "properties": {"text": text, "list": {"type": "array", "items": things}},
        "required": ["text", "list"],
    }
    by_text = {"contains": {"properties": {"size": {"type": "string"}}, "required": ["size"]}}
    nameless = {"contains": {"not": {"required": ["name"]}}}
    for asked, left in (
        ({"properties": {"text": {"type": "null"}}}, False),
        ({"not": {"properties": {"text": {"const": "{}"}}}}, True),
        ({"properties": {"text": {"const": "abc"}}}, {"properties": {"text": {"const": "abc"}}}),
        ({"not": {"properties": {"list": {"type": "array", **by_text}}}}, True),
        ({"not": {"properties": {"list": nameless}}}, True),
        ({"allOf": [{"type": "object"}, {"properties": {"list": by_text}}]}, False),
        ({"properties": {"other": {"const": 1}}}, {"properties": {"other": {"const": 1}}}),
        ({"required": ["other"]}, {"required": ["other"]}),
        (
            {"properties": {"list": {"items": by_text}}},
            {"properties": {"list": {"items": by_text}}},
        ),
        ({"properties": {"text": {"type": "null"}}, "additionalProperties": False},) * 2,
    ):
        assert settled(asked, like) == left, asked
