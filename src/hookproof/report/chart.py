"""Drawings of captures by callback and verdict, as inline SVG that follows the page's colours."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final, NamedTuple

from hookproof.report.ink import plural
from hookproof.report.markup import NOTHING, Markup, element, lines, text
from hookproof.report.timeline import Counts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hookproof.report.timeline import Timeline

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


class Panel(NamedTuple):
    """What is drawn of one callback, or of the rest."""

    name: str
    counts: list[Counts]

    @property
    def total(self) -> Counts:
        """All buckets together."""
        return Counts(sum(c.captures for c in self.counts), sum(c.failed for c in self.counts))


def draw_timeline(timeline: Timeline, panels: list[Panel]) -> Markup:
    """Bars over time, one strip for each panel, each with a scale of its own."""
    height = len(panels) * _PANEL + _AXIS
    drawn = [_panel(timeline, panel, index * _PANEL) for index, panel in enumerate(panels)]
    first, last = timeline.label(0), timeline.label(len(timeline.starts) - 1)
    title = f"Captures by callback and verdict, for each {timeline.step.name}"
    told = "; ".join(f"{panel.name}: {_told(panel.total)}" for panel in panels)
    desc = f"From {first} to {last} (UTC). {told}. The figures follow as a table."
    return _svg("timeline", height, title, desc, lines(*drawn, _axis(timeline, height)))


def draw_bars(counts: Mapping[str, Counts]) -> Markup:
    """One lying bar for each callback, all to one scale."""
    top = max((each.captures for each in counts.values()), default=0) or 1
    rows = [_row(name, each, index, top) for index, (name, each) in enumerate(counts.items())]
    told = "; ".join(f"{name}: {_told(each)}" for name, each in counts.items())
    title = "Captures without a moment, by callback and verdict"
    return _svg("apart", len(counts) * _ROW + 4, title, f"{told}.", lines(*rows))


def _svg(name: str, height: float, title: str, desc: str, content: Markup) -> Markup:
    return element(
        "svg",
        element("title", text(title), id=f"{name}-title"),
        element("desc", text(desc), id=f"{name}-desc"),
        content,
        viewBox=f"0 0 {_WIDTH} {height}",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
    )


def _panel(timeline: Timeline, panel: Panel, y: float) -> Markup:
    base = y + _HEAD + _BARS
    top = max(each.captures for each in panel.counts) or 1
    right = _LEFT + _PLOT
    return lines(
        _text(panel.name, _LEFT, y + 13, class_="name"),
        _text(_told(panel.total), right, y + 13, class_="value", text_anchor="end"),
        _text(f"{top:,}", _LEFT - 6, base - _BARS + 9, class_="scale", text_anchor="end"),
        _text("0", _LEFT - 6, base, class_="scale", text_anchor="end"),
        _line(_LEFT, base - _BARS, right, "grid"),
        *_bars(timeline, panel, base, top),
        _line(_LEFT, base, right, "base"),
    )


def _bars(timeline: Timeline, panel: Panel, base: float, top: int) -> Iterator[Markup]:
    slot = _PLOT / len(timeline.starts)
    width = min(slot * 0.8, _WIDEST)
    for index, each in enumerate(panel.counts):
        if not each.captures:
            continue
        x = _LEFT + index * slot + (slot - width) / 2
        failed, passed = _lengths(each, _BARS / top)
        yield element(
            "g",
            element("title", text(f"{timeline.label(index)}: {_told(each)}")),
            _rect(x, base - failed, width, failed, "failed"),
            _rect(x, base - failed - passed, width, passed, "passed"),
        )


def _row(name: str, each: Counts, index: int, top: int) -> Markup:
    y = index * _ROW + 4
    room = _WIDTH - _NAMES - _VALUES
    failed, passed = _lengths(each, room / top)
    return lines(
        _text(name, _NAMES - 10, y + 15, class_="name", text_anchor="end"),
        _rect(_NAMES, y + 2, failed, _ROW - 10, "failed"),
        _rect(_NAMES + failed, y + 2, passed, _ROW - 10, "passed"),
        _text(_told(each), _NAMES + failed + passed + 8, y + 15, class_="value"),
    )


def _lengths(each: Counts, scale: float) -> tuple[float, float]:
    """How long the parts of a bar are: with an error, without one."""
    whole = each.captures * scale
    failed = max(each.failed * scale, _LEAST) if each.failed else 0
    passed = each.captures - each.failed
    return failed, max(whole - failed, 1 if passed else 0)


def _axis(timeline: Timeline, height: float) -> Markup:
    count = len(timeline.starts)
    slot = _PLOT / count
    labels = [
        _text(
            timeline.label(index),
            _LEFT + (index + 0.5) * slot,
            height - 8,
            class_="scale",
            text_anchor="middle",
        )
        for index in range(0, count, ceil(count / _MOST_LABELS))
    ]
    return lines(*labels)


def _told(each: Counts) -> str:
    failed = f", {each.failed:,} with an error" if each.failed else ""
    return f"{plural(each.captures, 'capture')}{failed}"


def _text(value: str, x: float, y: float, **attributes: str) -> Markup:
    return element("text", text(value), x=_number(x), y=_number(y), **attributes)


def _line(x: float, y: float, to: float, class_: str) -> Markup:
    ends = {"x1": _number(x), "y1": _number(y), "x2": _number(to), "y2": _number(y)}
    return element("line", class_=class_, **ends)


def _rect(x: float, y: float, width: float, height: float, class_: str) -> Markup:
    if not width or not height:
        return NOTHING
    box = {"x": x, "y": y, "width": width, "height": height}
    return element("rect", class_=class_, **{key: _number(value) for key, value in box.items()})


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
