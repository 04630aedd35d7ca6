"""The tree of fields has every documented field, with its types and the shapes inside."""

from __future__ import annotations

import pytest
from each import each
from unit.describe.made import SALE

from hookproof.contract import Contract
from hookproof.describe.fields import Field, fields_of, python_type

MOMENT = {"title": "UnixMilliseconds", "type": "integer", "minimum": 0}
DECIMAL = {"title": "DecimalString", "type": "string", "pattern": "^[0-9]+$"}


@pytest.mark.parametrize(
    ("schema", "python", "wire"),
    [
        ({"type": "string"}, "str", "text"),
        ({"type": "string", "maxLength": 9, "x-max-bytes": 9}, "str", "text, at most 9 bytes"),
        ({"type": "string", "minLength": 1}, "str", "text, not empty"),
        ({"type": "boolean"}, "bool", "true or false"),
        ({"const": "a"}, "Literal['a']", 'exactly "a"'),
        ({"enum": [1, None]}, "Literal[1] | None", "one of 1, null"),
        ({"type": "null"}, "None", "null"),
        ({"enum": [None]}, "None", "exactly null"),
        (DECIMAL, "int", "text (DecimalString)"),
        (MOMENT, "datetime", "an integer (UnixMilliseconds)"),
        ({"anyOf": [MOMENT, DECIMAL, MOMENT]}, "datetime | int", None),
        ({"type": ["integer", "null"]}, "int | None", "an integer or null"),
        (
            {"type": "array", "items": {"type": "number"}},
            "list[float]",
            "a list, each one a number",
        ),
        ({"type": "array"}, "list[Any]", "a list"),
        ({"type": "object"}, "dict", "an object"),
        ({"type": "object", "properties": {"a": {}}}, "ShopPlace", "an object"),
        ({}, "Any", "any JSON value"),
        (True, "Any", "any JSON value"),
        (
            {"type": "string", "contentMediaType": "application/json", "contentSchema": {}},
            "JsonText[Any]",
            "JSON text",
        ),
    ],
)
def test_types_on_the_wire_and_in_python(schema, python, wire):
    """A field is told in words for the wire, and as a generated model has it in Python."""
    (field,) = fields_of({"title": "Shop", "properties": {"place": schema}})
    assert field.python == python
    assert wire is None or field.wire == wire


def test_shapes_inside_json_text_are_part_of_the_tree():
    """Fields are found in JSON text, in elements of lists, and in each of several shapes."""
    tree = {field.name: field for field in fields_of(SALE)}
    assert [field.name for field in tree["extra"].inner] == ["parts", "wrap"]
    parts, wrap = tree["extra"].inner
    assert parts.required
    assert [(field.name, field.required) for field in parts.inner] == [
        ("Id", True),
        ("Kind", False),
    ]
    assert [(one.name, one.shape) for one in wrap.inner] == [("Part", True), ("Gift", True)]
    assert [field.name for field in wrap.inner[1].inner] == ["To"]


def named(fields: tuple[Field, ...]) -> set[str]:
    """All names of a tree."""
    return {name for one in fields for name in ({one.name} | named(one.inner))}


def test_no_documented_field_is_missing():
    """Every property anywhere in a shipped schema is in its tree."""

    def properties(node):
        if isinstance(node, list):
            return {name for item in node for name in properties(item)}
        if not isinstance(node, dict):
            return set()
        conditions = {"if", "then", "else", "not", "allOf", "enum", "const"}
        inner = {k: v for k, v in node.items() if k not in conditions}
        found = set(node.get("properties", {}))
        return found | {name for value in inner.values() for name in properties(value)}

    contract = Contract()
    for name in contract.names():
        schema = contract.callback(name).schema
        assert properties(schema) - named(fields_of(schema)) - {"properties"} == set(), name


@each("name", Contract().names())
def test_every_field_has_a_type_that_is_told(name):
    """No field is just a value, whatever stands beside its reference or its members."""

    def vague(fields: tuple[Field, ...]) -> list[str]:
        found = [one.name for one in fields if one.wire.endswith("a value")]
        return [*found, *(name for one in fields for name in vague(one.inner))]

    assert vague(fields_of(Contract().callback(name).schema)) == []


def test_python_type_of_any_schema():
    """A schema that says nothing admits anything."""
    assert python_type({}) == python_type(False) == "Any"  # noqa: FBT003


def test_a_shared_type_with_words_of_its_own_is_that_type() -> None:
    """What is beside `allOf` describes the field, and its type is that of what is referred to."""
    shared = {"title": "DecimalString", "type": "string", "pattern": "^(0|[1-9][0-9]{0,19})$"}
    schema = {"properties": {"id": {"description": "Ours.", "allOf": [shared]}}}
    [field] = fields_of(schema)
    assert (field.wire, field.python) == ("text (DecimalString)", "int")
    assert field.description == "Ours."


def test_one_shape_or_a_list_of_it_is_told_once() -> None:
    """An object and a list of the same objects have the same fields."""
    one = {"type": "object", "properties": {"code": {"type": "integer"}}}
    schema = {"properties": {"fault": {"anyOf": [one, {"type": "array", "items": one}]}}}
    [field] = fields_of(schema)
    assert [inner.name for inner in field.inner] == ["code"]


def test_a_field_names_its_own_page() -> None:
    """Where it rests on another than the callback."""
    page = {"page": "https://vendor.example/status", "date": "2026-01-02"}
    [field] = fields_of({"properties": {"status": {"type": "integer", "x-source": page}}})
    assert field.source
    assert field.source.page == page["page"]
