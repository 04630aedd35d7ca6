"""Where a value stands in the capture, through every layer of decoding.

The wanted place is marked in the text by "¦", which is taken out before reading.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hookproof.payload.body import BodyForm, read_body
from hookproof.payload.locate import locate, string_origins
from hookproof.payload.scan import Path, scan

QUICK = settings(max_examples=300, derandomize=True, database=None, deadline=None)
MARK = "¦"


def marked(text: str) -> tuple[bytes, tuple[int, int]]:
    """The text without its mark, and line and column where it stood."""
    before, after = text.split(MARK)
    lines = before.split("\n")
    return (before + after).encode(), (len(lines), len(lines[-1]) + 1)


def escaped(text: str, *, ascii_only: bool = False) -> str:
    """The text as a JSON string literal, its mark kept as it is."""
    return json.dumps(text, ensure_ascii=ascii_only).replace(json.dumps(MARK)[1:-1], MARK)


def percent(text: str, *, plus: bool = False) -> str:
    """The text percent-encoded, its mark kept as it is."""
    encode = quote_plus if plus else lambda part: quote(part, safe="")
    return MARK.join(encode(part) for part in text.split(MARK))


class TestJson:
    """A JSON body."""

    @pytest.mark.parametrize(
        ("text", "path"),
        [
            ('¦{"a": 1}', ()),
            ('  \n ¦{"a": 1}', ()),
            ('{"a": ¦1}', ("a",)),
            ('{"a": 1,\n  "b": ¦"x"}', ("b",)),
            ('{"a": 1,\r\n\r\n  "b": ¦"x"}', ("b",)),
            ('{"a":\n\n¦null}', ("a",)),
            ('{"a": [1, {"b": ¦2}]}', ("a", 1, "b")),
            ('{"中文": "😀", "b": ¦2}', ("b",)),
            ('{"\\u0061": ¦1}', ("a",)),
            ('{"a": {"a": ¦1}}', ("a", "a")),
            ('{"a": 1, "a": ¦2}', ("a",)),
            ('{"a/b": {"~": ¦1}}', ("a/b", "~")),
            ('{"": ¦1}', ("",)),
            ('{"0": 1, "a": [¦1]}', ("a", 0)),
        ],
    )
    def test_a_value_is_found(self, text: str, path: Path) -> None:
        """Line and column count characters, and lines end with a line feed."""
        raw, place = marked(text)
        assert locate(read_body(raw), path) == place

    @pytest.mark.parametrize(
        ("text", "path"),
        [
            ('¦{"a": 1}', ("b",)),
            ('{"a": ¦{"b": 1}}', ("a", "c")),
            ('{"a": ¦{"b": 1}}', ("a", "c", "d", 3)),
            ('{"a": ¦[1]}', ("a", 1)),
            ('{"a": ¦1}', ("a", "b")),
            ('{"a": ¦""}', ("a", "b")),
        ],
    )
    def test_what_is_missing_is_placed_above(self, text: str, path: Path) -> None:
        """A value that is not there stands where the nearest one above it begins."""
        raw, place = marked(text)
        assert locate(read_body(raw), path) == place


class TestNested:
    """JSON that is text in JSON."""

    @pytest.mark.parametrize(
        ("inner", "path"),
        [
            ('¦{"a": 1}', ("b",)),
            ('{"a": ¦1}', ("a",)),
            ('{"a": {"b": [0, ¦"x"]}}', ("a", "b", 1)),
            ('{\n\t"a": "\\n\\"", "b": ¦1\n}', ("b",)),
            ('{"中": "😀", "b": ¦1}', ("b",)),
            ('{"\\u4e2d": "\\ud83d\\ude00", "b": ¦1}', ("b",)),
            ('{"a": "\\\\", "b": ¦1}', ("b",)),
            ('{"a/b": "c/d", "b": ¦1}', ("b",)),
            ('{"a": ¦[]}', ("a", 0)),
        ],
    )
    @pytest.mark.parametrize("ascii_only", [True, False])
    def test_a_value_is_found(self, inner: str, path: Path, *, ascii_only: bool) -> None:
        """Escapes of the outer text, surrogate pairs too, count as they are written."""
        raw, place = marked(f'{{"x": 1,\r\n "n": {escaped(inner, ascii_only=ascii_only)}}}')
        assert locate(read_body(raw), ("n", *path)) == place

    @pytest.mark.parametrize("ascii_only", [True, False])
    def test_two_levels_down_a_value_is_found(self, *, ascii_only: bool) -> None:
        """Text in text in text is followed to the very character."""
        innermost = '{"中": "😀\\n", "c": [true, ¦"x"]}'
        inner = f'{{"é": 0, "b": {escaped(innermost, ascii_only=ascii_only)}}}'
        raw, place = marked(f'[{{"a": {escaped(inner, ascii_only=ascii_only)}}}]')
        assert locate(read_body(raw), (0, "a", "b", "c", 1)) == place

    def test_optional_escapes_count_as_written(self) -> None:
        """An escaped slash or letter is one character of the inner text, however it is written."""
        raw, place = marked(r'{"n": "{\u0022a\/\u0062\ud83d\uDE00\": ¦1}"}')
        assert locate(read_body(raw), ("n", "a/b😀")) == place

    def test_text_that_is_no_json_stands_at_its_beginning(self) -> None:
        """A way into text that is no JSON ends at the text's first character inside the quotes."""
        raw, place = marked('{"n": "¦extra_params"}')
        assert locate(read_body(raw), ("n", "a")) == place


