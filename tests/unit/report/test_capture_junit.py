"""The report on captures as JUnit XML."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

from hypothesis import given, settings
from hypothesis import strategies as st
from unit.report.tallies import (
    COMPOSE,
    INVALID,
    QUIRK,
    RECORD,
    all_texts,
    clean,
    finding,
    hostile,
    tally,
    written,
)

from hookproof.validation_run.summary import Tally

CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"testcase"},
    "testcase": {"failure", "error", "system-out"},
}


def read(text: str) -> Element:
    """A document, held to the structure that build servers read."""
    assert text.isascii()
    root = fromstring(text)  # noqa: S314 - our own
    for element in root.iter():
        assert {child.tag for child in element} <= CHILDREN.get(element.tag, set())
        if element.tag in {"testsuites", "testsuite"}:
            cases = list(element.iter("testcase"))
            assert int(element.attrib["tests"]) == len(cases)
            assert int(element.attrib["failures"]) == len(list(element.iter("failure")))
            assert int(element.attrib["errors"]) == len(list(element.iter("error")))
    for case in root.iter("testcase"):
        assert case.attrib["name"]
        assert case.attrib["classname"]
    return root


def names(root: Element) -> list[tuple[str | None, str | None]]:
    """Suite and name of every case."""
    return [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]


def test_a_clean_callback_is_a_suite_that_passes() -> None:
    """Its one case has the number of captures in its output."""
    root = read(written(clean(3), "junit"))
    assert names(root) == [(RECORD, "captures")]
    assert root.findtext(".//system-out") == "3 captures, 0 failed"
    assert root.attrib["failures"] == "0"


def test_an_error_is_a_case_that_fails() -> None:
    """Its message, number and places are told, once for each cause."""
    root = read(written(tally(INVALID, finding(line=9), QUIRK), "junit"))
    assert names(root) == [
        (COMPOSE, "captures"),
        (RECORD, "captures"),
        (RECORD, "HP202 wrong type at /extra_params/Duration"),
    ]
    [failure] = root.iter("failure")
    assert failure.get("message") == 'expected a number, found "61.5", 2 times'
    assert failure.get("type") == "HP202"
    assert (failure.text or "").splitlines() == [
        'error: 1. HP202 wrong type: expected a number, found "61.5", 2 times',
        "seen: logs/a.ndjson:6:115 (record 1)",
        "seen: logs/a.ndjson:9:115 (record 2)",
        "kind: invalid: breaks the contract",
        "at: /extra_params/Duration",
        "expected: a number",
        'found: "61.5"',
        "page: https://example.com/page (2026-01-08)",
        "next: was the body written anew?",
    ]


def test_a_warning_is_told_in_the_output() -> None:
    """What is no error fails nothing."""
    root = read(written(tally(QUIRK, QUIRK), "junit"))
    output = root.findtext(".//system-out") or ""
    assert "warning: 1. HP230 documented contradiction seen: a: b; c, 2 times" in output
    assert "seen: logs/a.ndjson:6:115 (record 1)" in output


def test_cases_of_one_name_are_told_apart_for_good() -> None:
    """Two causes at one place get marks that do not depend on their order or number."""
    one, two = finding(), finding(expected="an integer")
    marked = dict(names(read(written(tally(one, two), "junit"))))
    assert " [" in str(marked[RECORD])
    there = [
        sorted(map(str, names(read(written(t, "junit")))))
        for t in (tally(one, two), tally(two, two, one))
    ]
    assert there[0] == there[1]
    assert len(set(there[0])) == 3


def test_a_run_that_was_stopped_is_an_error() -> None:
    """A partial run is never green."""
    root = read(written(tally(QUIRK, stopped="interrupted"), "junit"))
    [error] = root.iter("error")
    assert error.get("message") == "stopped: interrupted"
    assert root.attrib["errors"] == "1"


def test_nothing_at_all_is_an_error() -> None:
    """A run that read nothing has looked at nothing."""
    [error] = read(written(Tally(), "junit")).iter("error")
    assert error.get("message") == "nothing was read"


def test_hostile_text_stays_text() -> None:
    """Markup and control characters in values are text after parsing."""
    root = read(written(hostile(), "junit"))
    assert "<script>alert(1)</script>" in str(root.find(".//failure").attrib["message"])


def test_what_xml_cannot_hold_is_replaced() -> None:
    """Any character that XML 1.0 refuses becomes U+FFFD, wherever it stands."""
    bad = "a\ufffe\uffffb"
    root = read(written(tally(finding(message=bad, where=f"/{bad}")), "junit"))
    [failure] = root.iter("failure")
    assert "a\ufffd\ufffdb" in str(failure.get("message")).replace("\\ufffe\\uffff", "\ufffd" * 2)
    assert "a" in str(failure.text)


@settings(derandomize=True, database=None, deadline=None)
@given(st.text(st.characters(exclude_categories=[])))
def test_any_text_makes_a_document(text: str) -> None:
    """Whatever values hold, the document can be parsed."""
    read(written(all_texts(text), "junit"))
