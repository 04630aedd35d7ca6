"""Holds all judges to one verdict on seeded mutations of the samples: no traceback, no dispute.

python benchmarks/mutations.py [--count 100000] [--seed 1]
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from unit.validation.mutations import Jury, mutants

BAR = 60.0


def main() -> int:
    """Print counts and the time; exit 1 where something is wrong."""
    options = argparse.ArgumentParser()
    options.add_argument("--count", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=1)
    wish = options.parse_args()
    jury, tracebacks = Jury(), 0
    start = time.perf_counter()
    for raw in mutants(wish.count, seed=wish.seed):
        try:
            jury.hear(raw)
        except Exception:  # noqa: BLE001 - to count them is what this is for
            tracebacks += 1
            print(raw, traceback.format_exc(), sep="\n")
    lasted = time.perf_counter() - start
    for what, count in jury.counts.items():
        print(f"{what:<32} {count:>9,}")
    for what, raw in jury.disputes[:10]:
        print(what, raw, sep="\n")
    print(f"{tracebacks} tracebacks, {len(jury.disputes)} disagreements, {lasted:.1f} s", end=" ")
    print(f"(bar {BAR:.0f} s: {'ok' if lasted < BAR else 'over'})")
    return 1 if tracebacks or jury.disputes else 0


if __name__ == "__main__":
    sys.exit(main())
