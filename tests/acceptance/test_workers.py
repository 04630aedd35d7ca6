"""Any number of connections sends the same requests and gives the same report."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from acceptance.receiver_runs import SECRET, SHARED, contract
from cast import CAST, HOSTILE, serve_hostile

from hookproof.conformance.running.run import Plan, Surroundings, run_test
from hookproof.http.target import resolve_target
from hookproof.testing import Receiver, Reply, serve

if TYPE_CHECKING:
    from hookproof.conformance.running.report import ReceiverReport
    from hookproof.testing.receiver import Incoming

RECORD = contract().callback("record")
NOW = 1_800_000_000.0


class Keeping:
    """What was sent to a receiver, and how much of it at the same time."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.most = 0
        self._now = 0
        self._lock = threading.Lock()

    def around(self, kind: type[Receiver], **options: Any) -> Receiver:
        """A receiver of this kind, of which all that it gets is kept."""
        keep = self

        class Kept(kind):  # type: ignore[valid-type, misc]
            def handle(self, incoming: Incoming) -> Reply:
                with keep._lock:
                    keep._now += 1
                    keep.most = max(keep.most, keep._now)
                    keep.bodies.append(incoming.body)
                time.sleep(0.002)
                reply: Reply = super().handle(incoming)
                with keep._lock:
                    keep._now -= 1
                return reply

        return Kept(contract(), secrets=dict.fromkeys(contract().areas, SECRET), **options)


def run(kind: type[Receiver], workers: int) -> tuple[Keeping, ReceiverReport]:
    """Test a receiver over so many connections, the clock held still."""
    keeping = Keeping()
    around = Surroundings(clock=lambda: NOW, corpus=SHARED.corpus)
    with serve(keeping.around(kind)) as url:
        plan = Plan([RECORD], {RECORD.area: SECRET}, max_cases=200, workers=workers)
        return keeping, run_test(resolve_target(url), plan, surroundings=around)


def told(report: ReceiverReport) -> list[Any]:
    """The findings of a report without the port of the receiver."""
    return [replace(finding, reproduce="") for finding in report.findings]


@pytest.mark.parametrize(
    "kind", [Receiver, CAST["AcceptsMissingSignature"], CAST["CrashesOnMissingFields"]]
)
def test_any_number_of_workers_sends_the_same(kind: type[Receiver]) -> None:
    """With one, three and eight connections the requests and the findings are the same."""
    one, report = run(kind, 1)
    assert len(one.bodies) == 200
    for workers in (3, 8):
        several, other = run(kind, workers)
        assert sorted(several.bodies) == sorted(one.bodies)
        assert told(other) == told(report)
        assert other.callbacks[RECORD.path].checks == report.callbacks[RECORD.path].checks


def test_workers_send_at_the_same_time() -> None:
    """With eight connections more requests are under way at once than redeliveries need."""
    assert run(Receiver, 8)[0].most > 4


@pytest.mark.parametrize("name", ["NeverAnswers", "DripsBody", "ResetsAtOnce", "Status999"])
def test_a_hostile_receiver_ends_in_time_with_workers(name: str) -> None:
    """What is under way when a receiver turns hostile is done within its deadline."""
    plan = Plan(
        [RECORD], {RECORD.area: SECRET}, max_cases=200, timeout=0.1, time_limit=30, workers=8
    )
    started = time.monotonic()
    with serve_hostile(HOSTILE[name], civil=160) as url:
        report = run_test(resolve_target(url), plan, surroundings=SHARED)
    assert time.monotonic() - started < 20
    assert report.verdict == "fail"
