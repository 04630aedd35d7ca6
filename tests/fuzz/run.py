"""Fuzzes each target for a time: guided by coverage where atheris is there, else by mutants.

python tests/fuzz/run.py [--seconds 10 | --runs N] [--mutants] [TARGET...]

Inputs that fail are kept in build/fuzz/<target>; each becomes a test. An input may take 2 seconds
and 500 MB. What a target was tried with is counted there, too, and N is the count of all runs: a
run that was cut short goes on. Delete the folder to begin anew.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import re
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SEEDS = HERE / "seeds"
LIMIT_SECONDS, LIMIT_MEGABYTES = 2, 500
LONGEST = 8192
# So many inputs are lost at most where a run is ended.
PART = 100_000
# What a busy machine makes of so many seconds of a processor.
LONGEST_WAIT = 60
_TRIED = re.compile(r"Done (\d+) runs|^#(\d+)\s", re.MULTILINE)
# What was found before is read first, and is nothing new.
_KNOWN = re.compile(r"^#(\d+)\s+INITED", re.MULTILINE)
PIECES = [b'"', b"\\", b"{", b"}", b"[", b"]", b"%41", b"\r\n", b"\x00", b"\xff", b"99999999999"]
PIECES += ["李".encode(), b"null", b"1e400", b"\\ud800", b": ", b",", b"Content-Length: 9\r\n"]


def seeds_of(target: str) -> list[Path]:
    """The seeds of a target: its own, else captures and payloads of the suite."""
    own = sorted((SEEDS / target).glob("*"))
    form = target.removeprefix("read-")
    folders = [ROOT / "tests" / "captures" / form, ROOT / "tests" / "captures" / "body"]
    files = [file for folder in folders for file in sorted(folder.glob("*")) if file.is_file()]
    return own or [file for file in files if file.stat().st_size <= LONGEST]


def guided(target: str, *, seconds: int, runs: int) -> tuple[int, bool]:
    """How many inputs a process with atheris tried, and whether all went well."""
    found = ROOT / "build" / "fuzz" / target
    (found / "corpus").mkdir(parents=True, exist_ok=True)
    for seed in seeds_of(target):
        (found / "corpus" / seed.name).write_bytes(seed.read_bytes())
    command = [sys.executable, __file__, "--child", target, f"{found / 'corpus'}"]
    command += [f"-timeout={LONGEST_WAIT}", f"-max_len={LONGEST}"]
    command += [f"-rss_limit_mb={LIMIT_MEGABYTES}", f"-artifact_prefix={found}/"]
    kept = found / "tried"
    before = int(kept.read_text()) if kept.exists() else 0
    if runs and runs <= before:
        return before, True
    # One more, for libFuzzer begins with the empty input.
    wanted = 1 + min(runs - before, PART) + sum(1 for _ in (found / "corpus").iterdir())
    command += [f"-runs={wanted}" if runs else f"-max_total_time={seconds}"]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    known = sum(map(int, _KNOWN.findall(done.stderr)))
    counts = [int(a or b) - known for a, b in _TRIED.findall(done.stderr)]
    tried = before + max(counts, default=0)
    kept.write_text(f"{tried}\n")
    if done.returncode:
        print(done.stderr[-3000:])
    elif before < tried < runs:
        return guided(target, seconds=seconds, runs=runs)
    return tried, done.returncode == 0


def child(target: str, options: list[str]) -> None:
    """Fuzz one target in this process, which ends with the first input that fails."""
    import atheris

    with atheris.instrument_imports(include=["hookproof"]):
        sys.path.insert(0, str(HERE))
        from targets import TARGETS
    tried = TARGETS[target]
    # What is made once is no work of the first input.
    tried(b"{}")

    def timed(data: bytes) -> None:
        begun = time.process_time()
        tried(data)
        taken = time.process_time() - begun
        assert taken < LIMIT_SECONDS, f"an input took {taken:.1f} seconds of a processor"

    atheris.Setup([sys.argv[0], *options], timed)
    atheris.Fuzz()


def mutants(target: str, *, rng: random.Random) -> Iterator[bytes]:
    """Seeds with pieces cut, doubled, replaced and put in."""
    seeds = [file.read_bytes() for file in seeds_of(target)] or [b"{}"]
    while True:
        data = bytearray(rng.choice(seeds))
        for _ in range(rng.randint(1, 6)):
            at, size = rng.randrange(len(data) + 1), rng.randrange(24)
            piece = rng.choice([rng.choice(PIECES), bytes(data[at : at + size]), b""])
            data[at : at + rng.choice([0, 1, size])] = piece
        yield bytes(data[:LONGEST])


def unguided(target: str, *, seconds: int, runs: int, seed: int) -> tuple[int, bool]:
    """The same by mutants of the seeds, without knowing what they cover."""
    sys.path.insert(0, str(HERE))
    from targets import TARGETS

    found = ROOT / "build" / "fuzz" / target
    end, tried = time.monotonic() + seconds, 0
    signal.signal(signal.SIGALRM, _too_slow)
    for data in mutants(target, rng=random.Random(seed)):
        if time.monotonic() > end or (runs and tried >= runs):
            break
        tried += 1
        signal.alarm(LIMIT_SECONDS)
        try:
            TARGETS[target](data)
        except BaseException as error:
            found.mkdir(parents=True, exist_ok=True)
            (found / "mutant").write_bytes(data)
            print(f"{target}: {type(error).__name__}: {error}"[:400])
            if isinstance(error, KeyboardInterrupt):
                raise
            return tried, False
        finally:
            signal.alarm(0)
    return tried, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < LIMIT_MEGABYTES * 1024


def _too_slow(*_: object) -> None:
    raise TimeoutError("an input took more than 2 seconds")


def main() -> int:
    """Fuzz what was asked for; 1 where an input failed."""
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], sys.argv[3:])
        return 0
    parser = argparse.ArgumentParser()
    parser.add_argument("targets", nargs="*")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--runs", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mutants", action="store_true")
    asked = parser.parse_args()
    sys.path.insert(0, str(HERE))
    from targets import TARGETS

    has_atheris = importlib.util.find_spec("atheris") is not None and not asked.mutants
    failed = 0
    for target in asked.targets or TARGETS:
        options = {"seconds": asked.seconds, "runs": asked.runs}
        if has_atheris:
            tried, well = guided(target, **options)
        else:
            tried, well = unguided(target, **options, seed=asked.seed)
        failed += not well
        print(f"{target:<20} {tried:>9,} inputs  {'0 faults' if well else 'FAULT'}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
