"""Correct receivers under ten thousand requests and five seeds each: how many are blamed.

    python benchmarks/receivers.py [REQUESTS [SEEDS]]

Prints a line for each receiver and seed, with the share of the requests that were second looks,
and ends with 1 where any error was told or that share is above a tenth. Payloads are generated
once for each seed and shared by the receivers. The last line is what second looks cost of the
processor, by runs with and without them in turns; 1 where that is above a tenth, too.
"""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from statistics import median
from typing import TYPE_CHECKING
from unittest.mock import patch

from hookproof.conformance.running.run import Plan, Surroundings, run_test
from hookproof.conformance.running.second_look import SecondLook
from hookproof.contract import Contract
from hookproof.findings import Severity
from hookproof.http.target import resolve_target
from hookproof.testing import CORRECT, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.conformance.running.sight import Sight

SECRET = b"9193cc662a4c0ec135ec71fb57194b38"
CALLBACKS = (
    "tencent_gme/recording",
    "zego_rtc/compose",
    "zego_rtc/procedure",
    "zego_rtc/record",
    "zego_rtc/transcode_stop",
)


MOST_LOOKED_AGAIN = 0.1
PAIRS = 7


@contextmanager
def counted() -> Iterator[list[int]]:
    """Count the requests of second looks while the block runs."""
    spent, settle = [0], SecondLook.settle

    def counting(look: SecondLook, seen: Sight) -> Sight:
        before = look.trial.result.requests
        try:
            return settle(look, seen)
        finally:
            spent[0] += look.trial.result.requests - before

    with patch.object(SecondLook, "settle", counting):
        yield spent


def processor(plan: Plan, shared: Surroundings, contract: Contract) -> float:
    """What second looks add to the processor time of runs without findings: the median of pairs."""
    took: dict[bool, list[float]] = {True: [], False: []}
    for number in range(2 * PAIRS):
        looking = bool(number % 2)
        settle = SecondLook.settle if looking else lambda _, seen: seen
        receiver = CORRECT["Receiver"](contract, secrets=plan.secrets)
        with serve(receiver) as url, patch.object(SecondLook, "settle", settle):
            begun = time.process_time()
            run_test(resolve_target(url), plan, surroundings=shared)
            took[looking].append(time.process_time() - begun)
    # The first of each made what the others share.
    pairs = zip(took[True][1:], took[False][1:], strict=True)
    return median(one / other for one, other in pairs) - 1


def main(requests: int = 10_000, seeds: int = 5) -> int:
    """Test every correct receiver with every seed; 1 where one was blamed."""
    contract, shared = Contract(), Surroundings()
    callbacks = [contract.callback(name) for name in CALLBACKS]
    secrets = dict.fromkeys(contract.areas, SECRET)
    blamed = 0
    for seed in range(1, seeds + 1):
        shared.corpus.clear()
        each = requests // len(callbacks)
        plan = Plan(callbacks, secrets, max_cases=each, seed=seed, time_limit=3600)
        for name, receiver in CORRECT.items():
            started = time.perf_counter()
            with serve(receiver(contract, secrets=secrets)) as url, counted() as spent:
                report = run_test(resolve_target(url), plan, surroundings=shared)
            errors = [f for f in report.findings if f.severity is Severity.ERROR]
            share = spent[0] / max(report.requests, 1)
            blamed += len(errors) + (share > MOST_LOOKED_AGAIN)
            took = time.perf_counter() - started
            print(
                f"{name:<22} seed {seed}  {report.requests:>6} requests  {took:6.1f} s  "
                f"{report.verdict:<10} {len(errors)} errors, {share:.1%} second looks",
                flush=True,
            )
            for finding in errors[:5]:
                print(f"    {finding.code} {finding.callback} {finding.where} {finding.message}")
    plan = Plan(callbacks, secrets, max_cases=300, time_limit=3600)
    added = processor(plan, shared, contract)
    print(f"second looks add {added:.1%} to the processor time of a run without findings")
    return 1 if blamed or added > MOST_LOOKED_AGAIN else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
