"""Reports of receiver tests, made by hand."""

from __future__ import annotations

from typing import Any

from hookproof.finding import ReceiverFinding, Severity
from hookproof.receiver.checks import Check, Control, State
from hookproof.receiver.report import CallbackResult, ReceiverReport

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
