"""The report on captures as a person reads it."""

from __future__ import annotations

import re

import pytest
from unit.report.tallies import (
    DRIFT,
    INVALID,
    QUIRK,
    RECORD,
    SIGNATURE,
    clean,
    finding,
    hostile,
    tally,
)

from hookproof.capture.tally import Tally
from hookproof.report.captures_text import render_captures
from hookproof.report.ink import Ink


def test_a_clean_run_is_short() -> None:
    """A line for the callback, the next step, and the verdict."""
    callback, unchecked, verdict = render_captures(clean()).splitlines()
    assert callback == f"{RECORD:<28} 1 capture, all valid; signatures: 1 not checked"
    assert unchecked.startswith("next: 1 signature not checked; that takes a secret (--secret-env")
    assert verdict == "PASS  1 capture: 0 errors, 0 warnings, 0 notes"


def test_checked_signatures_leave_nothing_to_be_done() -> None:
    """Where every signature was checked no secret is asked for."""
    told = Tally()
    told.of(RECORD).count_clean(2, signature="valid")
    assert "next:" not in render_captures(told)


def test_a_finding_seen_once() -> None:
    """Place, callback, code, pointer, wanted, found, page and next step, and no number."""
    lines = render_captures(tally(INVALID)).splitlines()
    assert lines[0] == (
        "INVALID  breaks the contract; "
        "find out who is wrong: the sender, what stood between, or the contract"
    )
    assert lines[2:9] == [
        f"logs/a.ndjson:6:115 (record 1)  {RECORD}",
        "  error   HP202  wrong type",
        "          at        /extra_params/Duration",
        "          expected  a number",
        '          found     "61.5"',
        "          page      https://example.com/page (2026-01-08)",
        "          next      was the body written anew?",
    ]
    assert lines[-1] == "FAIL  1 capture: 1 error, 0 warnings, 0 notes"


def test_a_finding_seen_often() -> None:
    """The number, the further places that were kept, and the last place."""
    told = tally(*(finding(line=line) for line in range(1, 8)), examples=3)
    lines = render_captures(told).splitlines()
    assert lines[3] == "  error   HP202  wrong type, 7 times"
    assert [line.split(maxsplit=1) for line in lines[7:10]] == [
        ["also", "logs/a.ndjson:2:115 (record 2)"],
        ["also", "logs/a.ndjson:3:115 (record 3)"],
        ["last", "logs/a.ndjson:7:115 (record 7)"],
    ]


def test_kinds_stand_under_their_headings() -> None:
    """Each kind that was seen has one heading, which says what it means and what to do."""
    lines = render_captures(tally(QUIRK, DRIFT, SIGNATURE, INVALID, INVALID)).splitlines()
    heads = [line.split()[0] for line in lines if re.match(r"[A-Z]{5,}  ", line)]
    assert heads == ["INVALID", "SIGNATURE", "DRIFT", "QUIRK"]
    assert "4 causes: 2 invalid, 1 signature, 0 unread, 1 drift, 1 quirk" in lines


def test_what_was_not_recognised_has_a_line_of_its_own() -> None:
    """Captures without a callback are told as such, without signatures."""
    text = render_captures(tally(finding(code="HP103", callback="", where="", expected="")))
    assert "(not recognised)             1 capture, 1 failed\n" in text
    assert "next: " not in text
    assert "what      expected a number" in text


@pytest.mark.parametrize(
    ("told", "last"),
    [
        (tally(INVALID), "FAIL  1 capture: 1 error, 0 warnings, 0 notes"),
        (tally(QUIRK), "PASS  1 capture: 0 errors, 1 warning, 0 notes"),
        (
            tally(QUIRK, stopped="interrupted"),
            "INCOMPLETE  1 capture: 0 errors, 1 warning, 0 notes; stopped: interrupted",
        ),
        (Tally(), "PASS  0 captures: 0 errors, 0 warnings, 0 notes; nothing was read"),
    ],
    ids=["fail", "pass", "incomplete", "empty"],
)
def test_the_verdict_is_the_last_line(told: Tally, last: str) -> None:
    """Whatever was found, the last line is the verdict with all totals."""
    text = render_captures(told)
    assert text.endswith("\n")
    assert text.splitlines()[-1] == last


def test_nothing_reaches_a_terminal_raw() -> None:
    """Of hostile text no control character gets through, and no line can be forged."""
    text = render_captures(hostile())
    assert all(char.isprintable() or char == "\n" for char in text)
    assert "\n::set-output" not in text
    assert len(text.splitlines()) == text.count("\n")


def test_colour_is_all_that_ink_adds() -> None:
    """With its escapes taken out, the painted text is the plain one."""
    told = tally(INVALID, QUIRK, stopped="x")
    painted = render_captures(told, ink=Ink(colour=True))
    assert re.sub("\x1b\\[[0-9;]*m", "", painted) == render_captures(told)
    assert painted != render_captures(told)
