"""The report on captures as SARIF 2.1.0."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.report.tallies import (
    COMPOSE,
    DRIFT,
    INVALID,
    PAGE,
    QUIRK,
    RECORD,
    SIGNATURE,
    all_texts,
    clean,
    finding,
    hostile,
    tally,
    written,
)

from hookproof.findings import CODES
from hookproof.report.of_captures import captures_report
from hookproof.report.sarif import artifact_uri

if TYPE_CHECKING:
    from hookproof.validation_run.summary import Tally

URI_REFERENCE = re.compile(r"file:///[A-Za-z0-9._~/%:-]*|[A-Za-z0-9._~/%-]+")


def read(told: Tally) -> dict[str, Any]:
    """The run of a log, held to what its consumers rely upon."""
    text = written(told, "sarif")
    assert text.isascii()
    log = json.loads(text)
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    [run] = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert len(result["locations"]) == 1
        for location in (*result["locations"], *result.get("relatedLocations", ())):
            physical = location["physicalLocation"]
            assert URI_REFERENCE.fullmatch(physical["artifactLocation"]["uri"])
            assert all(number >= 1 for number in physical.get("region", {"": 1}).values())
    return run


def test_a_rule_for_each_code_that_was_seen() -> None:
    """Title, meaning, next step, weight and page of a code make its rule."""
    rules = read(tally(QUIRK, INVALID, INVALID))["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["HP202", "HP230"]
    assert rules[0] == {
        "id": "HP202",
        "shortDescription": {"text": "wrong type"},
        "fullDescription": {"text": "wrong type: breaks the contract"},
        "help": {"text": CODES["HP202"].hint},
        "defaultConfiguration": {"level": "error"},
        "properties": {"tags": ["webhook", "invalid"]},
        "helpUri": PAGE,
    }
    assert rules[1]["help"]["text"].startswith("nothing is broken")


def test_a_rule_of_several_pages_links_to_none() -> None:
    """The page of one callback says nothing of another; each result has its own."""
    other = finding(callback=COMPOSE, source="https://example.com/b (2026-01-08)")
    run = read(tally(INVALID, other))
    assert "helpUri" not in run["tool"]["driver"]["rules"][0]
    pages = [result["properties"]["page"] for result in run["results"]]
    assert pages == [INVALID.source, other.source]


@pytest.mark.parametrize(
    "source", ["", "no page", "javascript:alert(1)", "ftp://a/b", "https://a@b/", "http://a/<b>"]
)
def test_only_web_pages_are_linked(source: str) -> None:
    """What is no plain http or https address is no link."""
    [rule] = read(tally(finding(source=source)))["tool"]["driver"]["rules"]
    assert "helpUri" not in rule


def test_a_result_for_each_group() -> None:
    """Message, number, place and identity of a group make its result."""
    told = tally(INVALID, finding(line=9), finding(line=12), examples=2)
    [result] = read(told)["results"]
    assert result["message"]["text"] == (
        f'{RECORD} /extra_params/Duration: wrong type: expected a number, found "61.5". '
        "Seen 3 times. Next: was the body written anew?"
    )
    assert result["occurrenceCount"] == 3
    assert result["partialFingerprints"] == {
        "hookproofFinding/v1": captures_report(told).causes[0].shown.fingerprint
    }
    [location] = result["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "logs/a.ndjson"},
        "region": {"startLine": 6, "startColumn": 115},
    }
    lines = [each["physicalLocation"]["region"]["startLine"] for each in result["relatedLocations"]]
    assert lines == [9, 12]


def test_levels_are_the_severities() -> None:
    """Error, warning and note have the same names there."""
    levels = {
        result["ruleId"]: result["level"]
        for result in read(tally(INVALID, QUIRK, DRIFT, SIGNATURE))["results"]
    }
    assert levels == {"HP202": "error", "HP230": "warning", "HP240": "note", "HP302": "error"}


def test_a_place_without_a_line_has_no_region() -> None:
    """A file that could not be opened is a location all the same."""
    told = tally(finding(code="HP100", callback="", where="", line=0, column=0))
    [location] = read(told)["results"][0]["locations"]
    assert location["physicalLocation"] == {"artifactLocation": {"uri": "logs/a.ndjson"}}
    assert "logicalLocations" not in location


def test_a_run_that_was_stopped_was_no_success() -> None:
    """The invocation says that the run was cut short, and why."""
    [invocation] = read(tally(stopped="interrupted"))["invocations"]
    assert not invocation["executionSuccessful"]
    [told] = invocation["toolExecutionNotifications"]
    assert told["message"]["text"] == "stopped: interrupted"
    assert read(clean())["invocations"] == [{"executionSuccessful": True}]


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("a.json", "a.json"),
        ("./logs//a.json", "logs/a.json"),
        ("../a.json", "../a.json"),
        ("a b%.json", "a%20b%25.json"),
        ("http://x/y", "http%3A/x/y"),
        ("javascript:alert(1)", "javascript%3Aalert%281%29"),
        ("<stdin>", "%3Cstdin%3E"),
        ("测.json", "%E6%B5%8B.json"),
        ("a?b#c", "a%3Fb%23c"),
        ("\udcff.json", "%FF.json"),
        ("\ud800.json", "%ED%A0%80.json"),
        ("a\nb\x00", "a%0Ab%00"),
    ],
)
def test_a_file_is_a_reference_without_a_scheme(file: str, uri: str) -> None:
    """Relative paths stay relative; nothing in a name is taken for a scheme, query or fragment."""
    assert artifact_uri(file) == uri


def test_an_absolute_path_is_a_file() -> None:
    """A path from the root is a URL of a file."""
    assert artifact_uri("/var/log/a b.json") == "file:///var/log/a%20b.json"


def test_a_value_is_no_link() -> None:
    """The notation of links in messages is broken up where a value holds it."""
    run = read(hostile())
    texts = [result["message"]["text"] for result in run["results"]]
    texts += [
        note["message"]["text"] for note in run["invocations"][0]["toolExecutionNotifications"]
    ]
    assert all("[x] (http://evil.example)" in text for text in texts)
    assert not any("](" in text for text in texts)


@settings(derandomize=True, database=None, deadline=None)
@given(st.text(st.characters(exclude_categories=[]), min_size=1))
def test_any_text_makes_a_log(text: str) -> None:
    """Whatever values and names hold, the log is sound."""
    read(all_texts(text))
