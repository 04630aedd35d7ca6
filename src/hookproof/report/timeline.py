"""Captures over time, in buckets that are wide enough to be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hookproof.validation_run.summary import Tally


class Counts(NamedTuple):
    """Captures of a bucket, and those among them with an error."""

    captures: int = 0
    failed: int = 0

    def plus(self, captures: int, failed: int) -> Counts:
        """These and more."""
        return Counts(self.captures + captures, self.failed + failed)


class Step(NamedTuple):
    """The width of a bucket, and the most buckets for which it is taken."""

    name: str
    hours: int
    most: int
    form: str


_STEPS: Final = (
    Step("hour", 1, 72, "%Y-%m-%d %H:00"),
    Step("day", 24, 180, "%Y-%m-%d"),
    Step("week", 7 * 24, 180, "%Y-%m-%d"),
    Step("four weeks", 28 * 24, 180, "%Y-%m-%d"),
    Step("year of 52 weeks", 364 * 24, 180, "%Y-%m-%d"),
)
_SECONDS: Final = 3600
# Unix time began on a Thursday; weeks begin on Monday.
_MONDAY: Final = -72
# A moment outside these years is a mistake, and would leave all others one bucket.
_FIRST: Final = int(datetime(2000, 1, 1, tzinfo=UTC).timestamp()) // _SECONDS
_END: Final = int(datetime(2100, 1, 1, tzinfo=UTC).timestamp()) // _SECONDS


@dataclass(frozen=True, slots=True)
class Timeline:
    """Counts by callback in buckets without a gap; `starts` are hours since 1970, in UTC.

    `apart` are the captures without a moment, or with one that cannot be.
    """

    step: Step
    starts: tuple[int, ...]
    counts: dict[str, list[Counts]]
    apart: dict[str, Counts]

    def label(self, index: int) -> str:
        """When a bucket begins."""
        moment = datetime.fromtimestamp(self.starts[index] * _SECONDS, UTC)
        return moment.strftime(self.step.form)


def timeline(tally: Tally) -> Timeline:
    """The captures of each callback over time; hours while those are few, else days, weeks."""
    hours = [hour for each in tally.callbacks.values() for hour in each.hours if _is_usable(hour)]
    step = _step_for(hours)
    starts = _starts(hours, step)
    places = {start: index for index, start in enumerate(starts)}
    counts = {name: [Counts()] * len(starts) for name in tally.callbacks}
    apart: dict[str, Counts] = {}
    for name, each in tally.callbacks.items():
        for hour, (captures, failed) in each.hours.items():
            if not _is_usable(hour):
                apart[name] = apart.get(name, Counts()).plus(captures, failed)
                continue
            index = places[_start(hour, step)]
            counts[name][index] = counts[name][index].plus(captures, failed)
    return Timeline(step, starts, counts, apart)


def _is_usable(hour: int) -> bool:
    return _FIRST <= hour < _END


def _start(hour: int, step: Step) -> int:
    """The hour at which the bucket of an hour begins."""
    origin = _MONDAY if step.hours > 24 else 0
    return hour - (hour - origin) % step.hours


def _starts(hours: Iterable[int], step: Step) -> tuple[int, ...]:
    taken = [_start(hour, step) for hour in hours]
    return tuple(range(min(taken), max(taken) + 1, step.hours)) if taken else ()


def _step_for(hours: list[int]) -> Step:
    for step in _STEPS:
        if len(_starts(hours, step)) <= step.most:
            return step
    return _STEPS[-1]
