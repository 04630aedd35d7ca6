"""What stands beside a body: headers and moments in any writing, and where a field stands."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any

import pytest
from unit.captures.reading import bodies, captures

from hookproof.captures.formats.fields import headers_of, moment_of, span_of
from hookproof.captures.formats.format import Refused
from hookproof.payload.body import read_body
from hookproof.payload.problem import Position


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        (1481597358, 1481597358),
        (1481597358.25, 1481597358.25),
        (1481597358250, 1481597358.25),
        (1481597358250000, 1481597358.25),
        (1481597358250000000, 1481597358.25),
        ("1481597358", 1481597358),
        (" 1481597358.25 ", 1481597358.25),
        ("2016-12-13T02:49:18Z", 1481597358),
        ("2016-12-13T03:49:18.250+01:00", 1481597358.25),
        ("2016-12-13 02:49:18", 1481597358),
        *((value, None) for value in (None, "", "soon", True, [], {}, -5, float("nan"), 10**400)),
        ("1e5", None),
        ("-1", None),
        ("\uff11\uff14\uff18", None),
        ("9" * 30, None),
        ("0001-01-01T00:00:00Z", None),
        ("0001-01-01T00:00:00+23:00", None),
    ],
)
def test_moments(value: Any, moment: float | None) -> None:
    """Unix time in any unit and ISO 8601 are understood; what is no moment is none."""
    assert moment_of(value) == (None if moment is None else pytest.approx(moment, abs=1e-6))


@pytest.mark.parametrize(
    "value",
    [
        {"A": "1", "B": ["2", "3"]},
        [["A", "1"], ["B", "2"], ("B", "3")],
        [{"name": "A", "value": "1"}, {"key": "B", "value": 2}, {"name": "B", "value": 3}],
        "A: 1\r\nB: 2\nB:3\n\n",
        '{"A":"1","B":["2","3"]}',
        [[b"A", b"1"], ["B", 2], ["B", "3"]],
        ["A", "1", "B", "2", "B", "3"],
        ["A: 1", "B: 2", "B: 3"],
        "POST /cb HTTP/1.1\r\nA: 1\r\nB: 2\r\nB: 3\r\n\r\n",
        [{"A": "1"}, {"B": [50]}, {"B": "3"}],
        {"headers": [{"name": "A", "value": "1"}, {"B": "2"}, {"B": "3"}]},
        {"A": {"stringValue": "1"}, "B": [{"key": "B", "value": "2"}, {"Value": "3"}]},
    ],
)
def test_headers(value: Any) -> None:
    """Headers are read in all the ways in which tools write them."""
    assert headers_of(value) == (("A", "1"), ("B", "2"), ("B", "3"))


@pytest.mark.parametrize("value", [7, True, [1], [["A"]], ["A"], "no header", {"A": {}}])
def test_what_is_no_header_is_refused(value: Any) -> None:
    """Headers of no known shape are told and not dropped."""
    with pytest.raises(Refused, match="these are no headers"):
        headers_of(value)


def test_spans() -> None:
    """A field's span is found among any others, the last of two counts."""
    text = ' {"a" : {"b":[1,"}"]} , "c":"\\"{" ,\t"a":{"b": 1.0 }}'
    start, end = span_of(text, ("a", "b"))
    assert text[start:end] == "1.0"


def test_origins_without_a_text() -> None:
    """A body that stands in the file as it is needs nothing to lead back."""
    [found] = captures('x {"a":1}', "log")
    assert found.origin.place(read_body(found.body), ("a",)) == Position(1, 8)


@pytest.mark.parametrize(
    "flag",
    [{"isBase64Encoded": True}, {"body_encoding": "base64"}, {"encoding": "base64"}],
)
def test_what_says_how_a_body_is_written_is_obeyed(flag: dict[str, Any]) -> None:
    """Where nothing in the text itself tells that it is Base64, and where it says it is not."""
    record = {"body": b64encode(b"1 and all is well").decode(), "method": "POST", "headers": {}}
    for options in ({}, {"named": True}):
        assert bodies(json.dumps(record | flag), **options) == ["1 and all is well"]
        said = json.dumps(record | {"isBase64Encoded": False})
        assert bodies(said, **options) == [record["body"]]
