"""The report of a receiver test as JUnit XML."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

from hypothesis import given, settings
from hypothesis import strategies as st
from unit.report.findings import (
    COMPOSE,
    HOSTILE,
    RECORD,
    all_texts,
    finding,
    full,
    report,
    result,
    written,
)

from hookproof.conformance.checks import Check, State
from hookproof.conformance.running.report import CallbackResult, ReceiverReport

# Elements and attributes as the schema of the build server Jenkins has them.
CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"testcase"},
    "testcase": {"failure", "error", "skipped", "system-out"},
}
ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped"},
    "testcase": {"name", "classname"},
    "failure": {"message", "type"},
    "error": {"message", "type"},
    "skipped": {"message"},
    "system-out": set(),
}

COUNTED = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def read(told: ReceiverReport) -> Element:
    """The document of a report, held to what build servers read."""
    text = written(told, "junit")
    assert text.isascii()
    root = fromstring(text)  # noqa: S314 - our own
    for element in root.iter():
        assert {child.tag for child in element} <= CHILDREN.get(element.tag, set())
        assert set(element.attrib) - {"time", "timestamp"} == ATTRIBUTES[element.tag]
        if element.tag == "testsuite":
            for name, tag in {
                "failures": "failure",
                "errors": "error",
                "skipped": "skipped",
            }.items():
                assert int(element.attrib[name]) == len(list(element.iter(tag)))
            assert int(element.attrib["tests"]) == len(element)
    return root


def case(root: Element, callback: str, check: str) -> Element:
    """The one case of a callback and a check."""
    [found] = [
        one
        for one in root.iter("testcase")
        if (one.get("classname"), one.get("name")) == (callback, check)
    ]
    return found


def test_there_is_a_case_for_each_callback_and_check() -> None:
    """Suites are callbacks, their cases the checks, by names that stay the same over runs."""
    names = [(c.get("classname"), c.get("name")) for c in read(report()).iter("testcase")]
    assert names == [(name, check.value) for name in (RECORD, COMPOSE) for check in Check]


def test_a_check_that_failed_is_a_failure() -> None:
    """Its message has the code and what was seen, its text the page, what next and the lines."""
    failure = case(read(full()), RECORD, "accepts_conforming")[0]
    assert failure.tag == "failure"
    assert failure.get("type") == "HP402"
    assert failure.get("message") == (
        "HP402 refuses conforming payloads: a long text: wanted an acknowledgement, got 400 no, "
        "3 times"
    )
    assert (failure.text or "").splitlines()[1:] == [
        "at: /replay_url",
        "page: https://example.com/page (2026-01-08)",
        "next: accept it",
        "again: f=$(mktemp)",
        "       curl http://127.0.0.1/",
    ]


def test_a_check_that_failed_by_what_another_tells_shows_that() -> None:
    """A finding that is counted with one of another check fails both, each with what was seen."""
    both = finding(also_fails=(Check.SURVIVES_MALFORMED.value,))
    states = {"accepts_conforming": State.FAIL, "survives_malformed": State.FAIL}
    root = read(report(both, callbacks={RECORD: result(**states), COMPOSE: result()}))
    own, other = (case(root, RECORD, check)[0] for check in states)
    assert (own.tag, own.get("type")) == ("failure", "HP402")
    assert (other.attrib, other.text) == (own.attrib, own.text)


def test_what_was_not_proved_is_skipped_and_the_run_an_error() -> None:
    """No evidence is no pass: the case says so, and the whole is not green."""
    open_check = {"refuses_forged": State.INCONCLUSIVE}
    root = read(report(callbacks={RECORD: result(**open_check)}))
    [skipped] = case(root, RECORD, "refuses_forged")
    assert "no evidence" in str(skipped.get("message"))
    [error] = root.iter("error")
    assert error.get("message") == "no evidence on refuses forged"


def test_times_are_those_that_were_taken() -> None:
    """A case has the seconds of its answers, a suite those of all; what is not known is not 0."""
    timed = result()
    timed.latencies, timed.spent[Check.ACCEPTS_GENUINE] = [0.25, 0.5], 0.25
    told = report(callbacks={RECORD: timed}, started=1_800_000_000.0, seconds=1.5)
    root = read(told)
    assert (root.get("time"), root[0].get("time")) == ("1.500", "0.750")
    assert root[0].get("timestamp") == "2027-01-15T08:00:00"
    assert case(root, RECORD, "accepts_genuine").get("time") == "0.250"
    assert read(report()).get("time") is None


def test_a_note_fails_nothing() -> None:
    """What weighs less than an error is told in the output of its case."""
    skipped, output = case(read(full()), COMPOSE, "refuses_tampered")
    assert (skipped.tag, output.tag) == ("skipped", "system-out")
    assert (output.text or "").startswith("note: 2. HP410 the vendor does not sign the body")


def test_a_target_that_is_gone_is_an_error() -> None:
    """Nobody there is told as an error of the run."""
    told = report(callbacks={RECORD: CallbackResult()}, unreachable="the connection was refused")
    [error] = read(told).iter("error")
    assert error.get("type") == "unreachable"
    assert "the connection was refused" in str(error.get("message"))


def test_a_clean_run_is_green() -> None:
    """A pass has no failure, error or skipped case."""
    root = read(report())
    assert (root.get("failures"), root.get("errors")) == ("0", "0")
    assert not list(root.iter("skipped"))


@settings(derandomize=True, database=None, deadline=None)
@given(st.text(st.characters(exclude_categories=[])))
def test_any_text_makes_a_document(text: str) -> None:
    """Whatever a receiver says, the document can be parsed and has the same cases."""
    assert len(list(read(all_texts(text)).iter("testcase"))) >= 26


def test_hostile_text_stays_text() -> None:
    """Control characters come as visible escapes."""
    assert "\\x1b[2J" in str(case(read(all_texts(HOSTILE)), RECORD, "accepts_conforming")[0].text)
