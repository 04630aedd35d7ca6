"""JSON documents: each item of a list is a capture, and so is a request over several lines."""

from __future__ import annotations

import gzip
import json
import random
from typing import Any

import pytest
from unit.captures.reading import bodies, captures, marked, places, read

from hookproof.captures.capture import Capture, Unreadable
from hookproof.captures.formats import json_document
from hookproof.captures.formats.json_values import value_at
from hookproof.contract import Contract
from hookproof.payload.body import read_body
from hookproof.validation.validator import Validator

BODY = '{"event":"record","n":1.50}'


def faults(content: str | bytes, **options: Any) -> list[tuple[str, int, int]]:
    """Code, line and column of what cannot be read."""
    return [
        (item.code, item.origin.line, item.origin.column)
        for item in read(content, "json", **options)
        if isinstance(item, Unreadable)
    ]


def test_each_body_of_a_list_comes_as_it_stands() -> None:
    """Blanks, escapes and the spelling of numbers in an item are those of the file."""
    one, two = '{ "a" : 1.50,\r\n  "b":"\\u0041\\/"}', '{"c":12345678901234567890123}'
    content = f" [ {one} ,\n\t{two}\n]\n"
    assert bodies(content) == [one, two]
    assert places(content) == [(1, 1, 4), (2, 3, 2)]


def test_bodies_that_are_texts_come_without_their_escapes() -> None:
    """A list of texts, as a query of a column gives it, holds a body in each."""
    texts = [BODY, "event=record&n=1", '{"event":"直播"}']
    assert bodies(json.dumps(texts)) == texts


def test_what_is_no_object_in_a_list_is_judged_as_a_body() -> None:
    """A number or a list among the objects is a capture that no callback can be."""
    content = '[{"a":1},\n 5, null, ["x"]]'
    found = captures(content)
    assert [item.body for item in found] == [b'{"a":1}', b"5", b"null", b'["x"]']
    verdict = Validator(Contract()).judge(read_body(found[1].body), origin=found[1].origin)
    assert [(one.code, one.line, one.column) for one in verdict.findings] == [("HP115", 2, 2)]


def test_requests_of_a_list_keep_what_they_carry() -> None:
    """Headers, moment and URL come with the body, and a request without one is passed over."""
    requests = [
        {"method": "GET", "url": "/health", "body": ""},
        {"url": "/a", "headers": {"Sign": "x"}, "received_at": 12.5, "body": BODY},
        {"url": "/b", "headers": None, "body_base64": "eyJhIjoxfQ=="},
    ]
    one, two = captures(json.dumps(requests, indent=1))
    assert (one.url, one.headers, one.received_at) == ("/a", (("Sign", "x"),), 12.5)
    assert (one.body.decode(), two.body, two.headers) == (BODY, b'{"a":1}', None)
    assert (one.origin.record, two.origin.record) == (1, 2)


def test_mapped_fields_hold_in_a_list() -> None:
    """The fields that the options name are read from each item."""
    content = json.dumps([{"request": {"raw": BODY}, "when": 5}], indent=2)
    [found] = captures(content, body="request.raw", received_at="when")
    assert (found.body.decode(), found.received_at) == (BODY, 5)


@pytest.mark.parametrize(
    "content",
    [
        '[\n{"a":1},\n  {"extra_params": {"x":¦5}}]',
        '[{"a":1}, {"extra_params":\n {"y":0, "x":¦5}}]',
        '[\n {"url":"/",\n  "body":{"extra_params":{"x":¦5}}}]',
        '[{"url":"/","body":\n{\n"extra_params":{"x": ¦5}}}]',
        '[\n {"url":"/",\n  "body":"{\\"extra_params\\":{\\"x\\":¦5}}"}]',
        '[\n "{\\"extra_params\\":{\\"x\\":¦5}}"]',
        '{\n  "url": "/",\n  "body": {\n    "extra_params": "{\\"x\\":¦5}"\n  }\n}',
        '\n {"url":"/","body":\n"{\\"extra_params\\":{\\"x\\":¦5}}"}',
    ],
)
def test_a_place_in_an_item_is_one_in_the_file(content: str) -> None:
    """Line and column of a value lead to it, however its body is written."""
    text, wanted = marked(content)
    found = captures(text, "json")[-1]
    assert found.origin.place(read_body(found.body), ("extra_params", "x")) == wanted


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('[{"a":1},\n{"a":2,"b":¦,"c":[5]},{"a":3}]', "HP103"),
        ('[{"a":1},{"a":\n2 ¦"b":5},{"a":3}]', "HP103"),
        ('[{"a":1},\n{"url":"/","body":{"a":¦NaN}},{"a":3}]', "HP105"),
        ('[{"a":1},{"a":2}\n¦{"a":3}]', "HP103"),
        ('[{"a":1},{"a":2}¦},{"a":3}]', "HP103"),
        ('[{"a":1},{\n"a":5¦",\n"b":"x"},\n{"a":3}]', "HP103"),
        ('[{"a":1},{\n"a":"5,¦\n"b":"x"},\n{"a":3}]', "HP103"),
        ('[{"a":1},\n¦x, {"a":3}]', "HP103"),
        ('[{"a":1},{"url":"/","body":"{}"¦,},{"a":3}]', "HP103"),
        ('[{"a":1},{"url":"/","body":{},¦"url":"/x"},{"a":3}]', "HP104"),
        ('[{"a":1},{"a":2},{"a":3}]\n¦x', "HP107"),
    ],
)
def test_a_fault_in_a_list_is_told_once_and_hides_no_other_item(content: str, code: str) -> None:
    """What is wrong is told where it is, and what comes after it is read."""
    text, (line, column) = marked(content)
    found = bodies(text, "json")
    assert found[0] == '{"a":1}'
    assert '{"a":3}' in found
    assert [item for item in found if item.startswith("HP")] == [code]
    [(_, at_line, at_column)] = faults(text)
    # A comma too many is told at the bracket after it, a text without end where its line ends.
    assert at_line == line
    assert 0 <= at_column - column <= 1


