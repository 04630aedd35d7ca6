"""Captures over time, in buckets that can be drawn."""

from __future__ import annotations

import pytest
from unit.report.tallies import COMPOSE, MONDAY, RECORD

from hookproof.report.chart import timeline
from hookproof.validation_run.summary import Tally

HOUR, DAY = 3600, 86_400


def received(*moments: float | None, name: str = RECORD, failed: bool = False) -> Tally:
    """A tally of captures that were received at some moments."""
    told = Tally()
    for moment in moments:
        told.of(name).count(failed=failed, signature="valid", moment=moment)
    return told


@pytest.mark.parametrize(
    ("span", "step", "buckets"),
    [
        (0, "hour", 1),
        (71 * HOUR, "hour", 72),
        (72 * HOUR, "day", 4),
        (179 * DAY, "day", 180),
        (180 * DAY, "week", 26),
        (179 * 7 * DAY, "week", 180),
        (180 * 7 * DAY, "four weeks", 46),
        (50 * 365 * DAY, "year of 52 weeks", 51),
    ],
)
def test_buckets_widen_with_the_span(span: int, step: str, buckets: int) -> None:
    """72 hours, 180 days and 180 weeks are the most that is drawn of each."""
    over = timeline(received(MONDAY, MONDAY + span).callbacks)
    assert (over.step.name, len(over.starts)) == (step, buckets)
    assert sum(each.captures for each in over.counts[RECORD]) == 2


def test_buckets_have_no_gap() -> None:
    """Hours without a capture are there, and are empty."""
    over = timeline(received(MONDAY, MONDAY + 3 * HOUR).callbacks)
    assert [each.captures for each in over.counts[RECORD]] == [1, 0, 0, 1]
    assert [over.label(index) for index in (0, 3)] == ["2026-03-02 00:00", "2026-03-02 03:00"]


def test_callbacks_share_the_buckets() -> None:
    """All callbacks stand on one axis, each with its failed captures."""
    told = received(MONDAY, MONDAY + HOUR)
    told.merge(received(MONDAY + HOUR, MONDAY + HOUR, name=COMPOSE, failed=True))
    over = timeline(told.callbacks)
    assert over.counts == {RECORD: [(1, 0), (1, 0)], COMPOSE: [(0, 0), (2, 2)]}


def test_days_begin_at_midnight_and_weeks_on_monday() -> None:
    """A bucket is named for its first hour or day, in UTC."""
    days = timeline(received(MONDAY + 5 * HOUR, MONDAY + 10 * DAY).callbacks)
    assert days.label(0) == "2026-03-02"
    weeks = timeline(received(MONDAY + 6 * DAY, MONDAY + 300 * DAY).callbacks)
    assert weeks.label(0) == "2026-03-02"


def test_captures_without_a_moment_stand_apart() -> None:
    """They are counted, and do not stretch the axis."""
    told = received(MONDAY, None)
    told.merge(received(None, failed=True))
    over = timeline(told.callbacks)
    assert over.apart == {RECORD: (2, 1)}
    assert len(over.starts) == 1


@pytest.mark.parametrize("moment", [0.0, -5e9, 4e12, 1e30, 946_684_799.0, 4_102_444_800.0])
def test_a_moment_that_cannot_be_stands_apart(moment: float) -> None:
    """Before 2000 and from 2100 a moment is a mistake; milliseconds for seconds is one."""
    over = timeline(received(MONDAY, moment).callbacks)
    assert over.apart == {RECORD: (1, 0)}
    assert len(over.starts) == 1


def test_without_any_moment_there_is_no_axis() -> None:
    """Nothing is drawn over time where nothing has a time."""
    over = timeline(received(None, None).callbacks)
    assert over.starts == ()
    assert over.apart == {RECORD: (2, 0)}
    assert timeline(Tally().callbacks).apart == {}
