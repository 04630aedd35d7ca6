"""Kills runs at random points, resumes them, and compares their reports byte for byte.

When a run was started and how long it took are left aside.

python benchmarks/kill.py [--rounds 50] [--captures 100000] [--jobs 1] [--seed 1]
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from corpus import write_mixed

# Exit codes of a run that came to its end: clean, or with findings.
_ENDED = (0, 1)
_TIMES = re.compile(rb'^ *"(?:started|seconds)": .*\n', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Runs:
    """How to run the same validation again and again."""

    folder: Path
    jobs: int

    def start(self, name: str, *, resume: bool) -> subprocess.Popen[bytes]:
        """Begin a run, or take it up again; its report and its journal have the name."""
        command = [sys.executable, "-m", "hookproof", "validate", "archive", "--quiet"]
        command += ["--jobs", str(self.jobs), "--journal", f"{name}.journal"]
        command += ["--report", f"json={name}.json", *["--resume"] * resume]
        return subprocess.Popen(
            command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )

    def finish(self, name: str, *, resume: bool) -> bytes:
        """Run to the end; the report, or b"" and a complaint where there is none."""
        process = self.start(name, resume=resume)
        _, complaint = process.communicate()
        report = self.folder / f"{name}.json"
        if process.returncode not in _ENDED or complaint or not report.exists():
            print(f"{name}: exit {process.returncode}: {complaint.decode(errors='replace')}")
            return b""
        return _TIMES.sub(b"", report.read_bytes())

    def kill(self, name: str, *, after: float, resume: bool) -> bool:
        """Run for so many seconds at most; False where the run came to its end before."""
        process = self.start(name, resume=resume)
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return True
        process.communicate()
        return False


def main() -> int:
    """Print how many resumed runs gave the report of the uninterrupted one."""
    wish = _wish()
    with tempfile.TemporaryDirectory() as folder:
        runs = Runs(Path(folder), wish.jobs)
        write_mixed(runs.folder / "archive", wish.captures, seed=wish.seed)
        start = time.perf_counter()
        whole = runs.finish("whole", resume=False)
        lasted = time.perf_counter() - start
        print(f"{wish.captures:,} captures, {lasted:.1f} s uninterrupted, jobs {wish.jobs}")
        chance = random.Random(wish.seed)
        kills: Counter[int] = Counter()
        equal = sum(
            _round(runs, f"round{number}", whole, lasted, chance, kills)
            for number in range(wish.rounds)
        )
    print(f"kills: {kills[0]} in the first run, {sum(kills.values()) - kills[0]} in resumed ones")
    print(f"{equal} of {wish.rounds} equal")
    return 0 if whole and equal == wish.rounds else 1


def _round(
    runs: Runs,
    name: str,
    whole: bytes,
    lasted: float,
    chance: random.Random,
    kills: Counter[int],
) -> bool:
    """One run that is killed, mostly once, and ends in the end; whether its report is equal."""
    times = chance.choice([1, 1, 2, 3])
    for number in range(times):
        after = chance.random() * lasted
        if not runs.kill(name, after=after, resume=number > 0):
            break
        kills[number] += 1
    report = runs.finish(name, resume=True)
    if report != whole:
        print(f"{name}: the report differs ({times} kills, seed of this run)")
        _show_difference(whole, report)
    return report == whole


def _show_difference(whole: bytes, report: bytes) -> None:
    pairs = zip(whole.splitlines(), report.splitlines(), strict=False)
    for number, (wanted, got) in enumerate(pairs, 1):
        if wanted != got:
            print(f"  line {number}: {wanted.decode()!r} became {got.decode()!r}")
            return
    print(f"  {len(whole)} bytes became {len(report)}")


def _wish() -> argparse.Namespace:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--rounds", type=int, default=50)
    options.add_argument("--captures", type=int, default=100_000)
    options.add_argument("--jobs", type=int, default=1)
    options.add_argument("--seed", type=int, default=1)
    return options.parse_args()


if __name__ == "__main__":
    sys.exit(main())
