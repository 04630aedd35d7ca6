"""Validates captures and sums up what was found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hookproof.finding import CaptureFinding, Severity
from hookproof.payload.body import read_body

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hookproof.capture.sources import Capture
    from hookproof.payload.body import BodyForm
    from hookproof.validation.validator import Validator, Verdict

NOT_CHECKED = "not checked"


@dataclass(slots=True)
class CallbackTally:
    """Counts of one callback's captures: all, those with an error, signatures by state."""

    captures: int = 0
    failed: int = 0
    signatures: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class CaptureReport:
    """What became of some captures. Captures that were not recognised stand under ""."""

    findings: list[CaptureFinding] = field(default_factory=list)
    callbacks: dict[str, CallbackTally] = field(default_factory=dict)

    @property
    def captures(self) -> int:
        """How many captures there were, unreadable ones included."""
        return sum(tally.captures for tally in self.callbacks.values())

    def count(self, severity: Severity) -> int:
        """How many findings have a severity."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def verdict(self) -> str:
        """pass, or fail where there is an error."""
        return "fail" if self.count(Severity.ERROR) else "pass"


def validate_captures(
    captures: Iterable[Capture | CaptureFinding],
    validator: Validator,
    *,
    form: BodyForm | None = None,
) -> CaptureReport:
    """Judge every capture; what could not be opened comes as a finding and stays one."""
    report = CaptureReport()
    for capture in captures:
        if isinstance(capture, CaptureFinding):
            _count(report, "", failed=True)
            report.findings.append(capture)
            continue
        verdict = validator.judge(read_body(capture.raw, form=form), file=capture.name)
        _add(report, verdict)
    return report


def _add(report: CaptureReport, verdict: Verdict) -> None:
    failed = any(finding.severity is Severity.ERROR for finding in verdict.findings)
    tally = _count(report, verdict.callback, failed=failed)
    tally.signatures[verdict.signature or NOT_CHECKED] += 1
    report.findings += verdict.findings


def _count(report: CaptureReport, callback: str, *, failed: bool) -> CallbackTally:
    tally = report.callbacks.setdefault(callback, CallbackTally())
    tally.captures += 1
    tally.failed += failed
    return tally
