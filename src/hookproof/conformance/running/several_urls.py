"""Tests callbacks that have URLs of their own, one after the other, into one report."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hookproof.conformance.running.run import Surroundings, run_test

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hookproof.conformance.running.report import ReceiverReport
    from hookproof.conformance.running.run import Plan
    from hookproof.contract import Callback
    from hookproof.http.target import Target


def run_tests(
    targets: Mapping[Target, Sequence[Callback]],
    plan: Plan,
    *,
    surroundings: Surroundings | None = None,
) -> ReceiverReport:
    """Test the callbacks of each target as `run_test` does; they are those of the plan.

    A target that cannot be reached costs the callbacks of the others nothing. Each gets of the
    time limit what is its share of the callbacks that are left.
    """
    around = surroundings or Surroundings()
    end = around.monotonic() + plan.time_limit
    left, reports = len(plan.callbacks), []
    for target, callbacks in targets.items():
        share = plan.time_limit
        if len(callbacks) < len(plan.callbacks):
            # Told to people, so without the microseconds that have gone.
            share = round((end - around.monotonic()) * len(callbacks) / left, 2)
        mine = replace(plan, callbacks=callbacks, time_limit=share)
        reports.append(run_test(target, mine, surroundings=around))
        left -= len(callbacks)
    return reports[0] if len(reports) == 1 else _joined(reports, plan)


def _joined(reports: Sequence[ReceiverReport], plan: Plan) -> ReceiverReport:
    together = {name: result for one in reports for name, result in one.callbacks.items()}
    findings = [finding for one in reports for finding in one.findings]
    reasons = [(one.target, one.unreachable or one.incomplete) for one in reports]
    why = "; ".join(f"{url}: {reason}" for url, reason in reasons if reason)
    unreachable = all(one.unreachable for one in reports)
    return replace(
        reports[0],
        target=", ".join(one.target for one in reports),
        callbacks={one.path: together[one.path] for one in plan.callbacks},
        findings=sorted(findings, key=lambda finding: -finding.severity.weight),
        unreachable=why if unreachable else "",
        incomplete="" if unreachable else why,
        seconds=sum(one.seconds for one in reports),
        options=plan.options,
    )
