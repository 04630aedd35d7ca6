"""The exact validator means by its keywords what ECMA, Rust and the contract mean."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest

from hookproof.contract import Contract
from hookproof.schema.compiled_schema import CompiledSchema
from hookproof.schema.reference import ReferenceValidator, byte_length


def valid(schema: Any, value: Any) -> bool:
    """The verdict of the exact validator; the fast one must share it."""
    exact = ReferenceValidator(schema).is_valid(value)
    assert CompiledSchema(schema).accepts(value) is exact
    return bool(exact)


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("^[0-9]{1,3}$", "12", True),
        ("^[0-9]{1,3}$", "12\n", False),
        ("^[0-9]{1,3}$", "\n12", False),
        ("^[0-9]{1,3}$", "12\r", False),
        ("^[0-9]{1,3}$", "\uff11\uff12", False),
        ("^[0-9]{1,3}$", "\u0661", False),
        ("^[0-9]{1,3}$", "", False),
        ("^a$|^b$", "a\n", False),
        ("^a$|^b$", "b\n", False),
        ("^a$|^b$", "b", True),
        ("^(a$|b)", "a\n", False),
        (r"^[0-9]+\$$", "12$", True),
        (r"^[0-9]+\$$", "12$\n", False),
        (r"^a\$", "a$\n", True),
        ("^[a$]+$", "a$", True),
        ("^[a$]+$", "a\n", False),
        (r"^[\]$]$", "$", True),
        (r"^\d$", "1", True),
        (r"^\d$", "\uff11", False),
        (r"^\w$", "é", False),
        ("b", "abc", True),
        ("^a.c$", "a\nc", False),
    ],
)
def test_a_pattern_ends_where_the_text_ends(pattern: str, text: str, *, matches: bool) -> None:
    """A "$" means the end of the text, wherever it stands: no line end may follow."""
    assert valid({"pattern": pattern}, text) is matches


def all_patterns(node: Any) -> set[str]:
    """Every pattern of a schema."""
    if isinstance(node, list):
        return {p for item in node for p in all_patterns(item)}
    if not isinstance(node, dict):
        return set()
    found = {node["pattern"]} if isinstance(node.get("pattern"), str) else set()
    return found | {p for value in node.values() for p in all_patterns(value)}


def test_the_patterns_of_the_contract_take_ascii_alone() -> None:
    """No pattern of the contract takes a line end, a blank or a digit of another script."""
    contract = Contract()
    schemas = [contract.callback(name).schema for name in contract.names()]
    for pattern in {pattern for schema in schemas for pattern in all_patterns(schema)}:
        for text in ("1\n", "1 ", " 1", "\uff11", "\u0661", "1\u0661", "\n", "1\x00"):
            assert not valid({"pattern": pattern}, text), (pattern, text)


@pytest.mark.parametrize(
    ("text", "size"), [("", 0), ("a", 1), ("é", 2), ("中", 3), ("😀", 4), ("\ud800", 3)]
)
def test_length_is_that_of_utf_8(text: str, size: int) -> None:
    """Bytes are counted as they travel, a lone surrogate with three."""
    assert byte_length(text) == size
    assert ReferenceValidator({"x-max-bytes": size}).is_valid(text)
    assert size == 0 or not ReferenceValidator({"x-max-bytes": size - 1}).is_valid(text)


def test_a_ref_with_its_own_dialect_keeps_our_keywords() -> None:
    """A referred file that names its own `$schema` would lose our keywords; expanded it does not.

    That is why no `$ref` is left in a schema that is judged.
    """
    inner = {"$schema": "https://json-schema.org/draft/2020-12/schema", "x-max-bytes": 1}
    referring = {"$ref": "#/$defs/short", "$defs": {"short": {"$id": "http://x/", **inner}}}
    assert ReferenceValidator(referring).is_valid("too long")
    assert not ReferenceValidator({"x-max-bytes": 1}).is_valid("too long")


def test_no_reference_is_left_in_the_contract() -> None:
    """The schemas that are judged hold neither `$ref` nor `$schema`."""
    contract = Contract()
    for callback in map(contract.callback, contract.names()):
        text = repr([callback.schema, *(quirk.seen for quirk in callback.quirks)])
        words = ("'$ref'", "'$schema'", "'$defs'")
        assert [word for word in words if word in text] == [], callback.path


@pytest.mark.parametrize(
    ("value", "schema", "wanted"),
    [
        (1.0, {"type": "integer"}, True),
        (True, {"type": "integer"}, False),
        (True, {"enum": [1]}, False),
        (0, {"const": False}, False),
        (1.0, {"const": 1}, True),
        (2**64, {"maximum": 2**64 - 1}, False),
        (2**64 - 1, {"maximum": 2**64 - 1}, True),
        (10**300, {"maximum": 2**64 - 1}, False),
        (-(10**300), {"minimum": 0}, False),
        (2**53 + 1, {"const": 2**53}, False),
        ("😀", {"maxLength": 1}, True),
        ("e\u0301", {"maxLength": 1}, False),
    ],
)
def test_both_validators_share_the_fine_points(value: Any, schema: Any, *, wanted: bool) -> None:
    """Truth is no number, whole doubles are integers, and big numbers are compared exactly."""
    assert valid(schema, value) is wanted


def test_the_fast_validator_asserts_neither_content_nor_bytes() -> None:
    """The fast validator alone lets nested JSON and byte lengths pass, so ours must not."""
    schema = {
        "contentMediaType": "application/json",
        "contentSchema": {"type": "integer"},
        "x-max-bytes": 1,
    }
    assert jsonschema_rs.Draft202012Validator(schema).is_valid('"not an integer"')
    assert not valid(schema, '"not an integer"')
