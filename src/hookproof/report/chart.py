"""Captures over time and by callback as drawings: what stands where. A template writes the SVG."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import ceil
from typing import TYPE_CHECKING, Final, NamedTuple

from hookproof.report.ink import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from hookproof.validation_run.summary import CallbackTally


# Units of the drawing; the page scales it.
_WIDTH: Final = 880
# Room for the words behind a bar, with counts of nine digits.
_VALUES: Final = 330
_LEFT: Final = 56
_RIGHT: Final = 40
_PLOT: Final = _WIDTH - _LEFT - _RIGHT
_HEAD: Final = 20
_BARS: Final = 52
_PANEL: Final = _HEAD + _BARS + 14
_AXIS: Final = 26
_ROW: Final = 28
_NAMES: Final = 230
_WIDEST: Final = 28
# A single failed capture among thousands must still be seen.
_LEAST: Final = 3
_MOST_LABELS: Final = 8
_MOST_PANELS: Final = 12
_OVER_TIME: Final = "Each bar is one {step}. Every callback has a scale of its own."
_LONG_STEP: Final = " A date is that of the first day."
_WITHOUT_MOMENT: Final = (
    "Without a moment",
    "Nobody noted when these captures were received, or the moment cannot be right.",
)
_NO_MOMENTS: Final = (
    "By callback",
    "No capture tells when it was received, so there is no chart over time.",
)


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


def timeline(callbacks: Mapping[str, CallbackTally]) -> Timeline:
    """The captures of each callback over time; hours while those are few, else days, weeks."""
    hours = [hour for each in callbacks.values() for hour in each.hours if _is_usable(hour)]
    step = _step_for(hours)
    starts = _starts(hours, step)
    places = {start: index for index, start in enumerate(starts)}
    counts = {name: [Counts()] * len(starts) for name in callbacks}
    apart: dict[str, Counts] = {}
    for name, each in callbacks.items():
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


class Text(NamedTuple):
    """Words at a place; `shade` is a class of the page's style."""

    x: str
    y: str
    words: str
    shade: str
    anchor: str = "start"


class Box(NamedTuple):
    """A filled rectangle, or a line where `height` is 0."""

    x: str
    y: str
    width: str
    height: str
    shade: str


class Bar(NamedTuple):
    """Boxes on top of each other, and what they mean."""

    told: str
    boxes: list[Box]


@dataclass(slots=True)
class Chart:
    """A drawing with its heading, and the same figures as a table."""

    name: str
    title: str
    about: str
    drawn: str
    told: str
    height: int
    heads: list[str]
    rows: list[list[str]]
    caption: str = ""
    width: int = _WIDTH
    texts: list[Text] = field(default_factory=list)
    lines: list[Box] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)


class _Panel(NamedTuple):
    """What is drawn of one callback, or of the rest."""

    name: str
    counts: list[Counts]

    @property
    def total(self) -> Counts:
        """All buckets together."""
        return Counts(sum(c.captures for c in self.counts), sum(c.failed for c in self.counts))


def charts(timeline: Timeline) -> Iterator[Chart]:
    """Captures over time, and those without a moment apart."""
    if timeline.starts:
        yield _over_time(timeline, _panels(timeline.counts))
    if timeline.apart:
        panels = _panels({name: [counts] for name, counts in timeline.apart.items()})
        yield _apart(panels, *(_WITHOUT_MOMENT if timeline.starts else _NO_MOMENTS))


def _over_time(timeline: Timeline, panels: list[_Panel]) -> Chart:
    """Bars over time, one strip for each panel, each with a scale of its own."""
    first, last = timeline.label(0), timeline.label(len(timeline.starts) - 1)
    told = "; ".join(f"{panel.name}: {_told(panel.total)}" for panel in panels)
    long_step = _LONG_STEP if timeline.step.hours > 24 else ""
    chart = Chart(
        "timeline",
        "Over time",
        _OVER_TIME.format(step=timeline.step.name) + long_step,
        f"Captures by callback and verdict, for each {timeline.step.name}",
        f"From {first} to {last} (UTC). {told}. The figures follow as a table.",
        len(panels) * _PANEL + _AXIS,
        [timeline.step.name.capitalize(), *(panel.name for panel in panels)],
        [
            [timeline.label(index), *(_figures(panel.counts[index]) for panel in panels)]
            for index in range(len(timeline.starts))
            if any(panel.counts[index].captures for panel in panels)
        ],
        "Captures (with an error)",
    )
    for index, panel in enumerate(panels):
        _draw_panel(chart, timeline, panel, index * _PANEL)
    _draw_axis(chart, timeline)
    return chart


