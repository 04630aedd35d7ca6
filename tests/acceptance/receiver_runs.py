"""Runs of the receiver test in this process, which share what was generated."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from hookproof.contract import Callback, Contract
from hookproof.delivery.target import resolve_target
from hookproof.finding import ReceiverFinding, Severity
from hookproof.receiver.run import Plan, Surroundings, run_test
from hookproof.testing import Receiver, serve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hookproof.receiver.report import ReceiverReport

# Payloads are the costly part and depend on callback, seed and number alone.
SHARED = Surroundings()
SECRET = b"9193cc662a4c0ec135ec71fb57194b38"


@cache
def contract() -> Contract:
    """The shipped contract, read once."""
    return Contract()


# One of each kind that there is: signed in the body and in a header, with and without nested
# JSON, by a field and by several values told apart. More of the same kinds would only take longer.
CHOSEN = (
    "tencent_gme/recording",
    "zego_rtc/compose",
    "zego_rtc/procedure",
    "zego_rtc/record",
    "zego_rtc/transcode_stop",
)


def callbacks() -> list[Callback]:
    """The callbacks that receivers are tried with."""
    return [contract().callback(name) for name in CHOSEN]


def run(
    receiver: type[Receiver],
    *,
    chosen: Sequence[Callback] = (),
    secret: bytes = SECRET,
    **options: Any,
) -> ReceiverReport:
    """Test an embedded receiver, on all callbacks or some; `options` are those of a Plan."""
    secrets = dict.fromkeys(contract().areas, secret)
    plan = Plan(chosen or callbacks(), secrets, **options)
    with serve(receiver(contract(), secrets=secrets)) as url:
        return run_test(resolve_target(url), plan, surroundings=SHARED)


def errors(report: ReceiverReport, callback: str | None = None) -> list[ReceiverFinding]:
    """The errors of a report, or those of one callback."""
    return [
        finding
        for finding in report.findings
        if finding.severity is Severity.ERROR and callback in {None, finding.callback}
    ]
