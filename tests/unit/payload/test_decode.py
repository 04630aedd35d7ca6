"""The strict decoder: what it reads, what it refuses and why, and that two readers agree."""

from __future__ import annotations

import json
import math
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hookproof.payload.decode import MAX_BYTES, decode, decode_text
from hookproof.payload.scan import MAX_DEPTH, scan

QUICK = settings(max_examples=300, derandomize=True, database=None, deadline=None)

JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(min_value=-(2**63), max_value=2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)
PIECES = [
    *'{}[],:"\\',
    *("true", "false", "null", "NaN", "-", "0", "1", "9" * 19, ".5", "e1", '"a"', '"a":1'),
    *(" ", "\n", "\\u0022", "\\ud83d", "é", "😀", "\x00", "\ufeff", "//", "'"),
]
NEAR_JSON = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


def codes(raw: bytes) -> list[str]:
    """The codes of what is wrong with a text."""
    return [problem.code for problem in decode(raw).problems]


def place(raw: bytes) -> tuple[int, int]:
    """Line and column of the one thing wrong with a text."""
    reading = decode(raw)
    [problem] = reading.problems
    return reading.position(problem)


@pytest.mark.parametrize(
    ("raw", "code", "line", "column"),
    [
        pytest.param(b'{"a": "\xd6\xd0"}', "HP101", 1, 8, id="gbk"),
        pytest.param(b'{\n "a": "\xe4\xb8\xad\xff"}', "HP101", 2, 9, id="after-multi-byte"),
        pytest.param('{"a":1}'.encode("utf-16"), "HP101", 1, 1, id="utf-16"),
        pytest.param('{"a":1}'.encode("utf-16-le"), "HP101", 1, 1, id="utf-16-le"),
        pytest.param('{"a":1}'.encode("utf-16-be"), "HP101", 1, 1, id="utf-16-be"),
        pytest.param('{"a":1}'.encode("utf-32"), "HP101", 1, 1, id="utf-32"),
        pytest.param('{"a":1}'.encode("utf-32-le"), "HP101", 1, 1, id="utf-32-le"),
        pytest.param('{"a":1}'.encode("utf-32-be"), "HP101", 1, 1, id="utf-32-be"),
        pytest.param(b"", "HP102", 1, 1, id="empty"),
        pytest.param(b" \n\t\r\n", "HP102", 3, 1, id="blanks"),
        pytest.param(b"hello", "HP103", 1, 1, id="word"),
        pytest.param(b'{"a": 1,}', "HP103", 1, 9, id="comma-before-brace"),
        pytest.param(b"[1,\n2,\n]", "HP103", 3, 1, id="comma-before-bracket"),
        pytest.param(b'{"a" 1}', "HP103", 1, 6, id="no-colon"),
        pytest.param(b"{'a': 1}", "HP103", 1, 2, id="single-quotes"),
        pytest.param(b"{a: 1}", "HP103", 1, 2, id="bare-key"),
        pytest.param(b'{"a": tru}', "HP103", 1, 7, id="half-word"),
        pytest.param(b'{"a": "b\nc"}', "HP103", 1, 9, id="line-end-in-string"),
        pytest.param(b'{"a": "\\x41"}', "HP103", 1, 8, id="bad-escape"),
        pytest.param(b'{"a": "b', "HP103", 1, 7, id="open-string"),
        pytest.param(b'{"a": 1', "HP103", 1, 8, id="open-object"),
        pytest.param(b"[01]", "HP103", 1, 2, id="leading-zero"),
        pytest.param(b"[+1]", "HP103", 1, 2, id="plus"),
        pytest.param(b"[1.]", "HP103", 1, 2, id="point-at-the-end"),
        pytest.param(b"[1_000]", "HP103", 1, 2, id="underscore"),
        pytest.param("[\uff11]".encode(), "HP103", 1, 2, id="fullwidth-digit"),
        pytest.param("{\u00a0}".encode(), "HP103", 1, 2, id="no-break-space"),
        pytest.param(b'{"a": 1, "b": 2, "a": 3}', "HP104", 1, 18, id="duplicate"),
        pytest.param(b'{"a": {"b": 1,\n"b": 1}}', "HP104", 2, 1, id="nested-duplicate"),
        pytest.param(b'{"a": 1, "\\u0061": 2}', "HP104", 1, 10, id="duplicate-escaped"),
        pytest.param(b'{"\\u0022": 1, "\\"": 2}', "HP104", 1, 15, id="duplicate-quote"),
        pytest.param(b'{"\\u0022\\u0022": 1, "a": 2, "a": 3}', "HP104", 1, 29, id="quotes-beside"),
        pytest.param(b"[NaN]", "HP105", 1, 2, id="nan"),
        pytest.param(b'{"a": Infinity}', "HP105", 1, 7, id="infinity"),
        pytest.param(b'{"a": -Infinity}', "HP105", 1, 7, id="minus-infinity"),
        pytest.param(b'{"a": "\\ud800"}', "HP106", 1, 7, id="lone-surrogate"),
        pytest.param(b'{"\\udc00": 1}', "HP106", 1, 2, id="lone-surrogate-in-key"),
        pytest.param(b'{"a": "\\ude00\\ud83d"}', "HP106", 1, 7, id="surrogates-swapped"),
        pytest.param(b"{} {}", "HP107", 1, 4, id="two-values"),
        pytest.param(b'{"a":1}\n{"a":2}\n', "HP107", 2, 1, id="ndjson"),
        pytest.param(b"{} // end", "HP107", 1, 4, id="comment-after"),
        pytest.param(b"[" * 129 + b"]" * 129, "HP108", 1, 129, id="deep"),
        pytest.param(b'{"a":' * 128 + b"[" + b"]" + b"}" * 128, "HP108", 1, 641, id="deep-objects"),
        pytest.param(b" " * (MAX_BYTES + 1), "HP109", 1, 1, id="large"),
        pytest.param(b"[1e400]", "HP110", 1, 2, id="double-overflow"),
        pytest.param(b"[-1e400]", "HP110", 1, 2, id="negative-double-overflow"),
        pytest.param(b"[" + b"1" * 4301 + b"]", "HP110", 1, 2, id="4301-digits"),
        pytest.param(b'\xef\xbb\xbf{"a": 1}', "HP111", 1, 1, id="byte-order-mark"),
    ],
)
def test_what_is_wrong_is_named_and_placed(raw: bytes, code: str, line: int, column: int) -> None:
    """Each fault has its own code, and line and column of the very character."""
    assert codes(raw) == [code]
    assert place(raw) == (line, column)


