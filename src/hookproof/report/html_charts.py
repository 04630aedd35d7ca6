"""The charts of a page, each with its figures as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hookproof.report.chart import Panel, draw_bars, draw_timeline
from hookproof.report.html_tables import table
from hookproof.report.markup import NOTHING, Markup, element, lines, text
from hookproof.report.timeline import Counts, timeline

if TYPE_CHECKING:
    from hookproof.capture.tally import Tally
    from hookproof.report.timeline import Timeline

_MOST: Final = 12
_WITHOUT_MOMENT: Final = (
    "Without a moment",
    "Nobody noted when these captures were received, or the moment cannot be right.",
)
_NO_MOMENTS: Final = (
    "By callback",
    "No capture tells when it was received, so there is no chart over time.",
)


def charts(tally: Tally) -> Markup:
    """Captures over time, and those without a moment apart."""
    over = timeline(tally)
    over_time = _over_time(over) if over.starts else NOTHING
    apart = _apart(over) if over.apart else NOTHING
    return lines(over_time, apart)


def _over_time(over: Timeline) -> Markup:
    panels = _panels(over.counts)
    text_of = f"Each bar is one {over.step.name}. Every callback has a scale of its own."
    if over.step.hours > 24:
        text_of += " A date is that of the first day."
    heads = [over.step.name.capitalize(), *(panel.name for panel in panels)]
    rows = [
        [text(over.label(index)), *(_cell(panel.counts[index]) for panel in panels)]
        for index in range(len(over.starts))
        if any(panel.counts[index].captures for panel in panels)
    ]
    return _section(
        "Over time",
        text_of,
        draw_timeline(over, panels),
        table(heads, rows, numbers=range(1, len(heads)), caption="Captures (with an error)"),
    )


def _apart(over: Timeline) -> Markup:
    panels = _panels({name: [counts] for name, counts in over.apart.items()})
    counts = {panel.name: panel.total for panel in panels}
    rows = [[text(name), text(c.captures), text(c.failed)] for name, c in counts.items()]
    title, told = _WITHOUT_MOMENT if over.starts else _NO_MOMENTS
    return _section(
        title,
        told,
        draw_bars(counts),
        table(["Callback", "Captures", "With an error"], rows, numbers={1, 2}),
    )


def _section(title: str, told: str, drawing: Markup, figures: Markup) -> Markup:
    summary = element("summary", text("The figures as a table"))
    keys = [("failed", "with an error"), ("passed", "without an error")]
    legend = [
        element("span", element("i", class_=f"key {name}"), text(label)) for name, label in keys
    ]
    return element(
        "section",
        lines(
            element("h2", text(title)),
            element("p", text(told)),
            element("p", *legend, class_="legend"),
            element("div", drawing, class_="scroll chart"),
            element("details", summary, figures),
        ),
    )


def _panels(counts: dict[str, list[Counts]]) -> list[Panel]:
    """The busiest callbacks, and the rest as one."""
    panels = [
        Panel(name or "(not recognised)", buckets)
        for name, buckets in counts.items()
        if any(each.captures for each in buckets)
    ]
    panels.sort(key=lambda panel: (-panel.total.captures, panel.name))
    if len(panels) <= _MOST:
        return panels
    rest = panels[_MOST - 1 :]
    buckets = [_sum(same) for same in zip(*(panel.counts for panel in rest), strict=True)]
    return [*panels[: _MOST - 1], Panel(f"{len(rest)} other callbacks", buckets)]


def _sum(counts: tuple[Counts, ...]) -> Counts:
    return Panel("", list(counts)).total


def _cell(each: Counts) -> Markup:
    if not each.captures:
        return NOTHING
    return text(f"{each.captures:,} ({each.failed:,})" if each.failed else f"{each.captures:,}")
