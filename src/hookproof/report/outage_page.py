"""`hookproof outage` as a page: when a vendor tries, when the receiver is down, what is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hookproof.report.chart import Bar, Box, Chart, Text
from hookproof.report.html import page

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Units of the drawing; the page scales it.
_LEFT: Final = 12
_WIDTH: Final = 856
_ROW: Final = 56
_AXIS: Final = 22


def outage_page(
    groups: Sequence[tuple[str, Sequence[dict[str, Any]]]],
    downs: Sequence[tuple[float, float]],
) -> str:
    """A drawing for each group of callbacks of which the same is told, with its words.

    `downs` are outages in seconds. Raises DependencyMissing without jinja2.
    """
    drawn = [
        (words, [row["callback"] for row in rows], _drawing(number, words, rows[0], downs))
        for number, (words, rows) in enumerate(groups)
    ]
    return page("outage.html", groups=drawn, downs=downs)


def _drawing(
    number: int, words: str, row: dict[str, Any], downs: Sequence[tuple[float, float]]
) -> Chart | None:
    """Attempts as marks on a line of time, outages behind it; None where no page names a time."""
    attempts = row.get("attempts")
    if not attempts:
        return None
    lost = row.get("lost", ())
    first = min([0.0, *(start for start, _ in (*downs, *lost))])
    last = max([*attempts, *(end for _, end in (*downs, *lost)), 1.0])
    scale = _WIDTH / ((last - first) * 1.02)

    def x(moment: float) -> float:
        return float(_LEFT + (moment - first) * scale)

    chart = Chart(
        f"outage-{number}",
        "",
        "",
        "Attempts and outages",
        words,
        _ROW + _AXIS,
        ["Attempt", "Seconds after the first"],
        [[f"{n}", f"{at:g}"] for n, at in enumerate(attempts, start=1)],
        "Attempts where nobody answers",
    )
    chart.lines = [_box(x(first), _ROW - 16, x(last), _ROW - 16, "base")]
    chart.bars = [
        *_bars("down", "down from {:g} to {:g} s", downs, x, top=6, height=_ROW - 22),
        *_bars("failed", "events of {:g} to {:g} s are lost", lost, x, top=_ROW - 12, height=8),
        *(
            Bar(f"attempt {n} at {at:g} s", [_box(x(at) - 2, 12, 4, _ROW - 28, "passed")])
            for n, at in enumerate(attempts, start=1)
        ),
    ]
    marks = dict.fromkeys([*attempts, *(edge for one in downs for edge in one)])
    chart.texts = [
        Text(f"{place:.1f}", f"{_ROW + _AXIS - 6}", f"{at:g}", "scale", "middle")
        for at, place in _apart((at, x(at)) for at in sorted(marks))
    ]
    return chart


def _bars(
    shade: str, told: str, stretches: Iterable[Any], x: Any, *, top: float, height: float
) -> list[Bar]:
    return [
        Bar(told.format(start, end), [_box(x(start), top, x(end) - x(start), height, shade)])
        for start, end in stretches
    ]


def _apart(marks: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Those that can be read beside each other."""
    kept: list[tuple[float, float]] = []
    for at, place in marks:
        if not kept or place - kept[-1][1] > 26:
            kept.append((at, place))
    return kept


def _box(x: float, y: float, width: float, height: float, shade: str) -> Box:
    return Box(f"{x:.1f}", f"{y:.1f}", f"{width:.1f}", f"{height:.1f}", shade)
