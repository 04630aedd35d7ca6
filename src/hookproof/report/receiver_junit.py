"""The report of a receiver test as JUnit XML: a suite for each callback, a case for each check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hookproof.finding import CODES, Severity
from hookproof.receiver.checks import State
from hookproof.report.causes import reason
from hookproof.report.ink import plural, safe
from hookproof.report.junit import Case, Suite, as_junit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.finding import ReceiverFinding
    from hookproof.receiver.checks import Check
    from hookproof.receiver.report import CallbackResult, ReceiverReport

_WHY_SKIPPED: Final = {
    State.INCONCLUSIVE: "inconclusive: there was no evidence",
    State.SKIPPED: "nothing to test, or neither way is wrong",
}


def test_as_junit(report: ReceiverReport) -> str:
    """The report in ASCII; a run that proves less than was asked for is an error of its own."""
    suites = [_suite(report, name, result) for name, result in report.callbacks.items()]
    why = reason(report)
    if why:
        case = Case("the run proves all that was asked", error=why, type=report.verdict)
        suites.append(Suite("hookproof", (case,)))
    return as_junit(suites)


def _suite(report: ReceiverReport, name: str, result: CallbackResult) -> Suite:
    found = [finding for finding in report.findings if finding.callback == name]
    cases = (
        _case(check, state, [finding for finding in found if finding.check == check])
        for check, state in result.checks.items()
    )
    return Suite(name, tuple(cases))


def _case(check: Check, state: State, found: list[ReceiverFinding]) -> Case:
    """A case, named by the check alone: build servers follow it over many runs by its name."""
    told = "\n\n".join("\n".join(_lines(finding)) for finding in found)
    worst = next((finding for finding in found if finding.severity is Severity.ERROR), None)
    if state is State.FAIL or worst:
        first = worst or next(iter(found), None)
        failure = _title(first) if first else "failed"
        return Case(check, failure=failure, type=first.code if first else "", details=told)
    return Case(check, output=told, skipped=_WHY_SKIPPED.get(state, ""))


def _title(finding: ReceiverFinding) -> str:
    times = f", {plural(finding.count, 'time')}" if finding.count > 1 else ""
    return f"{finding.code} {CODES[finding.code].title}: {safe(finding.message)}{times}"


def _lines(finding: ReceiverFinding) -> Iterator[str]:
    yield f"{finding.severity.value}: {_title(finding)}"
    facts = {
        "symptom": finding.symptom,
        "at": finding.where,
        "page": finding.source,
        "next": finding.hint,
    }
    yield from (f"{label}: {safe(value)}" for label, value in facts.items() if value)
    for number, line in enumerate(finding.reproduce.splitlines()):
        yield f"{'       ' if number else 'again: '}{safe(line)}"
