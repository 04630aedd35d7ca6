"""The report of a receiver test as a program reads it."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from unit.report.findings import COMPOSE, HOSTILE, RECORD, covered, finding, report, result, written

from hookproof.conformance.checks import Check, Control, State
from hookproof.conformance.coverage.coverage import Aspect
from hookproof.conformance.running.report import CallbackResult, ReceiverReport
from hookproof.findings import Severity
from hookproof.report.as_json import output_schema

SCHEMA: dict[str, Any] = json.loads(output_schema("test"))


def read(told: ReceiverReport) -> dict[str, Any]:
    """A report as it is written, held to its schema."""
    text = written(told, "json")
    assert text.isascii()
    assert text.endswith("}\n")
    found: dict[str, Any] = json.loads(text)
    jsonschema.Draft202012Validator(SCHEMA).validate(found)
    return found


REPORTS = {
    "pass": report(),
    "fail": report(finding(), finding(severity=Severity.NOTE), finding(status=None)),
    "incomplete": report(incomplete="the time limit of 1 s did not suffice"),
    "unreachable": report(
        callbacks={RECORD: CallbackResult()}, unreachable="the connection was refused"
    ),
}


@pytest.mark.parametrize("verdict", REPORTS)
def test_every_report_holds_to_its_schema(verdict: str) -> None:
    """Whatever the verdict, the output is what `--schema` describes."""
    assert read(REPORTS[verdict])["verdict"] == verdict


def test_every_part_of_a_report_is_written() -> None:
    """Target, seed, totals, callbacks, findings, what was not tested, and the reason."""
    told = report(finding(count=4), untested={"a_b": "no secret"}, incomplete="too short")
    found = read(told)
    assert (found["target"], found["seed"]) == ("http://127.0.0.1:8000/", 7)
    assert found["totals"] == {"requests": 2468, "causes": 1, "error": 1, "warning": 0, "note": 0}
    assert list(found["callbacks"]) == [RECORD, COMPOSE]
    assert found["untested"] == {"a_b": "no secret"}
    assert found["reason"] == "too short"
    assert found["causes"] == [
        {
            "number": 1,
            "severity": "error",
            "code": "HP402",
            "title": "refuses conforming payloads",
            "what": "refuses conforming payloads: /replay_url a long text: wanted an "
            "acknowledgement, got 400 no",
            "callbacks": [RECORD],
            "count": 4,
            "next": "accept it",
            "pages": ["https://example.com/page (2026-01-08)"],
        }
    ]
    assert found["findings"] == [
        {
            "number": 1,
            "code": "HP402",
            "severity": "error",
            "callback": RECORD,
            "where": "/replay_url",
            "message": "a long text: wanted an acknowledgement, got 400 no",
            "hint": "accept it",
            "source": "https://example.com/page (2026-01-08)",
            "check": "accepts_conforming",
            "status": 400,
            "symptom": "",
            "wanted": "",
            "variants": [],
            "also_fails": [],
            "kind": "",
            "count": 4,
            "reproduce": "f=$(mktemp)\ncurl http://127.0.0.1/",
            "answer": "",
            "request": None,
            "case": None,
        }
    ]


def test_control_and_states_are_their_words() -> None:
    """Enumerations are written as the words of the schema, a control that was not sent as null."""
    states = {check.value: state for check, state in zip(Check, list(State) * 4, strict=False)}
    told = report(callbacks={RECORD: result(**states), COMPOSE: CallbackResult()})
    found = read(told)["callbacks"]
    assert found[RECORD] == {
        "control": "accepted",
        "requests": 1234,
        "latency": {},
        "checks": states,
        "coverage": {key: {"seen": 0, "documented": 0, "missed": []} for key in Aspect},
    }
    assert found[COMPOSE]["control"] is None


def test_latency_is_told_in_shares_of_the_answers() -> None:
    """Half, nine in ten, 99 in 100 and all answers came within so many seconds."""
    timed = CallbackResult(latencies=[n / 100 for n in range(200, 0, -1)])
    found = read(report(callbacks={RECORD: timed}))["callbacks"]
    assert found[RECORD]["latency"] == {"p50": 1.0, "p90": 1.8, "p99": 1.98, "max": 2.0}


def test_coverage_is_told_of_each_callback_and_of_all() -> None:
    """Counts, what was missed, and of how many callbacks a request was accepted."""
    told = report(callbacks={RECORD: CallbackResult(coverage=covered(3, "/a")), COMPOSE: result()})
    found = read(told)
    fields = {"seen": 3, "documented": 4}
    assert found["callbacks"][RECORD]["coverage"]["fields"] == {**fields, "missed": ["/a"]}
    assert found["coverage"]["fields"] == fields
    assert found["coverage"]["callbacks"] == {"seen": 1, "documented": 2}


def test_the_schema_knows_every_check_control_and_state() -> None:
    """What the code can say and what the schema allows are the same."""
    callback = SCHEMA["properties"]["callbacks"]["additionalProperties"]["properties"]
    assert callback["checks"]["required"] == [check.value for check in Check]
    assert set(callback["checks"]["additionalProperties"]["enum"]) == set(State)
    assert set(callback["control"]["enum"]) == {*Control, None}
    item = SCHEMA["properties"]["findings"]["items"]["properties"]
    assert set(item["severity"]["enum"]) == set(Severity)
    assert set(SCHEMA["properties"]["verdict"]["enum"]) == set(REPORTS)


@pytest.mark.parametrize(
    "part",
    [
        *("verdict", "target", "run", "totals", "callbacks", "coverage", "causes", "findings"),
        *("untested", "reason"),
    ],
)
def test_the_schema_refuses_a_report_without_a_part(part: str) -> None:
    """The schema is no empty promise: a report that lacks something does not hold to it."""
    found = read(REPORTS["fail"])
    del found[part]
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(found)


def test_hostile_text_is_written_exactly() -> None:
    """What came from outside is escaped by JSON and read back as it was."""
    told = report(finding(message=HOSTILE, where="/\ud800"))
    [found] = read(told)["findings"]
    assert (found["message"], found["where"]) == (HOSTILE, "/\ud800")
