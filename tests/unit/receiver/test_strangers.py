"""Requests of strangers by the hundred, to the library, to each adapter and from eight threads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BENCHMARK = Path(__file__).parents[3] / "benchmarks" / "strangers.py"


def test_strangers_make_nothing_raise() -> None:
    """Three exceptions alone, always an answer, never 5xx; `make bench-receive` sends more."""
    words = [sys.executable, str(BENCHMARK), "--requests", "200"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    sent = [line for line in done.stdout.splitlines() if "wrong" in line]
    # The library, ASGI, WSGI and Lambda need no framework; the threads come last.
    assert len(sent) >= 5
    assert not [line for line in sent if " 0 wrong" not in line]
