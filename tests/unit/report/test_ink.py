"""Colour for terminals, and text that is safe to print there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hookproof.findings import Severity
from hookproof.report.ink import Ink, plural, safe


def test_without_colour_text_is_left_alone() -> None:
    """No escape is written where no colour is wanted."""
    assert Ink().paint("text", "bold", "red") == "text"
    assert Ink(colour=True).paint("text") == "text"


def test_with_colour_text_is_painted_and_reset() -> None:
    """Several styles make one escape, and the text ends with a reset."""
    assert Ink(colour=True).paint("text", "bold", "red") == "\x1b[1;31mtext\x1b[0m"


@pytest.mark.parametrize(
    ("severity", "code"), [(Severity.ERROR, 31), (Severity.WARNING, 33), (Severity.NOTE, 36)]
)
def test_a_severity_has_its_colour_and_one_width(severity: Severity, code: int) -> None:
    """The words line up, in colour and without."""
    assert len(Ink().severity(severity)) == 7
    assert Ink(colour=True).severity(severity).startswith(f"\x1b[{code};1m{severity.value}")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain \u00e9 \u76f4 \U0001f3a5", "plain \u00e9 \u76f4 \U0001f3a5"),
        ("\x1b[31m", "\\x1b[31m"),
        ("a\r\nb\tc", "a\\r\\nb\\tc"),
        ("\x00\x7f\x85\x9b", "\\x00\\x7f\\x85\\x9b"),
        ("\u202e\u200b\u2028\ufeff", "\\u202e\\u200b\\u2028\\ufeff"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_what_is_not_visible_comes_as_an_escape(text: str, shown: str) -> None:
    """Letters of every script stay; whatever acts on a terminal does not."""
    assert safe(text) == shown


@given(st.text(st.characters()))
def test_safe_text_is_one_printable_line(text: str) -> None:
    """Any text at all, half characters included, becomes one line that any terminal can show."""
    shown = safe(text)
    assert shown.isprintable()
    assert len(shown.splitlines()) <= 1
    shown.encode()


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 errors"), (1, "1 error"), (2, "2 errors"), (1234567, "1,234,567 errors")],
)
def test_numbers_are_counted_as_people_do(count: int, text: str) -> None:
    """One is singular, thousands have commas."""
    assert plural(count, "error") == text
