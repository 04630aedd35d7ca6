"""Every format of the report of a receiver test."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.report.findings import COMPOSE, RECORD, all_texts, finding, full, report, result, written

from hookproof.conformance.checks import State
from hookproof.conformance.running.report import CallbackResult, ReceiverReport
from hookproof.findings import Variant
from hookproof.report.writers import WRITERS


@pytest.mark.parametrize("name", WRITERS)
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
    text = written(told, name)
    assert text.endswith("\n")
    assert text.encode()


@pytest.mark.parametrize("name", WRITERS)
def test_the_same_report_gives_the_same_text(name: str) -> None:
    """No format holds a time of its own, so that reports can be compared."""
    assert written(full(), name) == written(full(), name)


@settings(derandomize=True, database=None, deadline=None, max_examples=20)
@given(st.text(st.characters(exclude_categories=[]), min_size=20))
def test_no_format_lets_control_characters_through(text: str) -> None:
    """Whatever a receiver says, a report is printable text in lines."""
    told = all_texts(text)
    for name in WRITERS:
        assert all(char.isprintable() or char == "\n" for char in written(told, name))


@pytest.mark.parametrize("name", WRITERS)
def test_no_message_is_lost_in_any_format(name: str) -> None:
    """Two callbacks that fail alike in two fields are two causes, told with their callbacks."""
    failing = {"survives_malformed": State.FAIL}
    parts = {"code": "HP404", "check": "survives_malformed", "status": 500}
    told = report(
        *(
            finding(
                **parts,
                callback=callback,
                where=f"/{field}",
                message=f"/{field} missing: wanted any answer but a crash, got 500 KeyError",
                variants=tuple(
                    Variant(what=f"/{field} {what}", got="500 KeyError")
                    for what in ("missing", "holding null", "holding JSON text of a list")
                ),
            )
            for callback, field in ((RECORD, "user_nickname"), (COMPOSE, "user_account"))
        ),
        callbacks={RECORD: result(**failing), COMPOSE: result(**failing)},
    )
    text = written(told, name)
    for word in ("user_nickname", "user_account", "record", "compose"):
        assert word in text
    for damage in ("missing", "null", "JSON text of a list"):
        assert text.count(damage) >= 2