class TestForm:
    """A form body."""

    @pytest.mark.parametrize(
        ("text", "path"),
        [
            ("¦a=1&b=2", ()),
            ("a=¦1&b=2", ("a",)),
            ("a=1&b=¦2", ("b",)),
            ("xb=1&b=¦2", ("b",)),
            ("a=b=1&b=¦2", ("b",)),
            ("a=1&b=¦", ("b",)),
            ("a=1&%62=¦2", ("b",)),
            ("a=1&b+c=¦2", ("b c",)),
            ("b=1&b=¦2", ("b",)),
            ("¦a=1", ("z",)),
        ],
    )
    def test_a_field_is_found(self, text: str, path: Path) -> None:
        """A field stands where its value begins, under its decoded name; the last one counts."""
        raw, place = marked(text)
        assert locate(read_body(raw), path) == place

    @pytest.mark.parametrize("plus", [True, False])
    def test_nested_json_is_found(self, *, plus: bool) -> None:
        """Escapes of percent-encoding count three characters a byte, "+" one."""
        inner = percent('{"中 文": "+/ &=", "b": [0, ¦"x"]}', plus=plus)
        raw, place = marked(f"a=1&n={inner}&c=3\n")
        assert locate(read_body(raw), ("n", "b", 1)) == place

    def test_two_levels_down_a_value_is_found(self) -> None:
        """JSON text in JSON text in a form is followed to the very escape."""
        inner = f'{{"b": {escaped(json.dumps({"é": 1}).replace("1", MARK + "1"))}}}'
        raw, place = marked(f"a=1&n={percent(inner)}&c=3")
        assert locate(read_body(raw), ("n", "b", "é")) == place


class TestPercentJson:
    """JSON that is percent-encoded as a whole."""

    @pytest.mark.parametrize(
        ("text", "path"),
        [
            ('¦{"a": 1}', ()),
            ('{"a": ¦1}', ("a",)),
            ('{"中": "😀 +%", "b": {"c": ¦1}}', ("b", "c")),
            (
                f'{{"中": 1, "n": {escaped(chr(123) + chr(34) + "é" + chr(34) + ": ¦1}")}}}',
                ("n", "é"),
            ),
        ],
    )
    @pytest.mark.parametrize("plus", [True, False])
    @pytest.mark.parametrize("before", ["", " \n\n "])
    def test_a_value_is_found(self, text: str, path: Path, before: str, *, plus: bool) -> None:
        """A value stands where its first escape begins, blanks before the body included."""
        raw, place = marked(before + percent(text, plus=plus) + "\n")
        assert read_body(raw).form is BodyForm.PERCENT_JSON
        assert locate(read_body(raw), path) == place