def _apart(panels: list[_Panel], title: str, about: str) -> Chart:
    """One lying bar for each callback, all to one scale."""
    counts = {panel.name: panel.total for panel in panels}
    chart = Chart(
        "apart",
        title,
        about,
        "Captures without a moment, by callback and verdict",
        "; ".join(f"{name}: {_told(each)}" for name, each in counts.items()) + ".",
        len(counts) * _ROW + 4,
        ["Callback", "Captures", "With an error"],
        [[name, f"{each.captures:,}", f"{each.failed:,}"] for name, each in counts.items()],
    )
    _draw_rows(chart, counts)
    return chart


def _draw_panel(chart: Chart, timeline: Timeline, panel: _Panel, y: float) -> None:
    base, right = y + _HEAD + _BARS, _LEFT + _PLOT
    top = max(each.captures for each in panel.counts) or 1
    chart.texts += [
        _text(panel.name, _LEFT, y + 13, "name"),
        _text(_told(panel.total), right, y + 13, "value", "end"),
        _text(f"{top:,}", _LEFT - 6, base - _BARS + 9, "scale", "end"),
        _text("0", _LEFT - 6, base, "scale", "end"),
    ]
    chart.lines += [
        _box(_LEFT, base - _BARS, right, base - _BARS, "grid"),
        _box(_LEFT, base, right, base, "base"),
    ]
    slot = _PLOT / len(timeline.starts)
    width = min(slot * 0.8, _WIDEST)
    for index, each in enumerate(panel.counts):
        if each.captures:
            x = _LEFT + index * slot + (slot - width) / 2
            failed, passed = _lengths(each, _BARS / top)
            boxes = [
                _box(x, base - failed, width, failed, "failed"),
                _box(x, base - failed - passed, width, passed, "passed"),
            ]
            chart.bars.append(_bar(f"{timeline.label(index)}: {_told(each)}", boxes))


def _draw_rows(chart: Chart, counts: Mapping[str, Counts]) -> None:
    top = max((each.captures for each in counts.values()), default=0) or 1
    for index, (name, each) in enumerate(counts.items()):
        y = index * _ROW + 4
        failed, passed = _lengths(each, (_WIDTH - _NAMES - _VALUES) / top)
        boxes = [
            _box(_NAMES, y + 2, failed, _ROW - 10, "failed"),
            _box(_NAMES + failed, y + 2, passed, _ROW - 10, "passed"),
        ]
        chart.bars.append(_bar(f"{name}: {_told(each)}", boxes))
        chart.texts += [
            _text(name, _NAMES - 10, y + 15, "name", "end"),
            _text(_told(each), _NAMES + failed + passed + 8, y + 15, "value"),
        ]


def _draw_axis(chart: Chart, timeline: Timeline) -> None:
    count = len(timeline.starts)
    slot = _PLOT / count
    chart.texts += [
        _text(timeline.label(at), _LEFT + (at + 0.5) * slot, chart.height - 8, "scale", "middle")
        for at in range(0, count, ceil(count / _MOST_LABELS))
    ]


def _lengths(each: Counts, scale: float) -> tuple[float, float]:
    """How long the parts of a bar are: with an error, without one."""
    whole = each.captures * scale
    failed = max(each.failed * scale, _LEAST) if each.failed else 0
    passed = each.captures - each.failed
    return failed, max(whole - failed, 1 if passed else 0)


def _panels(counts: Mapping[str, list[Counts]]) -> list[_Panel]:
    """The busiest callbacks, and the rest as one."""
    panels = [
        _Panel(name or "(not recognised)", buckets)
        for name, buckets in counts.items()
        if any(each.captures for each in buckets)
    ]
    panels.sort(key=lambda panel: (-panel.total.captures, panel.name))
    if len(panels) <= _MOST_PANELS:
        return panels
    rest = panels[_MOST_PANELS - 1 :]
    buckets = [_Panel("", list(same)).total for same in zip(*(p.counts for p in rest), strict=True)]
    return [*panels[: _MOST_PANELS - 1], _Panel(f"{len(rest)} other callbacks", buckets)]


def _told(each: Counts) -> str:
    failed = f", {each.failed:,} with an error" if each.failed else ""
    return f"{plural(each.captures, 'capture')}{failed}"


def _figures(each: Counts) -> str:
    if not each.captures:
        return ""
    return f"{each.captures:,} ({each.failed:,})" if each.failed else f"{each.captures:,}"


def _text(words: str, x: float, y: float, shade: str, anchor: str = "start") -> Text:
    return Text(_number(x), _number(y), words, shade, anchor)


def _box(x: float, y: float, width: float, height: float, shade: str) -> Box:
    return Box(_number(x), _number(y), _number(width), _number(height), shade)


def _bar(told: str, boxes: Sequence[Box]) -> Bar:
    return Bar(told, [box for box in boxes if "0" not in {box.width, box.height}])


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"
