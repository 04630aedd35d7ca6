"""The report on captures as a person reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hookproof.finding import CODES, Severity
from hookproof.report.ink import Ink, plural, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.capture import CaptureReport
    from hookproof.finding import CaptureFinding


def render_captures(report: CaptureReport, *, ink: Ink | None = None) -> str:
    """One block for each finding, then a line for each callback, then the totals."""
    ink = ink or Ink()
    lines = [line for finding in report.findings for line in _finding(finding, ink)]
    lines += [line for name in sorted(report.callbacks) for line in _callback(report, name, ink)]
    lines.append(_totals(report, ink))
    return "\n".join(lines) + "\n"


def _finding(finding: CaptureFinding, ink: Ink) -> Iterator[str]:
    place = f":{finding.line}:{finding.column}" if finding.line else ""
    title = CODES[finding.code].title
    callback = ink.paint(f"  {finding.callback}", "dim") if finding.callback else ""
    yield ink.paint(f"{safe(finding.file)}{place}", "bold") + callback
    yield f"  {ink.severity(finding.severity)} {finding.code}  {title}"
    rows = {
        "at": safe(finding.where),
        "what": "" if finding.expected else safe(finding.message),
        "expected": safe(finding.expected),
        "found": safe(finding.found),
        "page": finding.source,
        "next": finding.hint,
    }
    yield from (f"          {key:<9} {value}" for key, value in rows.items() if value)
    yield ""


def _callback(report: CaptureReport, name: str, ink: Ink) -> Iterator[str]:
    tally = report.callbacks[name]
    shown = name or "(not recognised)"
    verdict = ink.paint(f"{tally.failed} failed", "red") if tally.failed else "all valid"
    states = ", ".join(f"{count} {state}" for state, count in sorted(tally.signatures.items()))
    signatures = f"; signatures: {states}" if states and name else ""
    yield f"{shown:<28} {plural(tally.captures, 'capture')}, {verdict}{signatures}"


def _totals(report: CaptureReport, ink: Ink) -> str:
    errors = report.count(Severity.ERROR)
    warnings = report.count(Severity.WARNING)
    word = ink.paint("FAIL", "red", "bold") if errors else ink.paint("PASS", "green", "bold")
    counts = f"{plural(errors, 'error')}, {plural(warnings, 'warning')}"
    return f"{word}  {plural(report.captures, 'capture')}: {counts}"
