"""What the fuzzer found stays mended, and every target holds for its seeds."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from fuzz.run import mutants, seeds_of
from fuzz.targets import TARGETS

STATUS = Path("/proc/self/status")
FOUND = Path(__file__).parents[1] / "fuzz" / "found"


@pytest.mark.parametrize("file", sorted(FOUND.glob("*/*")), ids=lambda file: file.name[:20])
def test_an_input_that_was_found_breaks_nothing(file: Path) -> None:
    """Each once broke the target that its folder names."""
    TARGETS[file.parent.name](file.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_holds_for_its_seeds(target: str) -> None:
    """And for a hundred mutants of them, the same ones each time."""
    for seed in seeds_of(target):
        TARGETS[target](seed.read_bytes())
    for _, data in zip(range(100), mutants(target, rng=random.Random(3)), strict=False):
        TARGETS[target](data)


@pytest.mark.skipif(not STATUS.exists(), reason="this system does not tell a process's memory so")
def test_a_page_that_says_it_has_gigabytes_is_given_none() -> None:
    """A damaged Parquet file of some kilobytes is refused before memory is taken for it."""
    pytest.importorskip("pyarrow")
    file = FOUND / "read-parquet" / "a-page-of-gigabytes.parquet"
    # Not ru_maxrss: what a process was before it became another counts there.
    taken = (
        "import re, sys; from pathlib import Path; from fuzz.targets import TARGETS\n"
        "TARGETS['read-parquet'](Path(sys.argv[1]).read_bytes())\n"
        f"print(int(re.search(r'VmHWM:\\s+(\\d+) kB', Path('{STATUS}').read_text())[1]) // 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", taken, str(file)],
        cwd=FOUND.parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) < 500
