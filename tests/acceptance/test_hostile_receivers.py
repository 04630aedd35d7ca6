"""Runs against receivers that hang, flood, lie or break off: they end, and say what was met."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from acceptance.receiver_runs import SECRET, SHARED, contract
from cast import HOSTILE, serve_hostile

from hookproof.conformance.checks import Check, Control, State
from hookproof.conformance.running.run import Plan, run_test
from hookproof.findings import Severity
from hookproof.http.symptom import Symptom
from hookproof.http.target import resolve_target

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.conformance.running.report import ReceiverReport

TIMEOUT = 0.2
RECORD = contract().callback("record")
# Who sends without end is cut off by what is taken of an answer, however slow the machine is.
FLOODS = {
    *(Symptom.INTERIM_FLOOD, Symptom.ENDLESS_HEADERS, Symptom.ENDLESS_LINE, Symptom.ENDLESS_BODY),
    *(Symptom.ENDLESS_CHUNK_LINE, Symptom.ENDLESS_TRAILERS, Symptom.BOMB),
}
# What shows over several requests only.
IN_SEVERAL = {"ChangesItsMind", "DiesAndComesBack"}
# A request of a run is so small that the system takes it unread.
UNREAD = {"ReadsNothing": Symptom.SILENT, "AnswersUnread": None}


def run(
    name: str, *, civil: int = 0, cases: int = 30, sleep: Callable[[float], None] = SHARED.sleep
) -> ReceiverReport:
    """Test a member of the hostile cast with one callback."""
    timeout = 10.0 if HOSTILE[name].symptom in FLOODS else TIMEOUT
    plan = Plan([RECORD], {RECORD.area: SECRET}, max_cases=cases, timeout=timeout, time_limit=300)
    with serve_hostile(HOSTILE[name], civil=civil) as url:
        around = replace(SHARED, sleep=sleep)
        return run_test(resolve_target(url), plan, surroundings=around)


def named(name: str, report: ReceiverReport) -> bool:
    """Whether a report names what a member of the cast does."""
    wanted = UNREAD.get(name, HOSTILE[name].symptom)
    return wanted is None or wanted in {finding.symptom for finding in report.findings}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_run_names_what_it_met_and_ends(name: str) -> None:
    """Hostile from the first request on: the run ends in time, and has the word for it.

    What counts is the time that it takes by itself, whatever else the machine does: its work, and
    what it waits for, which is no more than its deadline for each request, and its pauses.
    """
    paused: list[float] = []

    def pause(seconds: float) -> None:
        paused.append(min(seconds, 0.2))
        time.sleep(paused[-1])

    worked = time.process_time()
    report = run(name, sleep=pause)
    worked = time.process_time() - worked
    waited = 0 if HOSTILE[name].symptom in FLOODS else TIMEOUT * report.requests
    assert worked + sum(paused) + waited < 10
    assert report.verdict in {"fail", "incomplete"}
    assert named(name, report)


@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in IN_SEVERAL])
def test_a_run_goes_on(name: str) -> None:
    """Hostile after two civil answers: the run goes on until there is proof, and names it."""
    report = run(name, civil=2)
    assert report.callbacks[RECORD.path].control is Control.ACCEPTED
    assert report.verdict in {"fail", "incomplete"}
    assert (report.unreachable, report.requests > 2) == ("", True)
    assert named(name, report)


def test_a_receiver_that_changes_its_mind_proves_nothing() -> None:
    """What is refused after the genuine callback was refused too is no evidence of a check."""
    report = run("ChangesItsMind")
    errors = [(f.code, f.symptom) for f in report.findings if f.severity is Severity.ERROR]
    assert errors == [("HP427", Symptom.CHANGED)]
    checks = report.callbacks[RECORD.path].checks
    assert checks[Check.ACCEPTS_GENUINE] is State.FAIL
    assert checks[Check.REFUSES_FORGED] is State.INCONCLUSIVE


def test_a_receiver_that_comes_back_is_tested_to_the_end() -> None:
    """A receiver that was gone for a moment gets the rest of its requests, and a warning."""
    report = run("DiesAndComesBack")
    back = [f for f in report.findings if f.symptom == Symptom.CAME_BACK]
    assert [f.code for f in back] == ["HP431"]
    assert report.requests == 30
    assert report.unreachable == ""