@pytest.mark.parametrize("raw", [b'{"a": 1, "a": 2}', b'{"a": {"b": 1, "b": 2}}'])
def test_a_duplicate_key_leaves_the_last_value(raw: bytes) -> None:
    """A duplicate key is an error beside a value, the one that most decoders read."""
    reading = decode(raw)
    assert reading.complete
    assert reading.value == json.loads(raw)


def test_each_duplicate_is_a_fault_of_its_own() -> None:
    """Two keys that stand twice are two faults."""
    assert codes(b'{"a":1,"a":2,"b":{"c":1,"c":2}}') == ["HP104", "HP104"]


@pytest.mark.parametrize(
    "raw",
    [
        rb'{"a": "\u0022"}',
        rb'{"\u0022a": 1, "\"b": 2}',
        rb'{"a": "\\u0022"}',
        rb'{"a": "x\"y\"z"}',
        rb'[{"a": 1}, {"a": 2}]',
    ],
)
def test_escaped_quotes_are_no_duplicates(raw: bytes) -> None:
    """Quotes written as escapes are read as they are, and nothing is suspected."""
    reading = decode(raw)
    assert reading.problems == ()
    assert reading.value == json.loads(raw)


@pytest.mark.parametrize(
    "number",
    [
        0,
        2**53 + 1,
        2**63 - 1,
        2**63,
        2**64 - 1,
        2**64,
        10**30,
        -(2**53) - 1,
        -(2**63),
        -(2**63) - 1,
        -(2**64),
        10**4299,
        -(10**4299),
        int("9" * 4300),
    ],
    ids=lambda n: f"{'-' if n < 0 else ''}{len(str(abs(n)))}-digits",
)
def test_whole_numbers_are_exact(number: int) -> None:
    """A whole number of up to 4300 digits comes as the integer that it is."""
    for text in (f"{number}", f'{{"a": [{number}, 1]}}'):
        reading = decode(text.encode())
        assert reading.problems == ()
        assert json.dumps(reading.value) == json.dumps(json.loads(text))
    assert type(decode(str(number).encode()).value) is int


def test_4301_digits_are_refused_with_their_count() -> None:
    """The sign is no digit: a number is refused from 4301 digits on, and the count is told."""
    for text in ("1" * 4301, "-" + "1" * 4301):
        [problem] = decode(text.encode()).problems
        assert "4301 digits" in problem.message


