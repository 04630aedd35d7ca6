"""A run that was killed goes on where it was, and nothing is lost or counted twice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "kill.py"


@pytest.mark.parametrize("jobs", [1, 2])
def test_killed_and_resumed_runs_give_the_report_of_a_whole_one(jobs: int) -> None:
    """SIGKILL at random points, then --resume: the JSON reports are equal byte for byte."""
    options = ["--rounds", "2", "--captures", "3000", "--jobs", str(jobs)]
    done = subprocess.run(
        [sys.executable, str(SCRIPT), *options],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.stdout.splitlines()[-1:] == ["2 of 2 equal"], done.stdout + done.stderr
    assert done.returncode == 0
