"""The table of formats of a receiver test."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.report.findings import RECORD, all_texts, full, report

from hookproof.cli.test import command
from hookproof.receiver.report import CallbackResult, ReceiverReport
from hookproof.report.writers import TEST_WRITERS


def test_the_command_offers_every_format() -> None:
    """The table and the option name the same formats."""
    [option] = [one for one in command.params if one.name == "output"]
    assert list(option.type.choices) == list(TEST_WRITERS)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", TEST_WRITERS)
@pytest.mark.parametrize(
    "told",
    [
        ReceiverReport("http://127.0.0.1/", 1),
        report(callbacks={RECORD: CallbackResult()}, unreachable="refused"),
        report(),
        full(),
    ],
    ids=["empty", "unreachable", "clean", "found"],
)
def test_every_format_writes_any_report(name: str, told: ReceiverReport) -> None:
    """Each gives text that ends its last line and can be written to a file."""
    text = TEST_WRITERS[name](told)
    assert text.endswith("\n")
    assert text.encode()


@pytest.mark.parametrize("name", TEST_WRITERS)
def test_the_same_report_gives_the_same_text(name: str) -> None:
    """No format holds a time of its own, so that reports can be compared."""
    assert TEST_WRITERS[name](full()) == TEST_WRITERS[name](full())


@settings(derandomize=True, database=None, deadline=None)
@given(st.text(st.characters(exclude_categories=[]), min_size=1))
def test_no_format_lets_control_characters_through(text: str) -> None:
    """Whatever a receiver says, a report is printable text in lines."""
    told = all_texts(text)
    for write in TEST_WRITERS.values():
        assert all(char.isprintable() or char == "\n" for char in write(told))