@pytest.mark.parametrize(
    "content", ['[{"a":1},{"a":2,¦"b', '[{"a":1},{"a":2}¦', '[{"a":1},{"a":[¦', '[{"a":1},5¦']
)
def test_a_list_that_is_cut_off_is_told_at_its_end(content: str) -> None:
    """One fault, at the end or at the text that has none, and the items before it are read."""
    text, (line, column) = marked(content)
    assert bodies(text, "json")[0] == '{"a":1}'
    assert faults(text) == [("HP103", line, column)]


def test_what_is_neither_list_nor_request_is_a_body() -> None:
    """Who forces the format on a body has it judged as one."""
    assert bodies(BODY, "json") == [BODY]
    assert bodies("[]", "json") == ["HP120"]
    assert bodies("", "json") == ["HP102"]


def test_a_broken_request_is_told_where_it_is() -> None:
    """A document that was to be a request gives its one fault."""
    text, (line, column) = marked('{\n"url":"/",\n"body":"{}"\n¦"headers":{}}')
    assert faults(text) == [("HP103", line, column)]
    text, (line, column) = marked('{\n"url":"/",\n"body":"{}"}\n¦x')
    assert faults(text) == [("HP107", line, column)]


def test_an_item_over_the_limit_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """A body that is too long is one finding, one that cannot be held too, and the rest is read."""
    content = json.dumps([{"a": 1}, {"b": "x" * 100}, {"c": 1}])
    assert bodies(content, max_body=50) == ['{"a": 1}', "HP109", '{"c": 1}']
    monkeypatch.setattr(json_document, "MAX_ITEM", 300_000)
    for long in ({"b": "x" * 900_000}, {"b": ["]"] * 200_000}):
        content = json.dumps([{"a": 1}, long, {"c": 1}])
        assert bodies(content) == ['{"a": 1}', "HP109", '{"c": 1}']
    assert bodies(json.dumps({"url": "/", "body": "x" * 300_000}), "json") == ["HP109"]


def test_items_survive_the_borders_of_what_is_read_at_once() -> None:
    """A list of a megabyte gives every item whole, at its place."""
    rng = random.Random(5)
    items = [json.dumps({"n": n, "t": 'é"\\[{' * rng.randrange(99)}) for n in range(9000)]
    content = "[" + ",\n".join(items) + "]"
    assert len(content) > 1_000_000
    found = captures(content)
    assert [item.body.decode() for item in found] == items
    assert [item.origin.line for item in found] == list(range(1, 9001))


def test_an_archive_that_breaks_gives_the_items_before() -> None:
    """Where a compressed list is cut off, that is told, and of the torn item nothing else."""
    content = json.dumps([{"n": n, "t": str(random.Random(n).random())} for n in range(9000)])
    packed = gzip.compress(content.encode())
    found = read(packed[: len(packed) // 2], "json")
    assert len(found) > 1000
    assert all(isinstance(item, Capture) for item in found[:-1])
    assert isinstance(found[-1], Unreadable)
    assert found[-1].code == "HP100"


def test_a_value_is_the_same_wherever_a_reader_stops_to_look() -> None:
    """Values are tried on a piece first; what is cut off at its end is read whole."""
    words = [
        "12345",
        "-Infinity",
        "1.5e+10",
        '"\\u674e"',
        "true",
        '{"a": null}',
        '"x',
        "tru",
        "[1}",
    ]
    for word in words:
        for blanks in range(2048 - 24, 2048 + 2):
            text = f'["{"x" * blanks}", {word}, 7] '
            try:
                whole = json.loads(text, parse_int=str, parse_float=str)
            except json.JSONDecodeError:
                whole = None
            assert value_at(text, 0)[0] == whole
    for digits in range(2048 - 24, 2048 + 2):
        number = f"{'1' * digits}.5e+10"
        assert value_at(f"{number}, 7", 0) == (number, len(number))
