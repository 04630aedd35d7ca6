"""Values and schemas in a person's words: short, and safe for a terminal."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hookproof.text import SHOWN, cut, describe, show


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (18446744073709551616, "18446744073709551616"),
        (0.5, "0.5"),
        ("a", '"a"'),
        ("中", '"中"'),
        ([1, {"a": None}], '[1, {"a": null}]'),
        ('a"b', '"a\\"b"'),
        pytest.param(10**5000, "a number of more than 4300 digits", id="5001-digits"),
    ],
)
def test_a_value_is_shown_as_json(value: Any, text: str) -> None:
    """Short values are shown whole, as the JSON that they are."""
    assert show(value) == text


def test_80_characters_are_shown_whole() -> None:
    """A text of exactly 80 characters is kept, one more is cut and says so."""
    assert SHOWN == 80
    assert cut("a" * 80) == "a" * 80
    assert cut("a" * 81) == "a" * 79 + "…"
    assert show("中" * 5000) == '"' + "中" * 78 + "…"


@pytest.mark.parametrize(
    ("char", "escape"),
    [
        ("\x1b", "\\x1b"),
        ("\x00", "\\x00"),
        ("\n", "\\n"),
        ("\r", "\\r"),
        ("\x7f", "\\x7f"),
        ("\x9b", "\\x9b"),
        ("\u202e", "\\u202e"),
        ("\u200b", "\\u200b"),
        ("\u2028", "\\u2028"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_what_a_terminal_obeys_is_escaped(char: str, escape: str) -> None:
    """Control characters, marks that turn the text around and lone surrogates are escaped."""
    assert cut(f"a{char}b") == f"a{escape}b"
    assert char not in show(f"a{char}b")


def test_escapes_count_as_they_are_shown() -> None:
    """What is escaped takes its room: the text stays within 80 characters, no escape is split."""
    shown = cut("\x1b" * 500)
    assert shown == "\\x1b" * 19 + "…"
    assert len(cut("a" * 78 + "\x1b")) <= SHOWN


@given(st.text(alphabet=st.characters(), max_size=200))
@settings(max_examples=300, derandomize=True, database=None, deadline=None)
def test_nothing_long_and_nothing_unprintable_comes_through(text: str) -> None:
    """Whatever a value holds, what is shown of it is printable and at most 80 characters long."""
    for shown in (cut(text), show(text), show([text])):
        assert len(shown) <= SHOWN
        assert shown.isprintable()


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "string"}, "text"),
        ({"type": "integer", "minimum": 0, "maximum": 9}, "an integer, at least 0, at most 9"),
        ({"type": "number", "exclusiveMinimum": 0}, "a number, more than 0"),
        ({"type": ["string", "null"]}, "text or null"),
        ({"const": "x"}, 'exactly "x"'),
        ({"enum": ["x"]}, 'exactly "x"'),
        ({"enum": ["x", 1]}, 'one of "x", 1'),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, "an integer or null"),
        ({"type": "string", "title": "T", "pattern": "^a$"}, "text (T), matching ^a$"),
        (
            {"type": "string", "maxLength": 3, "x-max-bytes": 3},
            "text, at most 3 characters, at most 3 bytes",
        ),
        (
            {"contentMediaType": "application/json", "contentSchema": {"title": "T"}},
            "JSON text (T)",
        ),
        ({"contentMediaType": "application/json", "contentSchema": True}, "JSON text"),
        ({"type": "object"}, "an object"),
        ({}, "a value"),
        (True, "a value"),
    ],
)
def test_a_schema_is_told_in_words(schema: Any, words: str) -> None:
    """What a schema wants is one short line."""
    assert describe(schema) == words


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"allOf": [{"type": "integer"}, {"minimum": 3}]}, "an integer and at least 3"),
        ({"allOf": [{"enum": ["a"]}], "maxLength": 1}, 'exactly "a", at most 1 characters'),
        ({"allOf": [{"type": "string"}, {"type": "string"}]}, "text"),
        ({"allOf": [{"type": "array"}, {"const": []}]}, "a list and exactly []"),
        ({"allOf": [True, {"not": {}}]}, "a value"),
    ],
)
def test_a_schema_that_is_put_together_is_told_by_its_parts(
    schema: dict[str, Any], words: str
) -> None:
    """What its parts want, each once; nothing of those that say nothing of the kind."""
    assert describe(schema) == words
