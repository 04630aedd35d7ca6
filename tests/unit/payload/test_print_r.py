"""The dumps of PHP's print_r."""

from __future__ import annotations

import pytest

from hookproof.payload.body import BodyForm, read_body

NESTED = """Array
(
    [event] => record
    [extra] => Array
        (
            [TaskId] => 1
            [list] => Array
                (
                    [0] => a
                    [1] => b
                )

        )

    [appid] => 1
)
"""


def value_of(text: str) -> object:
    """The value of a dump that has no fault."""
    body = read_body(text.encode())
    assert body.form is BodyForm.PRINT_R
    assert body.reading.problems == ()
    assert body.reading.complete
    return body.value


def test_every_value_is_text() -> None:
    """A dump shows no types, so digits stay text and nothing is an empty text."""
    text = "Array\n(\n    [a] => 1\n    [b] => \n    [c] =>\n    [d e] => x => y\n)\n"
    assert value_of(text) == {"a": "1", "b": "", "c": "", "d e": "x => y"}


@pytest.mark.parametrize("text", ["Array\n(\n)\n", "Array\n(\n)", "Array(\n\n)"])
def test_an_empty_dump_is_an_empty_mapping(text: str) -> None:
    """A dump without entries is read."""
    assert value_of(text) == {}


def test_nested_arrays_are_mappings() -> None:
    """An array in an array comes as a mapping, lists too."""
    assert value_of(NESTED) == {
        "event": "record",
        "extra": {"TaskId": "1", "list": {"0": "a", "1": "b"}},
        "appid": "1",
    }


def test_a_dump_without_indentation_is_read() -> None:
    """Indentation carries no meaning: pages lose it."""
    text = "\n".join(line.strip() for line in NESTED.splitlines())
    assert value_of(text) == value_of(NESTED)


def test_line_ends_of_windows_are_read() -> None:
    """A dump with CRLF gives the same value, without carriage returns."""
    assert value_of(NESTED.replace("\n", "\r\n")) == value_of(NESTED)


def test_a_value_goes_on_over_lines() -> None:
    """A line without `[key] =>` continues the value above it."""
    text = 'Array\n(\n    [a] => {\n  "b": 1\n}\n    [c] => 2\n)\n'
    assert value_of(text) == {"a": '{\n  "b": 1\n}', "c": "2"}


@pytest.mark.parametrize("char", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\r"])
def test_only_line_ends_end_a_line(char: str) -> None:
    """A form feed, a line separator or a lone CR inside a value stays as it is."""
    assert value_of(f"Array\n(\n    [a] => x{char}y\n)\n") == {"a": f"x{char}y"}


def test_the_text_array_is_a_text() -> None:
    """A value that is the word Array is no nested array, and swallows no fields."""
    assert value_of("Array\n(\n    [a] => Array\n    [b] => 2\n)\n") == {"a": "Array", "b": "2"}


@pytest.mark.parametrize(
    "text",
    [
        "Array (",
        "Array\n(\n",
        "Array\n(\n    [a] => 1\n",
        "Array\n(\n    [a] => Array\n        (\n            [b] => 1\n        )\n",
    ],
)
def test_a_dump_that_is_cut_off_is_refused(text: str) -> None:
    """A dump without its closing parenthesis is refused, and the place is its end."""
    reading = read_body(text.encode()).reading
    [problem] = reading.problems
    assert problem.code == "HP114"
    assert problem.offset == len(text)
    assert not reading.complete


def test_text_after_a_dump_is_told() -> None:
    """Two dumps in a row are not silently one."""
    text = "Array\n(\n    [a] => 1\n)\n"
    reading = read_body((text + "\n" + text).encode()).reading
    [problem] = reading.problems
    assert problem.code == "HP107"
    assert reading.position(problem) == (6, 1)
    assert reading.value == {"a": "1"}


def test_deep_nesting_is_refused() -> None:
    """A dump of ten thousand levels is refused with a reason, not a crash."""
    text = "Array\n(\n" + "[a] => Array\n(\n" * 10_000
    assert [p.code for p in read_body(text.encode()).reading.problems] == ["HP108"]


def test_bytes_that_are_no_utf_8_are_placed() -> None:
    """The first byte that is no UTF-8 is named with line and column."""
    reading = read_body("Array\n(\n    [a] => 中".encode() + b"\xff\n)\n").reading
    [problem] = reading.problems
    assert problem.code == "HP101"
    assert reading.position(problem) == (3, 13)
