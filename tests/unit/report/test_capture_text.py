"""The report on captures as a person reads it."""

from __future__ import annotations

import re
from typing import Any

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

from hookproof.report.ink import Ink
from hookproof.report.of_captures import captures_report
from hookproof.report.text import as_text
from hookproof.validation_run.summary import Tally


def text_of(told: Tally, **options: Any) -> str:
    """The report as it is printed."""
    return as_text(captures_report(told), **options)


def test_a_clean_run_is_short() -> None:
    """The verdict, a line for the callback, and the next step."""
    verdict, _, callback, *unchecked = text_of(clean()).splitlines()
    assert verdict == "PASS  nothing wrong in 1 callback; 1 capture"
    assert callback == f"{RECORD:<28} 1 capture, all valid; signatures: 1 not checked"
    assert unchecked[0].startswith("next       1 signature not checked; that takes a secret")


def test_checked_signatures_leave_nothing_to_be_done() -> None:
    """Where every signature was checked no secret is asked for."""
    told = Tally()
    told.of(RECORD).count_clean(2, signature="valid")
    assert "next " not in text_of(told)


def test_a_finding_seen_once() -> None:
    """A line with code, pointer, found and place, then all of it, and no number."""
    lines = text_of(tally(INVALID)).splitlines()
    assert lines[0] == "FAIL  1 cause in 1 callback (1 finding): 1 error; 1 capture"
    assert lines[2:5] == [
        (
            "  1  error    HP202  wrong type: /extra_params/Duration expected a number, found "
            '"61.5", in record;'
        ),
        "                     logs/a.ndjson:6:115 (record 1)",
        "",
    ]
    assert lines[5:10] == [
        "  1  error    HP202  wrong type",
        "     kind       invalid: breaks the contract",
        '     wanted     a number; got "61.5"',
        "     next       was the body written anew?",
        "     page       https://example.com/page (2026-01-08)",
    ]


def test_a_finding_seen_often() -> None:
    """The number, the further places that were kept, and the last place."""
    told = tally(*(finding(line=line) for line in range(1, 8)), examples=3)
    text = text_of(told)
    assert "(record 1), 7 times" in " ".join(text.split())
    assert re.findall(r"(also|last) +(\S+)", text) == [
        ("also", "logs/a.ndjson:2:115"),
        ("also", "logs/a.ndjson:3:115"),
        ("last", "logs/a.ndjson:7:115"),
    ]


def test_kinds_are_explained_once() -> None:
    """Each kind that was seen says in one place what it means and what to do."""
    text = text_of(tally(QUIRK, DRIFT, SIGNATURE, INVALID, INVALID))
    heads = re.findall(r"^(invalid|signature|drift|quirk) ", text, re.MULTILINE)
    assert heads == ["invalid", "signature", "drift", "quirk"]
    assert text.startswith("FAIL  3 causes in 2 callbacks (4 findings): 2 errors, 1 warning; ")


def test_what_was_not_recognised_has_a_line_of_its_own() -> None:
    """Captures without a callback are told as such, without signatures."""
    text = text_of(tally(finding(code="HP103", callback="", where="", expected="")))
    assert "(not recognised)             1 capture, 1 failed\n" in text
    assert "next  " not in text.replace("next       was", "")
    assert "expected a number" in text


@pytest.mark.parametrize(
    ("told", "first"),
    [
        (tally(INVALID), "FAIL  1 cause in 1 callback (1 finding): 1 error; 1 capture"),
        (tally(QUIRK), "PASS  1 cause in 1 callback (1 finding): 1 warning; 1 capture"),
        (
            tally(QUIRK, stopped="interrupted"),
            (
                "INCOMPLETE  1 cause in 1 callback (1 finding): 1 warning; 1 capture; "
                "stopped: interrupted"
            ),
        ),
        (Tally(), "PASS  nothing wrong in 0 callbacks; 0 captures; nothing was read"),
    ],
    ids=["fail", "pass", "incomplete", "empty"],
)
def test_the_verdict_is_the_first_line(told: Tally, first: str) -> None:
    """Whatever was found, the first line is the verdict with all totals."""
    text = text_of(told)
    assert text.endswith("\n")
    assert text.splitlines()[0] == first


def test_nothing_reaches_a_terminal_raw() -> None:
    """Of hostile text no control character gets through, and no line can be forged."""
    text = text_of(hostile(), verbose=True)
    assert all(char.isprintable() or char == "\n" for char in text)
    assert "\n::set-output" not in text


def test_colour_is_all_that_ink_adds() -> None:
    """With its escapes taken out, the painted text is the plain one."""
    told = tally(INVALID, QUIRK, stopped="x")
    painted = text_of(told, ink=Ink(colour=True))
    assert re.sub("\x1b\\[[0-9;]*m", "", painted) == text_of(told)
    assert painted != text_of(told)


def test_each_file_that_was_not_read_has_its_next_step() -> None:
    """Beyond the causes that are told whole too, for each waits for a step of its own."""
    kinds = ["xxd", "an e-mail", "YAML", "Base64", "a table"]
    unread = [
        finding(
            code="HP120",
            callback="",
            where="",
            message=f"the file seems to be {kind}",
            expected="",
            found="",
            hint=f"what helps with {kind}",
        )
        for kind in kinds
    ]
    text = text_of(tally(*unread))
    assert [text.count(f"next       what helps with {kind}") for kind in kinds] == [1] * 5
    assert "in (not recognised)" not in text
