"""The report of a receiver test as annotations of GitHub Actions, one for each cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hookproof.finding import CODES
from hookproof.report.causes import causes, headline, pages_of, reason, where_of
from hookproof.report.github import LEVELS, Annotation, as_github, data, defused
from hookproof.report.ink import plural, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.finding import ReceiverFinding
    from hookproof.receiver.report import ReceiverReport


def test_as_github(report: ReceiverReport) -> str:
    """The report: at most ten annotations of each level, how many more, the totals."""
    annotations = [_annotation(group) for group in causes(report)]
    why = reason(report)
    if why:
        annotations.insert(0, Annotation("warning", "the run is not complete", why))
    last = f"{report.verdict.upper()}  {headline(report)}" + (f"; {why}" if why else "")
    return as_github(annotations) + f"{data(defused(last))}\n"


def _annotation(group: list[ReceiverFinding]) -> Annotation:
    shown = group[0]
    title = f"{shown.code} {CODES[shown.code].title}"
    return Annotation(LEVELS[shown.severity], title, "\n".join(_lines(group)))


def _lines(group: list[ReceiverFinding]) -> Iterator[str]:
    shown, count = group[0], sum(finding.count for finding in group)
    names = ", ".join(dict.fromkeys(finding.callback for finding in group))
    yield f"{names} {where_of(group)}".strip()
    yield safe(shown.message) + (f", {plural(count, 'time')}" if count > 1 else "")
    if shown.hint:
        yield f"next: {safe(shown.hint)}"
    if pages_of(group):
        yield f"page: {pages_of(group)}"
