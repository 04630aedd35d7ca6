"""Every member of the hostile cast in one process: its word, its time, and what memory grew by.

python benchmarks/hostile.py [--timeout 0.5] [--rounds 3]
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from cast import HOSTILE
from cast.hostile import HostileServer

from hookproof.http.target import resolve_target
from hookproof.http.transport import Transport

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

GRACE = 0.5
MOST_MIB = 32
# They show themselves over several exchanges; tests/acceptance/test_hostile_receivers.py has them.
IN_A_RUN = {"ChangesItsMind", "DiesAndComesBack"}


class Row(NamedTuple):
    """One member: the word it got, its longest exchange in seconds, and growth in MiB."""

    name: str
    word: str
    seconds: float
    grown: float
    held: bool


def main() -> None:
    """Print one line for each member, and leave with 1 where a bar is not kept."""
    options = argparse.ArgumentParser()
    options.add_argument("--timeout", type=float, default=0.5)
    options.add_argument("--rounds", type=int, default=3)
    wish = options.parse_args()
    # The receivers are in a process of their own: what they hold is not ours.
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    # Those that take a large request come last: it is ours, and would hide what the others do.
    names = sorted(HOSTILE.keys() - IN_A_RUN, key=lambda name: (HOSTILE[name].request, name))
    rows = [measure(name, ours, wish.timeout, wish.rounds) for name in names]
    ours.send("")
    grown = sum(row.grown for row in rows)
    print(f"{'hostile receiver':<26} {'word':<32} {'longest s':>9} {'MiB':>6}")
    for row in rows:
        verdict = "" if row.held else "  OVER"
        print(f"{row.name:<26} {row.word:<32} {row.seconds:>9.3f} {row.grown:>6.1f}{verdict}")
    within = all(row.held for row in rows) and grown <= MOST_MIB
    print(
        f"{len(rows)} kinds, {wish.rounds} exchanges each, {wish.timeout:g} s + {GRACE:g} s; "
        f"memory grew by {grown:.1f} MiB, bar {MOST_MIB} MiB: {'ok' if within else 'over'}"
    )
    sys.exit(not within)


def measure(name: str, pipe: Connection, timeout: float, rounds: int) -> Row:
    """Exchange with a member so many times."""
    hostile = HOSTILE[name]
    pipe.send(name)
    target = resolve_target(f"http://127.0.0.1:{pipe.recv()}/callback")
    body, before = bytes(hostile.request), peak()
    with Transport(target, timeout=timeout) as transport:
        answers = [transport.send(body) for _ in range(rounds)]
    words = {str(answer.symptom) for answer in answers}
    longest = max(answer.elapsed for answer in answers)
    # The request itself, and as it goes over the wire.
    grown = max(0.0, peak() - before - 2 * len(body) / 2**20)
    held = words == {hostile.symptom} and longest <= timeout + GRACE and grown <= MOST_MIB
    return Row(name, ", ".join(sorted(words)), longest, grown, held)


def peak() -> float:
    """The most memory this process ever held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def serve(pipe: Connection) -> None:
    """Serve the member that is asked for, until an empty name comes."""
    while name := pipe.recv():
        server = HostileServer(HOSTILE[name])
        pipe.send(server.port)


if __name__ == "__main__":
    main()