class TestPrintR:
    """A dump of print_r."""

    @pytest.mark.parametrize(
        ("text", "path"),
        [
            ("¦Array\n(\n    [a] => 1\n)\n", ()),
            ("Array\n(\n    [a] => ¦1\n)\n", ("a",)),
            ("Array\n(\n[a] => 1\n[b] => ¦2\n)\n", ("b",)),
            ("Array\r\n(\r\n    [a] => 1\r\n    [b] => ¦2\r\n)\r\n", ("b",)),
            ("Array\n(\n    [a] => ¦\n)\n", ("a",)),
            ("Array\n(\n    [a] =>¦\n)\n", ("a",)),
            ("Array\n(\n    [x.y] => ¦1\n    [x-y] => 2\n)\n", ("x.y",)),
            ("Array\n(\n    [a] => 1\n  more\n    [b] => ¦2\n)\n", ("b",)),
            ("¦Array\n(\n    [a] => 1\n)\n", ("z",)),
            ("Array\n(\n    [a] => ¦Array\n        (\n        )\n\n)\n", ("a", "b")),
            (
                "Array\n(\n[a] => Array\n    (\n    [b] => 1\n    )\n\n[b] => ¦2\n)\n",
                ("b",),
            ),
            (
                "Array\n(\n[b] => 2\n[a] => Array\n    (\n    [b] => ¦1\n    )\n\n)\n",
                ("a", "b"),
            ),
            ('Array\n(\n    [n] => {"中": [0, ¦"x"]}\n)\n', ("n", "中", 1)),
            ('Array\n(\n    [n] => {\n  "a": 1,\n  "b": ¦2\n}\n)\n', ("n", "b")),
            ('Array\r\n(\r\n    [n] => {\r\n  "a": 1,\r\n  "b": ¦2\r\n}\r\n)\r\n', ("n", "b")),
            ('Array\n(\n    [n] => {"s": "{\\"é\\": ¦1}"}\n)\n', ("n", "s", "é")),
        ],
    )
    def test_a_value_is_found(self, text: str, path: Path) -> None:
        """A value stands after its arrow; a nested array's keys are its own."""
        raw, place = marked(text)
        assert locate(read_body(raw), path) == place


def nested(names: list[str]) -> tuple[str, Path]:
    """The number 987654321 under a name, in JSON text under a name, and so on; and its path."""
    content: Any = 987654321
    for index, name in enumerate(names):
        content = json.dumps({"é" * index: 0, name: content}, ensure_ascii=bool(index % 2))
    return content, tuple(reversed(names))


@given(st.lists(st.text(min_size=1), min_size=1, max_size=5))
@QUICK
def test_any_nesting_is_followed(names: list[str]) -> None:
    """What stands at the place found is the innermost value, whatever the names above it."""
    text, path = nested(names)
    place = locate(read_body(text.encode(), form=BodyForm.JSON), path)
    assert place.line == 1
    assert text[place.column - 1 :].startswith("987654321")


@given(st.text())
@QUICK
def test_every_character_of_a_string_has_an_origin(text: str) -> None:
    """The origins hold one offset for each character, rising, in both ways of writing."""
    for literal in (json.dumps(text), json.dumps(text, ensure_ascii=False)):
        origins = string_origins(literal)
        assert len(origins) == len(text)
        assert origins == sorted(set(origins))
        assert all(scan(f'"{literal[at:]}').value == text[i:] for i, at in enumerate(origins))


@given(
    st.binary(max_size=60)
    | st.text(alphabet='%7B2"{}[]=&+a1\n ()>Array\\', max_size=60).map(str.encode),
    st.sampled_from(BodyForm),
    st.lists(st.sampled_from(["a", "1", "", 0, 1]) | st.text(max_size=2), max_size=3),
)
@settings(QUICK, max_examples=1500)
def test_no_bytes_and_no_path_raise(raw: bytes, form: BodyForm, path: list[str | int]) -> None:
    """Whatever the body and whatever the path, there is a place, and it is in the text."""
    line, column = locate(read_body(raw, form=form), tuple(path))
    lines = raw.decode(errors="replace").split("\n")
    assert 1 <= line <= len(lines)
    assert 1 <= column <= len(lines[line - 1]) + 1


def test_a_form_with_a_mapping_is_found() -> None:
    """What the standard library writes as a form is found as well."""
    raw = urlencode({"a": "中", "n": '{"x": 1}'}).encode()
    place = locate(read_body(raw), ("n", "x"))
    assert raw.decode()[place.column - 1 :] == "1%7D"
