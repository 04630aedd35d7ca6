"""The report of a receiver test as a person reads it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from hookproof.finding import CODES, Severity
from hookproof.receiver.checks import Check, State
from hookproof.report.ink import Ink, plural, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.finding import ReceiverFinding
    from hookproof.receiver.report import CallbackResult, ReceiverReport

_MARKS: Final = {
    State.PASS: ("ok", "green"),
    State.FAIL: ("FAIL", "red"),
    State.INCONCLUSIVE: ("?", "yellow"),
    State.SKIPPED: ("-", "dim"),
}
_WORDS: Final = {
    "pass": ("PASS", "green"),
    "fail": ("FAIL", "red"),
    "incomplete": ("INCOMPLETE", "yellow"),
    "unreachable": ("UNREACHABLE", "red"),
}


def render_test(report: ReceiverReport, *, ink: Ink | None = None) -> str:
    """The matrix of callbacks and checks, a block for each finding, then the verdict."""
    ink = ink or Ink()
    if not report.requests:
        return _verdict(report, ink) + "\n"
    lines = [*_matrix(report, ink), ""]
    lines += [line for group in _groups(report) for line in _finding(group, ink)]
    lines += [f"not tested: {area} ({why})" for area, why in report.untested.items()]
    lines.append(_verdict(report, ink))
    return "\n".join(lines) + "\n"


def _matrix(report: ReceiverReport, ink: Ink) -> Iterator[str]:
    width = max(map(len, report.callbacks), default=0)
    names = [name.replace("_", " ") for name in Check]
    yield ink.paint("  ".join(["callback".ljust(width), "control  ", "requests"]), "dim")
    for name, result in report.callbacks.items():
        control = result.control.value if result.control else "-"
        yield f"{name:<{width}}  {control:<9}  {result.requests:>8}"
    yield ""
    yield ink.paint("check".ljust(28) + "  ".join(_short(report)), "dim")
    for check, words in zip(Check, names, strict=True):
        cells = [_cell(result, check, name, ink) for name, result in _columns(report)]
        yield words.ljust(28) + "  ".join(cells)


def _columns(report: ReceiverReport) -> list[tuple[str, CallbackResult]]:
    return list(zip(_short(report), report.callbacks.values(), strict=True))


def _short(report: ReceiverReport) -> list[str]:
    """Names of the columns: the event alone where it is unique, never under four letters."""
    events = [name.split("/")[1] for name in report.callbacks]
    names = report.callbacks
    return [
        (event if events.count(event) == 1 else name).ljust(4)
        for event, name in zip(events, names, strict=True)
    ]


def _cell(result: CallbackResult, check: Check, name: str, ink: Ink) -> str:
    word, colour = _MARKS[result.checks[check]]
    return ink.paint(word.ljust(len(name)), colour)


def _groups(report: ReceiverReport) -> list[list[ReceiverFinding]]:
    """Findings that say the same of several callbacks, together."""
    groups: dict[tuple[object, ...], list[ReceiverFinding]] = {}
    met: Counter[tuple[object, ...]] = Counter()
    for finding in report.findings:
        key = (finding.severity, finding.code, finding.check, finding.status, finding.hint)
        # Two places in one callback are two blocks, the same one elsewhere is not.
        met[(*key, finding.callback)] += 1
        groups.setdefault((*key, met[(*key, finding.callback)]), []).append(finding)
    return list(groups.values())


def _finding(group: list[ReceiverFinding], ink: Ink) -> Iterator[str]:
    shown, count = group[0], sum(finding.count for finding in group)
    times = f"  ({count} times)" if count > 1 else ""
    head = f"{shown.code}  {CODES[shown.code].title}{times}"
    yield f"{ink.severity(shown.severity)} {ink.paint(head, 'bold')}"
    rows = {
        "callback": ", ".join(dict.fromkeys(finding.callback for finding in group)),
        "check": shown.check,
        "symptom": shown.symptom,
        "at": ", ".join(dict.fromkeys(safe(f.where) for f in group if f.where)),
        "what": safe(shown.message),
        "page": shown.source,
        "next": shown.hint,
    }
    yield from (f"        {key:<9} {value}" for key, value in rows.items() if value)
    for number, line in enumerate(shown.reproduce.splitlines()):
        yield f"        {'again' if number == 0 else '':<9} {safe(line)}"
    yield ""


def _verdict(report: ReceiverReport, ink: Ink) -> str:
    word, colour = _WORDS[report.verdict]
    counts = [
        plural(sum(f.severity is severity for f in report.findings), severity.value)
        for severity in Severity
    ]
    why = report.unreachable or report.incomplete
    text = f"{plural(report.requests, 'request')}: {', '.join(counts)}"
    if report.unreachable:
        text = f"{safe(report.target)} after {text}"
        why = f"{why}; is the receiver running, and is this its URL?"
    return ink.paint(word, colour, "bold") + f"  {text}" + (f"; {safe(why)}" if why else "")
