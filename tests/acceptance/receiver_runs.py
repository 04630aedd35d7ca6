"""Runs of the receiver test in this process, which share what was generated."""

from __future__ import annotations

import time
from functools import cache
from typing import TYPE_CHECKING, Any

from hookproof.conformance.running.run import Plan, Surroundings, run_test
from hookproof.contract import Callback, Contract
from hookproof.findings import ReceiverFinding, Severity
from hookproof.http.target import resolve_target
from hookproof.testing import Receiver, serve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hookproof.conformance.running.report import ReceiverReport

# Payloads are the costly part and depend on callback, seed and number alone. Receivers of ours
# are not waited for as one that may be starting.
SHARED = Surroundings(sleep=lambda seconds: time.sleep(min(seconds, 0.2)))
SECRET = b"9193cc662a4c0ec135ec71fb57194b38"


@cache
def contract() -> Contract:
    """The shipped contract, read once."""
    return Contract()


def callbacks() -> list[Callback]:
    """All callbacks of the contract."""
    return [contract().callback(name) for name in contract().names()]


# One callback for each way of signing and writing that an engine has to know: a cast of more
# than seventy receivers is tried on these, and the correct ones on all.
KINDS = (
    "tencent_gme/recording",
    "zego_rtc/compose",
    "zego_rtc/procedure",
    "zego_rtc/record",
    "zego_rtc/transcode_stop",
)


def kinds() -> list[Callback]:
    """One callback of each kind."""
    return [contract().callback(name) for name in KINDS]


def run(
    receiver: type[Receiver],
    *,
    chosen: Sequence[Callback] = (),
    secret: bytes = SECRET,
    **options: Any,
) -> ReceiverReport:
    """Test an embedded receiver, on all callbacks or some; `options` are those of a Plan."""
    tested = chosen or callbacks()
    # A URL serves one product most often.
    secrets = dict.fromkeys([callback.area for callback in tested], secret)
    plan = Plan(tested, secrets, **options)
    with serve(receiver(contract(), secrets=secrets)) as url:
        return run_test(resolve_target(url), plan, surroundings=SHARED)


def errors(report: ReceiverReport, callback: str | None = None) -> list[ReceiverFinding]:
    """The errors of a report, or those of one callback."""
    return [
        finding
        for finding in report.findings
        if finding.severity is Severity.ERROR and callback in {None, finding.callback}
    ]
