"""The report of a receiver test as annotations of GitHub Actions."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from unit.report.findings import COMPOSE, RECORD, all_texts, finding, full, report, written

COMMAND = re.compile(r"::(error|warning|notice) title=[^,:\n]*::[^\n\r]*")


def test_a_cause_is_one_annotation() -> None:
    """Callbacks with one fault stand together, each with its message, then next step and page."""
    first, last = written(
        report(finding(count=2), finding(callback=COMPOSE)), "github"
    ).splitlines()
    message = "a long text: wanted an acknowledgement, got 400 no"
    assert first == (
        "::error title=1. HP402 refuses conforming payloads::"
        f"{RECORD} /replay_url: {message}, 2 times%0A"
        f"{COMPOSE} /replay_url: {message}%0A"
        "next: accept it%0Apage: https://example.com/page (2026-01-08)"
    )
    assert last == "FAIL  1 cause in 2 callbacks (2 findings): 1 error; 2,468 requests"


def test_severities_have_their_levels() -> None:
    """A note is a notice, and a run that proves less is a warning before all."""
    levels = [line.split()[0] for line in written(full(incomplete="x"), "github").splitlines()]
    assert levels == ["::warning", "::error", "::notice", "FAIL"]


def test_a_clean_run_annotates_nothing() -> None:
    """There is nothing but the verdict."""
    assert written(report(), "github") == "PASS  nothing wrong in 2 callbacks; 2,468 requests\n"


@settings(derandomize=True, database=None, deadline=None)
@given(st.text(st.characters(exclude_categories=[]), min_size=1))
def test_no_text_becomes_a_command(text: str) -> None:
    """Whatever a receiver says, each line is one of our commands, and the last is none."""
    *commands, last = written(all_texts(text), "github").removesuffix("\n").split("\n")
    assert len(commands) == 3
    assert all(COMMAND.fullmatch(command) for command in commands)
    assert not last.startswith("::")
    assert "##[" not in last
