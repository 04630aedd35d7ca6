"""Reports as annotations of GitHub Actions, which stand beside the lines of a change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hookproof.finding import CODES, Severity
from hookproof.report.groups import headline, in_order, last_place, places, spot
from hookproof.report.ink import plural, safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hookproof.capture.tally import Group, Tally

LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
# GitHub shows ten of each level for a step, and drops the others silently.
_MOST: Final = 10


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotation; line and column are 0 where they are not known."""

    level: str
    title: str
    message: str
    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """The command that makes it; a value can end neither a property nor the line."""
        given = {
            "file": safe(self.file),
            "line": self.line or "",
            "col": (self.line and self.column) or "",
            "title": safe(self.title),
        }
        properties = ",".join(f"{key}={_property(str(v))}" for key, v in given.items() if v)
        return f"::{self.level} {properties}::{data(self.message)}"


def captures_as_github(tally: Tally) -> str:
    """The report on captures: at most ten annotations of each level, how many more, the totals."""
    annotations = [_annotation(group) for group in in_order(tally)]
    if tally.stopped:
        message = f"stopped: {safe(tally.stopped)}; what was read until then is reported"
        annotations.insert(0, Annotation("warning", "the run is not complete", message))
    return as_github(annotations) + f"{tally.verdict.upper()}  {data(defused(headline(tally)))}\n"


def as_github(annotations: Iterable[Annotation]) -> str:
    """Annotations, the first ten of each level; a notice says how many are left out."""
    found = list(annotations)
    room = dict.fromkeys(LEVELS.values(), _MOST)
    if any(_count(found, level) > _MOST for level in room):
        room["notice"] -= 1
    shown = []
    for annotation in found:
        if room[annotation.level]:
            room[annotation.level] -= 1
            shown.append(annotation)
    if len(shown) < len(found):
        shown.append(_more(found, shown))
    return "".join(f"{annotation}\n" for annotation in shown)


def _more(found: list[Annotation], shown: list[Annotation]) -> Annotation:
    levels = ("error", "warning", "notice")
    left = {level: _count(found, level) - _count(shown, level) for level in levels}
    told = ", ".join(plural(count, f"more {level}") for level, count in left.items() if count)
    return Annotation("notice", "more findings", f"{told}; the other formats have them all")


def _count(annotations: list[Annotation], level: str) -> int:
    return sum(annotation.level == level for annotation in annotations)


def _annotation(group: Group) -> Annotation:
    finding, first = group.finding, places(group)[0]
    title = f"{finding.code} {CODES[finding.code].title}"
    return Annotation(
        LEVELS[finding.severity],
        title,
        "\n".join(_lines(group)),
        first.file,
        first.line,
        first.column,
    )


def _lines(group: Group) -> Iterator[str]:
    finding = group.finding
    where = f"{safe(finding.callback)} {safe(finding.where)}".strip()
    yield f"{where}: {safe(finding.message)}" if where else safe(finding.message)
    if group.count > 1:
        last = last_place(group) or group.last
        yield f"{plural(group.count, 'time')}, the last one at {spot(last)}"
    if finding.hint:
        yield f"next: {safe(finding.hint)}"
    if finding.source:
        yield f"page: {safe(finding.source)}"


def data(text: str) -> str:
    """Text that ends no line and so begins no command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return data(text).replace(":", "%3A").replace(",", "%2C")


def defused(text: str) -> str:
    """Text without the runner's older commands, which it looks for anywhere in a line."""
    return text.replace("##[", "## [")