@pytest.mark.parametrize("text", ["0.1", "1e3", "-0.0", "1E-400", "61.5", "170.612", "1.0"])
def test_other_numbers_are_doubles(text: str) -> None:
    """A number with a point or an exponent is the nearest double."""
    value = decode(text.encode()).value
    assert type(value) is float
    assert math.copysign(1, value) == math.copysign(1, float(text))
    assert value == float(text)


def test_128_levels_are_read() -> None:
    """Nesting is read down to 128 levels, lists and objects together."""
    assert MAX_DEPTH == 128
    text = '[{"a":' * 64 + "1" + "}]" * 64
    assert decode(text.encode()).value == json.loads(text)
    assert codes(b"[" * 128 + b"]" * 128) == []


def test_brackets_in_strings_are_no_depth() -> None:
    """Brackets inside a text do not count as levels."""
    assert decode(b'{"a": "' + b"[" * 500 + b'"}').complete


def test_what_is_long_is_not_read_slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many objects, and texts and numbers of many digits, give a sign of being odd and are not."""
    monkeypatch.setattr("hookproof.payload.decode._from_scan", None)
    for value in (
        [{"a": [n]} for n in range(MAX_DEPTH)],
        {"nonce": "18446744073709551616", "id": 2**64 - 1, "low": -(2**63), "part": 1e18},
    ):
        raw = orjson.dumps(value)
        assert decode(raw).value == value
    for odd in (b"[" * 129 + b"]" * 129, b'{"a":[{"b":18446744073709551616}]}', b"-1" + b"0" * 19):
        with pytest.raises(TypeError):
            decode(odd)


def test_16_mib_are_read() -> None:
    """A body of exactly the limit is read, one byte more is refused."""
    assert decode(b" " * (MAX_BYTES - 2) + b"{}").value == {}
    assert codes(b" " * (MAX_BYTES - 1) + b"{}") == ["HP109"]


def test_null_is_a_value() -> None:
    """`null` is read as None, and the reading is complete."""
    reading = decode(b"null")
    assert reading.complete
    assert reading.value is None


def test_text_with_a_lone_surrogate_is_refused() -> None:
    """Text that no UTF-8 can hold is refused like its escape, and nothing is raised."""
    reading = decode_text('{"a": "\ud800"}')
    assert [problem.code for problem in reading.problems] == ["HP106"]


@given(JSON_VALUES)
@QUICK
def test_the_decoder_reads_what_python_reads(value: Any) -> None:
    """Any JSON value written by Python's encoder comes back as it was."""
    for text in (json.dumps(value), json.dumps(value, ensure_ascii=False, indent=1)):
        reading = decode(text.encode())
        assert reading.problems == ()
        assert json.dumps(reading.value) == json.dumps(value)


@given(JSON_VALUES)
@QUICK
def test_both_readers_agree(value: Any) -> None:
    """The slow reader and orjson give the same value for any JSON."""
    text = orjson.dumps(value).decode()
    found = scan(text)
    assert found.complete
    assert json.dumps(found.value) == json.dumps(orjson.loads(text))


@given(JSON_VALUES)
@QUICK
def test_spans_hold_the_values(value: Any) -> None:
    """What stands at the span of each value is that value's own text."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    for path, (start, end) in scan(text).values.items():
        expected = value
        for part in path:
            expected = expected[part]
        assert json.dumps(json.loads(text[start:end])) == json.dumps(expected)


@given(NEAR_JSON)
@settings(QUICK, max_examples=2000)
def test_what_is_nearly_json_is_judged_as_python_does(text: str) -> None:
    """What Python's decoder reads is read alike, what it refuses is refused, but for our rules."""
    reading = decode(text.encode())
    stricter = {problem.code for problem in reading.problems} - {"HP103", "HP107"}
    try:
        wanted = json.loads(text)
    except ValueError:
        assert not reading.complete
    else:
        assert reading.complete or stricter
        assert not reading.complete or json.dumps(reading.value) == json.dumps(wanted)


@given(st.binary(max_size=60) | NEAR_JSON.map(str.encode))
@settings(QUICK, max_examples=1000)
def test_no_bytes_raise(raw: bytes) -> None:
    """Whatever the bytes hold, the decoder answers, and a refusal has a reason and a place."""
    reading = decode(raw)
    assert reading.complete or reading.problems
    for problem in reading.problems:
        assert min(reading.position(problem)) >= 1
