"""Each difference of two schemas is told once, at its place, with what it means."""

from __future__ import annotations

from typing import Any

import pytest

from hookproof.contract import Contract
from hookproof.diff.schemas import compare_schemas

TEXT = {"type": "string"}
INT = {"type": "integer"}
DECIMAL = {"title": "DecimalString", "type": "string", "pattern": "^[0-9]+$"}
MOMENT = {"title": "UnixSeconds", "type": "integer", "minimum": 0}


def thing(properties: dict[str, Any], *required: str, **more: Any) -> dict[str, Any]:
    """An object with these fields."""
    return {"type": "object", "properties": properties, "required": list(required), **more}


def told(old: Any, new: Any) -> list[tuple[str, str, bool]]:
    """Place, kind and weight of all differences."""
    return sorted((d.where, d.kind, d.breaking) for d in compare_schemas(old, new))


@pytest.mark.parametrize(
    ("old", "new", "differences"),
    [
        (thing({}), thing({"a": TEXT}), [("/a", "field-added", False)]),
        (thing({}), thing({"a": TEXT}, "a"), [("/a", "field-required", True)]),
        (thing({"a": TEXT}), thing({}), [("/a", "field-removed", True)]),
        (thing({"a": TEXT}, "a"), thing({}), [("/a", "field-removed", True)]),
        (thing({"a": TEXT}), thing({"a": TEXT}, "a"), [("/a", "field-required", True)]),
        (thing({"a": TEXT}, "a"), thing({"a": TEXT}), [("/a", "field-optional", True)]),
        (TEXT, INT, [("", "type-changed", True)]),
        (INT, {"type": "number"}, [("", "type-changed", True)]),
        (INT, {"anyOf": [INT, DECIMAL]}, [("", "type-widened", True)]),
        ({"anyOf": [INT, DECIMAL]}, DECIMAL, [("", "type-narrowed", True)]),
        ({"type": ["string", "null"]}, {"anyOf": [{"type": "null"}, TEXT]}, []),
        ({"type": ["string", "null"]}, TEXT, [("", "type-narrowed", True)]),
        (DECIMAL, TEXT, [("", "type-changed", True)]),
        (MOMENT, INT, [("", "type-changed", True)]),
        ({}, TEXT, [("", "type-changed", True)]),
        (True, {}, []),
        ({"enum": ["a"]}, {"enum": ["a", "b"]}, [("", "value-added", True)]),
        ({"enum": ["a", "b"]}, {"const": "b"}, [("", "value-removed", True)]),
        ({"enum": ["a", "b"]}, {"enum": ["b", "a"]}, []),
        ({"const": 1}, {"const": True}, [("", "value-added", True), ("", "value-removed", True)]),
        ({"enum": ["a"]}, TEXT, [("", "type-changed", True)]),
        ({**INT, "maximum": 4}, {**INT, "maximum": 5}, [("", "limit-widened", True)]),
        ({**INT, "maximum": 5}, {**INT, "maximum": 4}, [("", "limit-narrowed", True)]),
        ({**INT, "minimum": 0}, INT, [("", "limit-widened", True)]),
        (INT, {**INT, "minimum": 0}, [("", "limit-narrowed", True)]),
        ({**TEXT, "x-max-bytes": 5}, {**TEXT, "x-max-bytes": 9}, [("", "limit-widened", True)]),
        ({**TEXT, "pattern": "^a$"}, {**TEXT, "pattern": "^b$"}, [("", "limit-changed", True)]),
        (
            {"type": "array", "items": INT},
            {"type": "array", "items": TEXT},
            [("/*", "type-changed", True)],
        ),
        ({"type": "array"}, {"type": "array", "items": INT}, [("/*", "type-changed", True)]),
        (thing({}, title="A"), thing({}, title="B"), [("", "model-renamed", True)]),
        (
            thing({"a": INT}, allOf=[{"if": {"required": ["a"]}, "then": {"required": ["b"]}}]),
            thing({"a": INT}),
            [("", "condition-changed", True)],
        ),
        (
            thing({"a": INT}, anyOf=[{"required": ["a"]}]),
            thing({"a": INT}, anyOf=[{"required": ["b"]}]),
            [("", "condition-changed", True)],
        ),
    ],
)
def test_what_a_difference_means(old, new, differences):
    """A field that nobody has to know is compatible; all else that payloads show is not."""
    assert told(old, new) == differences


def nested(schema: Any) -> dict[str, Any]:
    """Text that holds JSON."""
    return {"type": "string", "contentMediaType": "application/json", "contentSchema": schema}


def test_nested_json_is_compared_at_its_place():
    """A difference inside JSON text has the pointer that goes on into the text."""
    old = thing({"extra": nested(thing({"list": {"type": "array", "items": thing({"a": INT})}}))})
    new = thing({"extra": nested(thing({"list": {"type": "array", "items": thing({"a": TEXT})}}))})
    assert told(old, new) == [("/extra/list/*/a", "type-changed", True)]


def test_one_of_several_shapes_is_compared_with_its_namesake():
    """Shapes of a choice are paired by their titles, in whatever order they stand."""
    one, two = thing({"a": INT}, title="One"), thing({"b": INT}, title="Two")
    wider = thing({"b": INT, "c": INT}, title="Two")
    old, new = (nested({"anyOf": shapes}) for shapes in ([one, two], [wider, one]))
    assert told(old, new) == [("/c", "field-added", False)]
    assert told(old, nested({"anyOf": [one]})) == [("", "type-narrowed", True)]


def test_text_that_becomes_json_is_another_type():
    """Text and JSON text are two things to a receiver."""
    assert told(TEXT, nested({"type": "object"})) == [("", "type-changed", True)]


def test_what_stands_beside_a_choice_counts():
    """A limit beside the choices is one of each of them."""
    old = {"anyOf": [TEXT, {"type": "null"}], "maxLength": 5}
    new = {"anyOf": [TEXT, {"type": "null"}], "maxLength": 6}
    assert ("", "limit-widened", True) in told(old, new)


@pytest.mark.parametrize(
    "words",
    [
        {"description": "other words"},
        {"examples": [1]},
        {"format": "uri"},
        {"deprecated": True},
    ],
)
def test_words_are_no_difference(words):
    """Descriptions, examples and formats change nothing for a receiver, at any depth."""
    assert told(TEXT, {**TEXT, **words}) == []
    assert told(thing({"a": TEXT}), thing({"a": {"anyOf": [{**TEXT, **words}]}})) == []


def test_fields_named_like_words_are_fields():
    """A payload may well have a field that is called description."""
    old, new = thing({"description": TEXT}), thing({"description": INT})
    assert told(old, new) == [("/description", "type-changed", True)]


def test_nothing_differs_from_itself():
    """Every shipped schema equals itself."""
    contract = Contract()
    schemas = {name: contract.callback(name).schema for name in contract.names()}
    assert {name for name, schema in schemas.items() if told(schema, schema)} == set()
