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
)

from hookproof.capture.tally import Tally
from hookproof.report.junit import Case, Suite, as_junit, captures_as_junit

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
    root = read(captures_as_junit(clean(3)))
    assert names(root) == [(RECORD, "captures")]
    assert root.findtext(".//system-out") == "3 captures, 0 failed"
    assert root.attrib["failures"] == "0"


def test_an_error_is_a_case_that_fails() -> None:
    """Its message, number and places are told, once for each cause."""
    root = read(captures_as_junit(tally(INVALID, finding(line=9), QUIRK)))
    assert names(root) == [
        (COMPOSE, "captures"),
        (RECORD, "captures"),
        (RECORD, "HP202 wrong type at /extra_params/Duration"),
    ]
    [failure] = root.iter("failure")
    assert failure.get("message") == 'expected a number, found "61.5", 2 times'
    assert failure.get("type") == "HP202"
    assert (failure.text or "").splitlines() == [
        "seen: logs/a.ndjson:6:115 (record 1)",
        "at: /extra_params/Duration",
        "expected: a number",
        'found: "61.5"',
        "also: logs/a.ndjson:9:115 (record 2)",
        "page: https://example.com/page (2026-01-08)",
        "next: was the body written anew?",
    ]


def test_a_warning_is_told_in_the_output() -> None:
    """What is no error fails nothing."""
    root = read(captures_as_junit(tally(QUIRK, QUIRK)))
    output = root.findtext(".//system-out") or ""
    assert "warning: HP230 documented contradiction seen at /event, 2 times" in output
    assert "seen: logs/a.ndjson:6:115 (record 1)" in output


def test_cases_of_one_name_are_told_apart_for_good() -> None:
    """Two causes at one place get marks that do not depend on their order or number."""
    one, two = finding(), finding(expected="an integer")
    marked = dict(names(read(captures_as_junit(tally(one, two)))))
    assert " [" in str(marked[RECORD])
    there = [
        sorted(map(str, names(read(captures_as_junit(t)))))
        for t in (tally(one, two), tally(two, two, one))
    ]
    assert there[0] == there[1]
    assert len(set(there[0])) == 3


def test_a_run_that_was_stopped_is_an_error() -> None:
    """A partial run is never green."""
    root = read(captures_as_junit(tally(QUIRK, stopped="interrupted")))
    [error] = root.iter("error")
    assert error.get("message") == "stopped: interrupted"
    assert root.attrib["errors"] == "1"


def test_nothing_at_all_is_a_document_too() -> None:
    """Without captures there are no suites."""
    assert list(read(captures_as_junit(Tally()))) == []


def test_hostile_text_stays_text() -> None:
    """Markup and control characters in values are text after parsing."""
    root = read(captures_as_junit(hostile()))
    assert "<script>alert(1)</script>" in str(root.find(".//failure").attrib["message"])


def test_what_xml_cannot_hold_is_replaced() -> None:
    """Any character that XML 1.0 refuses becomes U+FFFD, wherever it stands."""
    bad = "a\x00\x08\x0b\x1f\ud800\ufffe\uffffb"
    suite = Suite(bad, (Case(bad, failure=bad, type=bad, details=bad), Case("b", output=bad)))
    root = read(as_junit([suite]))
    expected = "a" + "\ufffd" * 7 + "b"
    assert {root[0].get("name"), root[0][0][0].text, root.findtext(".//system-out")} == {expected}
    assert set(root[0][0][0].attrib.values()) == {expected}


@settings(derandomize=True, database=None, deadline=None)
@given(st.text(st.characters(exclude_categories=[])))
def test_any_text_makes_a_document(text: str) -> None:
    """Whatever values hold, the document can be parsed."""
    read(captures_as_junit(all_texts(text)))
