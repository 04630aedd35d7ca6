"""Reports of receiver tests, made by hand."""

from __future__ import annotations

from typing import Any

from hookproof.conformance.checks import Check, Control, State
from hookproof.conformance.coverage.coverage import Aspect, Coverage
from hookproof.conformance.running.report import CallbackResult, ReceiverReport
from hookproof.findings import ReceiverFinding, Severity
from hookproof.findings.finding import StoredRequest
from hookproof.report.of_receiver import receiver_report
from hookproof.report.writers import write

RECORD, COMPOSE = "zego_rtc/record", "zego_rtc/compose"
# What a hostile receiver may answer: a terminal's escapes, line ends, letters that hide others.
HOSTILE = "\x1b[2J\x1b]0;owned\x07 \r\n\x00\x9b31m\u202eevil\u2028\ud800 \x7f\u00e9\U0001f3a5"


def finding(**changes: Any) -> ReceiverFinding:
    """A finding, changed in some parts."""
    parts: dict[str, Any] = {
        "code": "HP402",
        "severity": Severity.ERROR,
        "callback": RECORD,
        "where": "/replay_url",
        "message": "a long text: wanted an acknowledgement, got 400 no",
        "hint": "accept it",
        "source": "https://example.com/page (2026-01-08)",
        "check": Check.ACCEPTS_CONFORMING.value,
        "status": 400,
        "count": 1,
        "reproduce": "f=$(mktemp)\ncurl http://127.0.0.1/",
    }
    return ReceiverFinding(**(parts | changes))


def result(**states: State) -> CallbackResult:
    """A callback that passed everything but for what is given."""
    checks = {check: states.get(check.value, State.PASS) for check in Check}
    return CallbackResult(Control.ACCEPTED, 1234, checks)


def report(*findings: ReceiverFinding, **changes: Any) -> ReceiverReport:
    """A report on two callbacks with some findings."""
    parts: dict[str, Any] = {
        "target": "http://127.0.0.1:8000/",
        "seed": 7,
        "callbacks": {RECORD: result(), COMPOSE: result()},
        "findings": list(findings),
    }
    return ReceiverReport(**(parts | changes))


def stored(**changes: Any) -> StoredRequest:
    """The request behind a finding, changed in some parts."""
    parts: dict[str, Any] = {
        "body": '{"event":"record","signature":"@@signature@@"}',
        "base64": False,
        "headers": (("Content-Type", "application/json"),),
        "reaction": "refused",
    }
    return StoredRequest(**(parts | changes))


def covered(seen: int, *missed: str) -> Coverage:
    """A callback of which so many fields were exercised, and some were not."""
    coverage = Coverage(heard=True)
    coverage.documented[Aspect.FIELDS] = seen + len(missed)
    coverage.missed[Aspect.FIELDS] = dict.fromkeys(missed)
    return coverage


def full(**changes: Any) -> ReceiverReport:
    """A report with something in every part."""
    shown = finding(request=stored(), answer="400\nServer: x\n\nno", count=3)
    failing = result(accepts_conforming=State.FAIL, refuses_forged=State.INCONCLUSIVE)
    failing.latencies = [0.001, 0.002, 0.25]
    failing.coverage = covered(2, "/task_id", "/user/*/name")
    note = finding(
        code="HP410",
        severity=Severity.NOTE,
        callback=COMPOSE,
        where="",
        check=Check.REFUSES_TAMPERED.value,
        status=None,
        reproduce="",
    )
    callbacks = {RECORD: failing, COMPOSE: result(refuses_tampered=State.SKIPPED)}
    return report(shown, note, **({"callbacks": callbacks} | changes))


def all_texts(text: str) -> ReceiverReport:
    """A report in which every text that may come from outside is the given one."""
    told = dict.fromkeys(["where", "message", "hint", "source", "reproduce", "answer"], text)
    request = stored(body=text, headers=(("Content-Type", text),), query=text)
    return full(
        target=text,
        incomplete=text,
        untested={"an_area": text},
        findings=[
            finding(**told, request=request),
            finding(**told, request=request, callback=COMPOSE),
            finding(**told, severity=Severity.WARNING, status=None),
        ],
    )


def written(report: ReceiverReport, kind: str) -> str:
    """The report in a format."""
    return write(receiver_report(report), kind)
