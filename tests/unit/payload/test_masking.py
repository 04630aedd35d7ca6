"""Masked bodies: what they show, and what they hide."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hookproof.payload.body import BodyForm
from hookproof.payload.masking import MAX_SHOWN, mask_body, mask_text

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.mark.parametrize(
    ("body", "masked"),
    [
        ('{"name": "Bob-7", "n": -61.5e3}', '{"name": "xxx-0", "n": -00.0e0}'),
        ('{"a": [true, false, null, 12]}', '{"a": [true, false, null, 00]}'),
        ('{"url": "https://a.io/b?c=1"}', '{"url": "xxxxx://x.xx/x?x=0"}'),
        ('{\n  "a" : "b"\n}\n', '{\n  "a" : "x"\n}'),
        ('{"名": "张三🎥é٣"}', '{"名": "xxxx0"}'),
        ('{"a": "\\u0041\\n\\"b"}', '{"a": "x\\n\\"x"}'),
        ('{"a": "b", "a": "c"}', '{"a": "x", "a": "x"}'),
        ('{"a": 18446744073709551617}', '{"a": 00000000000000000000}'),
        ('{"a:": "b: c"}', '{"a:": "x: x"}'),
        ('"alice"', '"xxxxx"'),
        ("{}", "{}"),
    ],
)
def test_a_json_body_keeps_keys_and_structure(body: str, masked: str) -> None:
    """Letters become x and digits 0 in values; keys, literals, blanks and punctuation stay."""
    assert mask_body(body.encode()) == masked


def test_json_text_in_a_body_is_masked_inside() -> None:
    """Nested JSON keeps its keys too, and what only looks like it is text."""
    inner = json.dumps({"Duration": "61.5", "more": json.dumps({"who": "Bob"})})
    masked = json.loads(mask_body(json.dumps({"extra": inner, "b": "{Bob"}).encode()))
    assert masked["b"] == "{xxx"
    nested = json.loads(masked["extra"])
    assert nested["Duration"] == "00.0"
    assert json.loads(nested["more"]) == {"who": "xxx"}


@pytest.mark.parametrize(
    ("body", "masked"),
    [
        ("event=record&who=B%6Fb+1&x", "event=xxxxxx\n&who=xxx 0\n&x="),
        ("extra=%7B%22who%22%3A%22Bob%22%7D", 'extra={"who":"xxx"}'),
        ("%7B%22who%22%3A%22Bob%22%7D", '{"who":"xxx"}'),
        (
            'Array\n(\n    [who] => Bob\n 7\n    [in] => Array\n (\n [a] => {"b":1}\n )\n)\n',
            'Array\n(\n    [who] => xxx\n 0\n    [in] => Array\n (\n [a] => {"b":0}\n )\n)',
        ),
    ],
    ids=["form", "json-in-a-form", "percent-json", "print_r"],
)
def test_other_forms_keep_keys_and_structure(body: str, masked: str) -> None:
    """A form has a line for each field; escapes are undone, dumps keep their shape."""
    assert mask_body(body.encode()) == masked


@pytest.mark.parametrize(
    ("raw", "masked"),
    [
        (b'{"who": "Bob', '{"xxx": "xxx'),
        (b"Bob called 555", "xxx xxxxxx 000"),
        (b'{"a": "\xff\xfe"}', '{"x": "xx"}'),
        (b"a=%ZZ", "x=%xx"),
        (b"", ""),
    ],
)
def test_what_cannot_be_read_is_masked_to_the_last_byte(raw: bytes, masked: str) -> None:
    """Without structure nothing is a key, so nothing is kept."""
    assert mask_body(raw) == masked


def test_the_form_can_be_given() -> None:
    """What is told to be a form is masked as one."""
    assert mask_body(b"_ =1", form=BodyForm.FORM) == "_ =0"


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a": "' + b"b" * 5000 + b'"}',
        b'{"a": [' + b"1, " * 5000 + b"1]}",
        b"b" * 5000,
        b"a=" + b"b" * 5000,
        json.dumps({"a": json.dumps(["b" * 5000])}).encode(),
    ],
)
def test_2000_characters_are_shown(raw: bytes) -> None:
    """A longer body is cut, and says so."""
    masked = mask_body(raw)
    assert len(masked) == MAX_SHOWN == 2000
    assert masked.endswith("…")


def test_json_in_json_in_json_comes_to_an_end() -> None:
    """Beyond a few levels of nested text the keys are masked as well."""
    text = '{"Bob": "Bob"}'
    for _ in range(7):
        text = json.dumps({"a": text})
    assert "Bob" not in mask_text(text)


def texts(value: Any) -> Iterator[str]:
    """Every text in a value, keys left out."""
    if isinstance(value, str):
        yield value
        return
    for item in value.values() if isinstance(value, dict) else value:
        yield from texts(item)


@settings(derandomize=True, database=None, deadline=None)
@given(
    st.recursive(
        st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.just("key"), inner),
    )
)
def test_no_letter_or_digit_of_a_text_is_left(value: Any) -> None:
    """Of any text all that remains is punctuation, x and 0."""
    masked = mask_body(json.dumps({"key": value}, ensure_ascii=False).encode())
    assume(len(masked) < MAX_SHOWN)
    for text in texts(json.loads(masked)):
        assert text.isascii()
        assert {char for char in text if char.isalnum()} <= {"x", "0"}


@settings(derandomize=True, database=None, deadline=None)
@given(st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_no_digit_of_a_number_is_left(value: float) -> None:
    """Of a number sign, point and exponent remain."""
    masked = mask_body(json.dumps({"key": value}).encode())
    assert set(masked.removeprefix('{"key": ').removesuffix("}")) <= set("0-+.e")


@settings(derandomize=True, database=None, deadline=None)
@given(st.binary(), st.sampled_from([None, *BodyForm]))
def test_any_bytes_can_be_masked(raw: bytes, form: BodyForm | None) -> None:
    """Whatever a body is, masking gives a text of at most 2,000 characters."""
    assert len(mask_body(raw, form=form)) <= MAX_SHOWN
