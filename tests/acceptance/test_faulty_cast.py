"""Each receiver of the faulty cast is found out: by the right check, on the right callbacks."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from acceptance.receiver_runs import contract, errors, kinds, run
from cast import CAST, Faulty
from each import each

from hookproof.conformance.checks import Check, State
from hookproof.conformance.judging.tally import ADVICE
from hookproof.conformance.policy import Policy
from hookproof.findings import Severity
from hookproof.report.of_receiver import receiver_report
from hookproof.report.text import as_text
from hookproof.testing import ThreeFaults

if TYPE_CHECKING:
    from hookproof.conformance.running.report import ReceiverReport
    from hookproof.contract import Callback

USUAL: dict[str, Any] = {"max_cases": 300, "timeout": 1.0}
# Every silence costs a whole deadline, so these are tried on one callback of each scheme.
FEW = tuple(contract().callback(name) for name in ("zego_rtc/record", "tencent_gme/recording"))
SLOW: dict[str, dict[str, Any]] = {
    "NeverAnswers": {"chosen": FEW, "timeout": 0.4},
    "HangsOnForgery": {"chosen": FEW, "timeout": 0.4, "max_cases": 80},
    "HangsOnBrokenPayloads": {"chosen": FEW, "timeout": 0.4, "max_cases": 80},
    # It waits 1.2 s; up to 1.5 times the timeout an answer is late and not missing.
    "AnswersLate": {"chosen": FEW, "timeout": 1.0, "max_cases": 1},
    "RefusesWhileBusy": {"chosen": FEW[:1]},
    # What a policy rules out is no fault under another.
    "AcknowledgesBrokenPayloads": {"policy": Policy.STRICT},
    "RedirectsBrokenPayloads": {"policy": Policy.STRICT},
}


@cache
def report_on(name: str) -> ReceiverReport:
    """The report on a member of the cast."""
    return run(CAST[name], **(USUAL | {"chosen": telling(CAST[name])} | SLOW.get(name, {})))


def telling(fault: type[Faulty]) -> list[Callback]:
    """Two callbacks that a fault concerns, of two areas where it can be, and one it does not."""
    concerned = [one for one in kinds() if fault.concerns(one)]
    areas = {one.area: one for one in reversed(concerned)}
    two = [*areas.values(), *(one for one in concerned if one not in areas.values())][:2]
    return [*two, *(one for one in kinds() if not fault.concerns(one))][:3]


def reached(report: ReceiverReport) -> list[str]:
    """The callbacks for which something was sent: a run ends early where nobody answers."""
    return [name for name, result in report.callbacks.items() if result.requests]


@pytest.mark.parametrize("name", CAST)
def test_a_fault_is_found_where_it_is(name: str) -> None:
    """A check made for the fault tells it on each callback that it concerns."""
    fault, report = CAST[name], report_on(name)
    concerned = [path for path in reached(report) if fault.concerns(contract().callback(path))]
    assert concerned
    wanted = Severity.WARNING if fault.warns else Severity.ERROR
    for path in concerned:
        found = [f for f in report.findings if f.callback == path and f.check in fault.finds]
        assert wanted in {finding.severity for finding in found}, path


@each("name", CAST)
def test_a_fault_is_found_nowhere_else(name: str) -> None:
    """Callbacks that the fault does not concern have no errors, nor has a fault that only warns."""
    fault, report = CAST[name], report_on(name)
    for path in reached(report):
        if fault.warns or not fault.concerns(contract().callback(path)):
            assert errors(report, path) == []


@each("name", CAST)
def test_what_is_told_of_a_fault_fits_on_a_screen(name: str) -> None:
    """Forty lines of a hundred columns, whatever the fault is and wherever it shows."""
    lines = as_text(receiver_report(report_on(name))).splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 100


@each("name", CAST)
def test_a_found_fault_fails_its_check(name: str) -> None:
    """Exactly the checks that a finding tells of have failed, if it is more than advice.

    What another check found of the same cause is counted there, and the finding names both.
    """
    report = report_on(name)
    for path, result in report.callbacks.items():
        told = {
            check
            for f in report.findings
            if f.callback == path and f.code not in ADVICE and f.severity is not Severity.NOTE
            for check in (f.check, *f.also_fails)
        }
        assert {c.value for c, state in result.checks.items() if state is State.FAIL} == told


@each("name", CAST)
def test_a_verdict_follows_from_the_errors(name: str) -> None:
    """A receiver with an error fails, one with warnings alone does not."""
    report = report_on(name)
    assert (report.verdict == "fail") == bool(errors(report)) == (not CAST[name].warns)


def test_the_three_faults_are_all_found() -> None:
    """The demo's receiver has three faults, and on every callback each of them is an error."""
    report = run(ThreeFaults, chosen=kinds(), **USUAL)
    for callback in kinds():
        assert {f.check for f in errors(report, callback.path)} == ThreeFaults.finds


def test_the_cast_is_large_and_each_fault_its_own() -> None:
    """At least seventy faulty receivers, each with its fault told in a sentence of its own."""
    told = [(fault.__dict__.get("__doc__") or "").splitlines()[0] for fault in CAST.values()]
    assert len(CAST) >= 70
    assert all(sentence.endswith(".") for sentence in told)
    assert len(set(told)) == len(told)
    assert all(name == fault.__name__ for name, fault in CAST.items())


def test_every_check_has_a_fault_that_it_finds() -> None:
    """No check goes without a receiver that proves that it can fail."""
    assert {check for fault in CAST.values() for check in fault.finds} == set(Check)


def test_a_fault_that_is_not_there_is_not_found() -> None:
    """A member of the cast without a fault has no errors."""

    class Harmless(Faulty):
        """Has no fault."""

    assert errors(run(Harmless, chosen=kinds(), **USUAL)) == []
