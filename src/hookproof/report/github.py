"""Reports as annotations of GitHub Actions, one for each cause, and what those have no room for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hookproof.findings import Severity
from hookproof.report.ink import plural, safe
from hookproof.report.model import spot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.report.model import Cause, Report

_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
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
        return f"::{self.level} {properties}::{_data(self.message)}"


def as_github(report: Report) -> str:
    """At most ten annotations of each level, the other causes in the log, and the totals last."""
    annotations = [_annotation(cause) for cause in report.causes]
    if report.reason:
        message = f"{safe(report.reason)}; what was found until then is reported"
        annotations.insert(0, Annotation("warning", "the run is not complete", message))
    shown, rest = _shown(annotations)
    lines = [*map(str, shown), *_in_the_log(rest)]
    last = f"{report.verdict.upper()}  {_data(_defused(report.headline))}"
    return "".join(f"{line}\n" for line in [*lines, last])


def _shown(annotations: list[Annotation]) -> tuple[list[Annotation], list[Annotation]]:
    """The first ten of each level, of notices one less where more is left than is shown."""
    counts = {level: sum(a.level == level for a in annotations) for level in _LEVELS.values()}
    room = dict.fromkeys(_LEVELS.values(), _MOST)
    if any(count > _MOST for count in counts.values()):
        room["notice"] -= 1
    shown: list[Annotation] = []
    rest: list[Annotation] = []
    for annotation in annotations:
        room[annotation.level] -= 1
        (shown if room[annotation.level] >= 0 else rest).append(annotation)
    return shown, rest


def _in_the_log(rest: list[Annotation]) -> Iterator[str]:
    """A notice of how many causes there is no room for, and their words as lines of the log."""
    if not rest:
        return
    counts = {level: sum(one.level == level for one in rest) for level in _LEVELS.values()}
    told = ", ".join(plural(count, f"more {level}") for level, count in counts.items() if count)
    yield str(Annotation("notice", "more findings", f"{told}; the log of this step has them"))
    yield "::group::more findings"
    for one in rest:
        where = f"{safe(one.file)}:{one.line}: " if one.file else ""
        # What begins with a word is no command.
        yield f"{one.level}: {where}{_defused(safe(one.title))}"
        yield from (f"  - {_defused(safe(line))}" for line in one.message.split("\n"))
    yield "::endgroup::"


def _annotation(cause: Cause) -> Annotation:
    first = cause.shown.places[0] if cause.shown.places else None
    return Annotation(
        _LEVELS[cause.severity],
        f"{cause.number}. {cause.code} {cause.title}",
        "\n".join(_lines(cause)),
        *((first.file, first.line, first.column) if first else ()),
    )


def _lines(cause: Cause) -> Iterator[str]:
    for sighting in cause.sightings:
        where = f"{safe(sighting.callback)} {safe(sighting.finding.where)}".strip()
        messages = map(safe, sighting.messages)
        told = (f"{where}: {message}" if where else message for message in messages)
        times = f", {plural(sighting.count, 'time')}" if sighting.count > 1 else ""
        last = f", the last one at {spot(sighting.last)}" if sighting.last else ""
        yield f"{'; '.join(told)}{times}{last}"
    if cause.hint:
        yield f"next: {safe(cause.hint)}"
    yield from (f"page: {safe(page)}" for page in cause.pages)


def _data(text: str) -> str:
    """Text that ends no line and so begins no command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _defused(text: str) -> str:
    """Text without the runner's older commands, which it looks for anywhere in a line."""
    return text.replace("##[", "## [")
