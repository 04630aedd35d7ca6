"""The report of a receiver test as a person reads it."""

from __future__ import annotations

import re

import pytest
from unit.report.findings import COMPOSE, HOSTILE, RECORD, covered, finding, report, result

from hookproof.finding import Severity
from hookproof.receiver.checks import Check, State
from hookproof.receiver.report import CallbackResult, ReceiverReport
from hookproof.report.ink import Ink
from hookproof.report.receiver_text import render_test

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def rows(text: str) -> dict[str, list[str]]:
    """The matrix of checks: what stands in each row."""
    lines = text.split("\n\n")[1].splitlines()
    return {line[:28].strip(): line[28:].split() for line in lines}


def test_the_matrix_has_a_cell_for_each_callback_and_check() -> None:
    """Every check is a row, every callback a column, and each state has its word."""
    states = {
        "refuses_forged": State.FAIL,
        "accepts_redelivery": State.INCONCLUSIVE,
        "refuses_tampered": State.SKIPPED,
    }
    text = render_test(report(finding(), callbacks={RECORD: result(), COMPOSE: result(**states)}))
    found = rows(text)
    assert found.pop("check") == ["record", "compose"]
    assert list(found) == [check.value.replace("_", " ") for check in Check]
    assert found["refuses forged"] == ["ok", "FAIL"]
    assert found["accepts redelivery"] == ["ok", "?"]
    assert found["refuses tampered"] == ["ok", "-"]
    assert found["accepts genuine"] == ["ok", "ok"]


def test_the_control_and_the_requests_of_each_callback_are_shown() -> None:
    """What became of the genuine callback stands above the checks, a dash where it was not sent."""
    text = render_test(report(callbacks={RECORD: result(), COMPOSE: CallbackResult()}))
    assert re.search(r"^zego_rtc/record +accepted +1234$", text, re.MULTILINE)
    assert re.search(r"^zego_rtc/compose +- +0$", text, re.MULTILINE)


def test_columns_are_named_in_full_where_the_event_is_not_unique() -> None:
    """Two areas with an event of one name are told apart."""
    names = ["a/login", "b/login", "b/x"]
    text = render_test(report(callbacks={name: result() for name in names}))
    assert rows(text)["check"] == ["a/login", "b/login", "x"]


def test_a_finding_tells_everything() -> None:
    """Severity, code, title, callback, check, place, what, page, what next, and how again."""
    text = render_test(report(finding(count=3)))
    block = text[text.index("error ") :].split("\n\n")[0].splitlines()
    assert block == [
        "error   HP402  refuses conforming payloads  (3 times)",
        "        callback  zego_rtc/record",
        "        check     accepts_conforming",
        "        at        /replay_url",
        "        what      a long text: wanted an acknowledgement, got 400 no",
        "        page      https://example.com/page (2026-01-08)",
        "        next      accept it",
        "        again     f=$(mktemp)",
        "                  curl http://127.0.0.1/",
    ]


def test_the_same_finding_of_several_callbacks_is_told_once() -> None:
    """Callbacks, places and counts are put together."""
    text = render_test(
        report(finding(count=2), finding(callback=COMPOSE, where="/task_id", count=3))
    )
    assert text.count("HP402") == 1
    assert "(5 times)" in text
    assert "callback  zego_rtc/record, zego_rtc/compose" in text
    assert "at        /replay_url, /task_id" in text


def test_no_callback_is_named_twice_in_one_finding() -> None:
    """However many places of a callback share a fault, its name stands once."""
    text = render_test(report(*[finding(where=f"/x{n}") for n in range(6)]))
    callbacks = [line for line in text.splitlines() if line.startswith("        callback")]
    assert all(line.count(RECORD) == 1 for line in callbacks)


def test_coverage_is_one_line() -> None:
    """What was exercised of the contract stands above the verdict."""
    told = report(callbacks={RECORD: CallbackResult(requests=1, coverage=covered(3, "/a"))})
    assert render_test(told).splitlines()[-2] == (
        "covered: 1 of 1 callbacks, 3 of 4 fields, 0 of 0 values, 0 of 0 shapes, 0 of 0 encodings"
    )


def test_pages_of_several_vendors_are_counted() -> None:
    """A fault of several callbacks names the page of the first and how many more there are."""
    other = finding(callback=COMPOSE, source="https://example.com/b (2026-01-08)")
    text = render_test(report(finding(), other))
    assert "page      https://example.com/page (2026-01-08), and 1 more" in text


@pytest.mark.parametrize(
    ("changes", "last"),
    [
        ({}, "PASS  2,468 requests: 0 errors, 0 warnings, 0 notes"),
        (
            {"findings": [finding(), finding(severity=Severity.NOTE)]},
            "FAIL  2,468 requests: 1 error, 0 warnings, 1 note",
        ),
        (
            {"incomplete": "too short"},
            "INCOMPLETE  2,468 requests: 0 errors, 0 warnings, 0 notes; too short",
        ),
    ],
)
def test_the_verdict_comes_last(changes: dict[str, object], last: str) -> None:
    """The last line has the verdict, the counts, and why the run ended early."""
    assert render_test(report(**changes)).splitlines()[-1] == last


def test_unreachable_without_a_request_is_a_line() -> None:
    """Where nothing was sent there is no matrix to show."""
    nothing = {RECORD: CallbackResult()}
    text = render_test(report(callbacks=nothing, unreachable="the connection was refused"))
    assert len(text.splitlines()) == 1
    assert text.startswith("UNREACHABLE  http://127.0.0.1:8000/ after 0 requests")
    assert "the connection was refused" in text


def test_areas_that_were_not_tested_are_named() -> None:
    """Each area left out stands there with the reason."""
    text = render_test(report(untested={"tencent_gme": "no secret: set X"}))
    assert "not tested: tencent_gme (no secret: set X)" in text.splitlines()


def hostile() -> ReceiverReport:
    """A report whose every part from outside tries to take the terminal over."""
    told = finding(message=HOSTILE, where=f"/{HOSTILE}", reproduce=f"printf %s '{HOSTILE}'")
    return report(told, target=f"http://x/{HOSTILE}", incomplete=HOSTILE)


@pytest.mark.parametrize("unreachable", ["", HOSTILE])
def test_nothing_from_outside_reaches_the_terminal(unreachable: str) -> None:
    """Control characters, escapes, line ends and invisible letters come as visible escapes."""
    told = hostile()
    told.unreachable = unreachable
    text = render_test(told)
    assert all(char.isprintable() or char == "\n" for char in text)
    text.encode()
    plain = render_test(report(finding(), incomplete="x"))
    # The lines that a shell would run are told line by line; nothing else adds any.
    assert len(text.splitlines()) - len(plain.splitlines()) <= 5
    assert "\\x1b[2J" in text
    assert "\\u202eevil" in text
    assert "\u00e9\U0001f3a5" in text


def test_colour_adds_nothing_but_colour() -> None:
    """Taken out of the coloured text, the escapes leave the plain one."""
    told = report(
        finding(),
        finding(severity=Severity.NOTE),
        finding(severity=Severity.WARNING),
        callbacks={RECORD: result(refuses_forged=State.FAIL), COMPOSE: result()},
    )
    coloured, plain = render_test(told, ink=Ink(colour=True)), render_test(told)
    assert "\x1b" not in plain
    assert len(ESCAPE.findall(coloured)) > 20
    assert ESCAPE.sub("", coloured) == plain
