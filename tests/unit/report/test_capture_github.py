"""The report on captures as annotations of GitHub Actions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from unit.report.tallies import (
    DRIFT,
    INVALID,
    QUIRK,
    all_texts,
    clean,
    finding,
    hostile,
    tally,
    written,
)

from hookproof.report.github import Annotation

if TYPE_CHECKING:
    from hookproof.validation_run.summary import Tally

COMMAND = re.compile(
    r"::(error|warning|notice) (?:file=[^,:\n]*,)?(?:line=[0-9]+,)?(?:col=[0-9]+,)?"
    r"title=[^,:\n]*::[^\n\r]*"
)


def levels(told: Tally) -> list[str]:
    """The level of each annotation; every line is one, but for the last."""
    *commands, last = written(told, "github").removesuffix("\n").split("\n")
    assert not last.startswith("::")
    found = [COMMAND.fullmatch(command) for command in commands]
    return [match[1] for match in found if match] if all(found) else []


def test_a_finding_stands_at_its_line() -> None:
    """File, line, column and title are properties; message, page and next step are the text."""
    first, last = written(tally(INVALID), "github").splitlines()
    assert first == (
        "::error file=logs/a.ndjson,line=6,col=115,title=1. HP202 wrong type::"
        'zego_rtc/record /extra_params/Duration: expected a number, found "61.5"%0A'
        "next: was the body written anew?%0Apage: https://example.com/page (2026-01-08)"
    )
    assert last == "FAIL  1 cause in 1 callback (1 finding): 1 error; 1 capture"


def test_a_group_says_how_often_and_where_last() -> None:
    """One annotation stands for all findings of a cause."""
    first, _ = written(tally(INVALID, *[finding(line=9)] * 5), "github").splitlines()
    assert ", 6 times, the last one at logs/a.ndjson:9:115 (record 6)%0A" in first


def test_each_severity_has_its_level() -> None:
    """Errors, warnings and notices are the levels of the three severities."""
    assert levels(tally(QUIRK, INVALID, DRIFT)) == ["error", "warning", "notice"]


def test_a_clean_run_annotates_nothing() -> None:
    """Only the totals are printed."""
    assert written(clean(), "github") == "PASS  nothing wrong in 1 callback; 1 capture\n"


def test_ten_of_each_level_and_how_many_more() -> None:
    """GitHub drops what exceeds ten of a level, so a notice tells of it and the log has it."""
    many = [
        finding(code=code, where=f"/{letter}", message=letter)
        for code in ("HP202", "HP230", "HP240")
        for letter in "abcdefghijklm"
    ]
    *lines, last = written(tally(*many), "github").splitlines()
    found = [match[1] for match in map(COMMAND.fullmatch, lines) if match]
    assert {level: found.count(level) for level in set(found)} == dict.fromkeys(
        ("error", "warning", "notice"), 10
    )
    start = lines.index("::group::more findings")
    assert lines[start - 1].startswith(
        "::notice title=more findings::3 more errors, 3 more warnings, 4 more notices"
    )
    # What there is no room for stands in the log, so nothing is lost.
    assert lines[-1] == "::endgroup::"
    assert len([line for line in lines[start + 1 : -1] if line[:2] != "  "]) == 10
    assert not [line for line in lines[start + 1 : -1] if line.lstrip().startswith("::")]
    assert last.startswith("FAIL  26 causes")


def test_ten_of_a_level_are_all_shown() -> None:
    """Where nothing is left out no notice says so."""
    ten = [finding(where=f"/{letter}") for letter in "abcdefghij"]
    assert levels(tally(*ten)) == ["error"] * 10


def test_a_run_that_was_stopped_is_a_warning() -> None:
    """A partial run is told first."""
    first, *_ = written(tally(QUIRK, stopped="interrupted"), "github").splitlines()
    assert first.startswith("::warning title=the run is not complete::stopped: interrupted; ")


def test_a_place_without_a_line_names_the_file_alone() -> None:
    """Column and line are left out where they are not known."""
    assert str(Annotation("error", "t", "m", "a.json", 0, 7)) == "::error file=a.json,title=t::m"


def test_the_documented_escapes() -> None:
    """Per cent, line ends, and in properties colon and comma are escaped."""
    told = str(Annotation("error", "a:b,c%", "x:y,z%\r\n::error::", "d:e,f.json", 1, 2))
    assert told == (
        "::error file=d%3Ae%2Cf.json,line=1,col=2,title=a%3Ab%2Cc%25::x:y,z%25%0D%0A::error::"
    )


def test_hostile_text_makes_no_command() -> None:
    """No value begins a line, ends a property, or brings in a command of the older kind."""
    text = written(hostile(), "github")
    assert levels(hostile())
    assert all(char.isprintable() or char == "\n" for char in text)
    assert "##[" not in text.splitlines()[-1]


@settings(derandomize=True, database=None, deadline=None)
@given(st.text(st.characters(exclude_categories=[]), min_size=1))
def test_any_text_makes_commands(text: str) -> None:
    """Whatever values hold, each line is one sound command."""
    assert len(levels(all_texts(text))) == 6
