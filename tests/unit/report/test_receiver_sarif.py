"""The report of a receiver test as SARIF 2.1.0."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st
from unit.report.findings import COMPOSE, RECORD, all_texts, finding, full, report, stored, written

from hookproof.findings.explanation import explain
from hookproof.report.of_receiver import fingerprint

if TYPE_CHECKING:
    from hookproof.conformance.running.report import ReceiverReport

URI = re.compile(r"(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2}|%)*")


def read(told: ReceiverReport) -> dict[str, Any]:
    """The run of a log, held to what its consumers rely upon."""
    text = written(told, "sarif")
    assert text.isascii()
    log = json.loads(text)
    assert log["version"] == "2.1.0"
    [run] = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["occurrenceCount"] >= 1
        [location] = result["locations"]
        assert URI.fullmatch(location["physicalLocation"]["artifactLocation"]["uri"])
        assert location["logicalLocations"][0]["fullyQualifiedName"]
        assert "](" not in result["message"]["text"]
    return dict(run)


def test_a_result_has_request_and_answer() -> None:
    """Method, target, headers and body of both sides stand in a result; the signature does not."""
    result = read(full())["results"][0]
    assert result["webRequest"] == {
        "protocol": "HTTP",
        "version": "1.1",
        "method": "POST",
        "target": "http://127.0.0.1:8000/",
        "headers": {"Content-Type": "application/json"},
        "body": {"text": '{"event":"record","signature":"@@signature@@"}'},
    }
    assert result["webResponse"] == {
        "statusCode": 400,
        "headers": {"Server": "x"},
        "body": {"text": "no"},
    }
    assert result["locations"][0]["logicalLocations"] == [
        {"fullyQualifiedName": f"{RECORD}/replay_url", "kind": "member"}
    ]
    assert "Seen 3 times" in result["message"]["text"]


def test_a_body_that_is_no_text_and_silence_have_words_of_their_own() -> None:
    """Base64 is told as binary, and no answer as none received."""
    silent = finding(status=None, answer="no answer", request=stored(base64=True, body="/w=="))
    [result] = read(report(silent))["results"]
    assert result["webRequest"]["body"] == {"binary": "/w=="}
    assert result["webResponse"] == {"noResponseReceived": True, "reasonPhrase": "no answer"}


def test_a_rule_explains_its_code() -> None:
    """Each code that was seen is a rule with its explanation."""
    rules = read(full())["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["HP402", "HP410"]
    told = explain("HP402")
    assert rules[0]["fullDescription"] == {"text": f"{told.means} {told.matters}"}
    assert rules[0]["help"] == {"text": told.mend}
    assert rules[0]["helpUri"] == "https://example.com/page"


def test_a_rule_of_several_pages_links_to_none() -> None:
    """The page of one callback says nothing of another."""
    other = finding(callback=COMPOSE, source="https://example.com/b (2026-01-08)")
    [rule] = read(report(finding(), other))["tool"]["driver"]["rules"]
    assert "helpUri" not in rule


def test_a_run_that_proves_less_was_no_success() -> None:
    """Why it ended early and which areas were left out are notifications."""
    told = report(finding(), incomplete="too short", untested={"an_area": "no secret"})
    [invocation] = read(told)["invocations"]
    assert not invocation["executionSuccessful"]
    texts = [one["message"]["text"] for one in invocation["toolExecutionNotifications"]]
    assert texts == ["ended early: too short", "not tested: an_area (no secret)"]
    assert read(report())["invocations"] == [{"executionSuccessful": True}]


def test_findings_keep_their_identity() -> None:
    """Callback, check, code, status and place make the fingerprint; number and words do not."""
    assert fingerprint(finding(count=9, message="x")) == fingerprint(finding())
    assert fingerprint(finding(where="/x")) != fingerprint(finding())


@settings(derandomize=True, database=None, deadline=None)
@given(st.text(st.characters(exclude_categories=[]), min_size=1))
def test_any_text_makes_a_log(text: str) -> None:
    """Whatever a receiver says, the log is sound."""
    assert len(read(all_texts(text))["results"]) == 3
