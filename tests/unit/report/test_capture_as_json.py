"""The report on captures as a program reads it: JSON, and JSON by lines."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from unit.report.tallies import (
    COMPOSE,
    HOSTILE,
    INVALID,
    QUIRK,
    RECORD,
    clean,
    finding,
    hostile,
    tally,
    written,
)

from hookproof.findings import Kind, Severity
from hookproof.report.as_json import output_schema
from hookproof.validation_run.summary import Tally

SCHEMA: dict[str, Any] = json.loads(output_schema("validate"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def read(told: Tally) -> dict[str, Any]:
    """A report as it is written, held to its schema."""
    text = written(told, "json")
    assert text.isascii()
    assert text.endswith("}\n")
    found: dict[str, Any] = json.loads(text)
    VALIDATOR.validate(found)
    return found


TALLIES = {
    "empty": Tally(),
    "pass": clean(),
    "fail": tally(INVALID, QUIRK),
    "incomplete": tally(QUIRK, stopped="interrupted"),
    "hostile": hostile(),
}


@pytest.mark.parametrize("name", TALLIES)
def test_every_report_holds_to_its_schema(name: str) -> None:
    """Whatever was found, the output is what `--schema` describes."""
    found = read(TALLIES[name])
    assert found["verdict"] == {"empty": "pass", "hostile": "fail"}.get(name, name)


def test_every_part_of_a_report_is_written() -> None:
    """Verdict, totals, kinds, callbacks, and each group with number and places."""
    found = read(tally(INVALID, finding(line=9), QUIRK, examples=1, stopped="interrupted"))
    assert (found["verdict"], found["stopped"]) == ("fail", "interrupted")
    assert found["totals"] == {"captures": 3, "causes": 2, "error": 2, "warning": 1, "note": 0}
    assert found["kinds"] == dict.fromkeys(Kind, 0) | {"invalid": 2, "quirk": 1}
    assert found["callbacks"] == {
        COMPOSE: {"captures": 1, "failed": 0, "signatures": {"not checked": 1}},
        RECORD: {"captures": 2, "failed": 2, "signatures": {"not checked": 2}},
    }
    first, second = found["findings"]
    assert second["code"] == "HP230"
    assert [(cause["number"], cause["what"]) for cause in found["causes"]] == [
        (1, 'wrong type: /extra_params/Duration expected a number, found "61.5"'),
        (2, "documented contradiction seen: /event a: b; c"),
    ]
    assert first == {
        "number": 1,
        "code": "HP202",
        "severity": "error",
        "callback": RECORD,
        "where": "/extra_params/Duration",
        "message": 'expected a number, found "61.5"',
        "hint": "was the body written anew?",
        "source": "https://example.com/page (2026-01-08)",
        "file": "logs/a.ndjson",
        "line": 6,
        "column": 115,
        "expected": "a number",
        "found": '"61.5"',
        "kind": "invalid",
        "count": 2,
        "places": [{"file": "logs/a.ndjson", "record": 1, "line": 6, "column": 115}],
        "last": {"file": "logs/a.ndjson", "record": 2, "line": 9, "column": 115},
    }


def test_the_schema_knows_every_word() -> None:
    """What the code can say and what the schema allows are the same."""
    item = SCHEMA["properties"]["findings"]["items"]
    assert set(item["properties"]["severity"]["enum"]) == set(Severity)
    assert set(item["properties"]["kind"]["enum"]) == set(Kind)
    assert set(SCHEMA["properties"]["kinds"]["required"]) == set(Kind)
    assert set(item["required"]) == set(item["properties"])


@pytest.mark.parametrize(
    "part", ["verdict", "stopped", "run", "totals", "kinds", "callbacks", "causes", "findings"]
)
def test_the_schema_is_strict(part: str) -> None:
    """A report that lacks a part, or has one more, does not hold to it."""
    found = read(TALLIES["fail"])
    assert not VALIDATOR.is_valid({**found, "more": 1})
    del found[part]
    assert not VALIDATOR.is_valid(found)


def test_the_schema_is_strict_about_findings() -> None:
    """A group without its places, or with one that is off, does not hold to it."""
    for change in ({"places": []}, {"count": 0}, {"kind": "x"}, {"last": {}}, {"more": 1}):
        found = read(TALLIES["fail"])
        found["findings"][0].update(change)
        assert not VALIDATOR.is_valid(found)


def test_long_numbers_stay_what_they_are() -> None:
    """Found and expected values are texts, so that no reader rounds them."""
    told = tally(finding(found="18446744073709551617", expected="exactly 9007199254740993"))
    [group] = read(told)["findings"]
    assert group["found"] == "18446744073709551617"
    assert group["expected"] == "exactly 9007199254740993"


def test_hostile_text_is_written_exactly() -> None:
    """What came from outside is escaped by JSON and read back as it was."""
    found = read(hostile())
    assert found["stopped"] == HOSTILE
    assert {group["message"] for group in found["findings"]} == {HOSTILE}


@pytest.mark.parametrize("name", TALLIES)
def test_ndjson_is_the_same_in_lines(name: str) -> None:
    """A line for each finding, then the summary; together they are the JSON report."""
    text = written(TALLIES[name], "ndjson")
    assert text.isascii()
    *findings, last = [json.loads(line) for line in text.splitlines()]
    assert {**last["summary"], "findings": findings} == read(TALLIES[name])
