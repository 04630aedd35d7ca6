"""What a receiver test found: by callback and check, and the findings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING, Any

from hookproof.conformance.checks import Check, Control, State
from hookproof.conformance.coverage.coverage import Coverage, Share, together
from hookproof.findings import Severity

if TYPE_CHECKING:
    from hookproof.findings import ReceiverFinding


@dataclass(slots=True)
class CallbackResult:
    """One callback: where it was sent, the control, how many requests, the state of each check.

    `latencies` are the seconds that each answer took, in the order they came, `spent` those of
    each check; `coverage` is what the accepted requests exercised. `untried` are the checks that
    failed once, with no request left to see whether that repeats.
    """

    control: Control | None = None
    requests: int = 0
    checks: dict[Check, State] = field(
        default_factory=lambda: dict.fromkeys(Check, State.INCONCLUSIVE)
    )
    latencies: list[float] = field(default_factory=list)
    spent: defaultdict[Check, float] = field(default_factory=lambda: defaultdict(float))
    coverage: Coverage = field(default_factory=Coverage)
    untried: set[Check] = field(default_factory=set)
    target: str = ""

    @property
    def latency(self) -> dict[str, float]:
        """Seconds within which half, nine in ten, 99 in 100 and all answers came; empty at none."""
        return percentiles(self.latencies)


@dataclass(slots=True)
class ReceiverReport:
    """A whole run. `incomplete` says why it ended early, `untested` which areas had no secret.

    `started` is in Unix seconds, `seconds` how long it took; `options` are those of its plan by
    the names that the command has for them, `contract` identifies the contract by its content,
    `scenarios` are what was played after it, as the JSON has them.
    """

    target: str
    seed: int
    callbacks: dict[str, CallbackResult] = field(default_factory=dict)
    findings: list[ReceiverFinding] = field(default_factory=list)
    unreachable: str = ""
    incomplete: str = ""
    untested: dict[str, str] = field(default_factory=dict)
    started: float | None = None
    seconds: float = 0.0
    options: dict[str, str | int | float | bool] = field(default_factory=dict)
    contract: str = ""
    scenarios: list[dict[str, Any]] = field(default_factory=list)

    @property
    def requests(self) -> int:
        """How many requests were sent."""
        return sum(result.requests for result in self.callbacks.values())

    @property
    def latency(self) -> dict[str, float]:
        """The same of all callbacks as of one."""
        return percentiles([s for result in self.callbacks.values() for s in result.latencies])

    @property
    def coverage(self) -> dict[str, Share]:
        """How much of what is documented of the callbacks was exercised, by what is counted."""
        return dict(together([result.coverage for result in self.callbacks.values()]))

    @property
    def verdict(self) -> str:
        """unreachable, fail, incomplete or pass, the first that holds.

        Without a single request nothing is proved, so that is never a pass.
        """
        if self.unreachable:
            return "unreachable"
        if any(finding.severity is Severity.ERROR for finding in self.findings):
            return "fail"
        states = [state for result in self.callbacks.values() for state in result.checks.values()]
        if self.incomplete or not self.requests or State.INCONCLUSIVE in states:
            return "incomplete"
        return "pass"


def percentiles(latencies: list[float]) -> dict[str, float]:
    """Seconds within which so large a share of the answers came; nothing where none did."""
    if not latencies:
        return {}
    ordered = sorted(latencies)
    shares = {"p50": 0.5, "p90": 0.9, "p99": 0.99, "max": 1.0}
    return {name: ordered[ceil(share * len(ordered)) - 1] for name, share in shares.items()}
