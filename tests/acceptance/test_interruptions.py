"""Whatever ends a command, it leaves nothing half done and nobody running."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "interruptions.py"


@pytest.mark.parametrize("command", ["validate", "sanitize", "serve"])
def test_commands_that_are_ended_leave_nothing_half_done(command: str) -> None:
    """By each signal, at a moment of its own; `make interruptions` tries many."""
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--moments", "1", "--captures", "1000", command],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.stdout.count(" well") == 4, done.stdout + done.stderr
