"""Where a value stands in a text that holds its body as a string."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hookproof.payload.locate import locate_in_json, locate_in_string
from hookproof.payload.problem import Position

FORM = "a=1&extra=%7B%22b%22%3A222%7D"
DUMP = "Array\n(\n    [a] => 1\n    [extra] => 222\n)\n"


def at(text: str, place: Position) -> str:
    """The text from a place on."""
    return "\n".join(text.split("\n")[place.line - 1 :])[place.column - 1 :]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize(
    ("body", "path", "found"),
    [
        ('{"a":111}', (), '"'),
        ('{"a":111}', ("a",), "111"),
        ('{"a":111}', ("none",), "{"),
        ('{"é\\n\U0001f600":[0,111]}', ("é\n\U0001f600", 1), "111"),
        ('{"a":"{\\"b\\":111}"}', ("a", "b"), "111"),
        ('{\n\n "a":\n111}', ("a",), "111"),
        (FORM, ("a",), "1&"),
        (FORM, ("extra",), "%7B"),
        (FORM, ("extra", "b"), "222"),
        (FORM, ("none",), "a=1"),
        ("%7B%22a%22%3A111%7D", ("a",), "111"),
        (" %7B%22a%22%3A111%7D", ("a",), "111"),
        (DUMP, ("extra",), "222"),
        ("no body", ("a",), "no body"),
        ("", ("a",), '"'),
    ],
)
def test_a_value_is_found(indent: int | None, body: str, path: Any, found: str) -> None:
    """A path leads through the string to the value, whatever the body's form."""
    text = json.dumps({"x": [0, body], "y": 111}, indent=indent, ensure_ascii=False)
    assert at(text, locate_in_json(text, ("x", 1, *path))).startswith(found)


def test_a_text_may_be_the_string_itself() -> None:
    """A JSON string alone is such a text."""
    text = json.dumps('{"a":111}')
    assert at(text, locate_in_json(text, ("a",))).startswith("111")


def test_without_a_value_the_text_begins() -> None:
    """What is no JSON, and a path to nowhere, have the first place."""
    assert locate_in_json("no JSON", ("a",)) == (1, 1)
    assert locate_in_json("null", ("a", "b")) == (1, 1)
    assert locate_in_string("no JSON", ("a",), Position(3, 4)) == (1, 1)


@pytest.mark.parametrize(
    ("place", "found"),
    [
        (Position(1, 1), "{"),
        (Position(1, 3), 'é\\"'),
        (Position(2, 1), "111"),
        (Position(2, 4), '"'),
        (Position(9, 9), '"'),
    ],
)
def test_a_place_in_the_string_is_found(place: Position, found: str) -> None:
    """A line and column of the string's value lead to the character that writes it."""
    text = '{"z":1,\n"x": ' + json.dumps('{"é":\n111', ensure_ascii=False) + "}"
    assert at(text, locate_in_string(text, ("x",), place)).startswith(found)


def test_a_place_in_what_is_no_string_is_its_beginning() -> None:
    """A value that is no string has no places inside."""
    assert locate_in_string('{"x": 1}', ("x",), Position(1, 5)) == (1, 7)
