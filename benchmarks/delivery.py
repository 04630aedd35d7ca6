"""Retries on the real clock: how exactly attempts begin, over runs of the first two pauses.

python benchmarks/delivery.py [--runs 20] [--at-once 20]

Twenty runs of 2 and 4 s take two minutes one after the other, so they run at once by default. Then
each callback's predicted losses are held to a simulation, by 1,000 random outages each.
"""

from __future__ import annotations

import argparse
import random
import sys
import threading
import time
from itertools import pairwise
from typing import TYPE_CHECKING

from hookproof.contract import Contract
from hookproof.delivery.deliver import deliver
from hookproof.delivery.outage import lost
from hookproof.delivery.policy import offsets
from hookproof.http.target import resolve_target
from hookproof.http.transport import Transport
from hookproof.testing import Receiver, Reply, serve

if TYPE_CHECKING:
    from hookproof.contract.model import Delivery
    from hookproof.http.answer import Answer
    from hookproof.testing import Incoming

BAR = 0.1
OUTAGES = 1000


class Recovering(Receiver):
    """Down for two attempts of each run, then well."""

    def handle(self, incoming: Incoming) -> Reply:
        """Answer by what the body says."""
        return Reply(200 if incoming.body == b"3" else 503)


def main() -> None:
    """Print how far intervals are from the page's, and leave with 1 where the bar is not kept."""
    options = argparse.ArgumentParser()
    options.add_argument("--runs", type=int, default=20)
    options.add_argument("--at-once", type=int, default=20)
    wish = options.parse_args()
    contract = Contract()
    policy = next(
        one.deliveries[0]
        for one in map(contract.callback, contract.names())
        if (one.deliveries[0].retry_after or ())[:2] == (2, 4)
    )
    off: list[float] = []
    with serve(Recovering(contract, secrets={})) as url:
        for first in range(0, wish.runs, wish.at_once):
            runs = [
                threading.Thread(target=one_run, args=(policy, url, off))
                for _ in range(min(wish.at_once, wish.runs - first))
            ]
            for run in runs:
                run.start()
            for run in runs:
                run.join()
    worst = max(map(abs, off))
    kept = len(off) == 2 * wish.runs and worst <= BAR
    verdict = "ok" if kept else "over"
    told = f"{len(off)} intervals of 2 and 4 s, {worst * 1000:.1f} ms off at most"
    print(f"{told}: bar {BAR * 1000:.0f} ms: {verdict}")
    wrong = sum(differing(contract, name) for name in contract.names())
    print(f"{len(contract.names())} callbacks, {OUTAGES} outages each, {wrong} predicted wrong")
    sys.exit(not kept or wrong > 0)


def one_run(policy: Delivery, url: str, off: list[float]) -> None:
    """Deliver until the third attempt, and keep how far each pause was from the page's."""
    began: list[float] = []
    with Transport(resolve_target(url), timeout=5) as transport:

        def send() -> Answer:
            began.append(time.monotonic())
            return transport.send(str(len(began)).encode())

        list(deliver(policy, send, clock=time.monotonic, sleep=time.sleep))
    assert len(began) == 3
    off += [b - a - wanted for (a, b), wanted in zip(pairwise(began), (2, 4), strict=True)]


def differing(contract: Contract, name: str) -> int:
    """For how many outages the prediction is not what a simulation comes to."""
    delivery, dice, wrong = contract.callback(name).deliveries[0], random.Random(name), 0
    planned = offsets(delivery)
    for _ in range(OUTAGES):
        starts = [dice.uniform(0, 200) for _ in range(dice.randint(1, 4))]
        outages = [(start, start + dice.choice([1, 5, 30, 61, 90, 150])) for start in starts]
        at = dice.uniform(-80, 260)
        dead = all(any(a <= at + off < b for a, b in outages) for off in planned)
        wrong += dead is not any(a <= at < b for a, b in lost(delivery, outages))
    return wrong


if __name__ == "__main__":
    main()
