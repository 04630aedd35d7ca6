"""A second run replays the payloads that the first one generated."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from acceptance.command import CANARY, Recorder, execute, served

if TYPE_CHECKING:
    from pathlib import Path

OPTIONS = ("--callback", "record", "--max-cases", 100, "--quiet")


def test_a_second_run_sends_the_same_from_the_cache(tmp_path: Path) -> None:
    """Two runs with the same seed judge alike, and the second leaves the cache as it is."""
    around = {"HOOKPROOF_SECRET": CANARY, "XDG_CACHE_HOME": str(tmp_path)}
    states, outcomes = [], []
    for run in ("first", "second"):
        report = tmp_path / f"{run}.json"
        with served() as url:
            ran = execute(url, *OPTIONS, "--report", f"json={report}", env=around)
        assert ran.code == 0
        outcomes.append(json.loads(report.read_text())["callbacks"])
        files = (tmp_path / "hookproof").iterdir()
        states.append([(file.name, file.read_bytes()) for file in files])
    assert states[0] == states[1]
    assert len(states[0]) == 1
    assert CANARY.encode() not in states[0][0][1]
    checks = [{name: one["checks"] for name, one in outcome.items()} for outcome in outcomes]
    assert checks[0] == checks[1]


def test_without_a_cache_nothing_is_kept(tmp_path: Path) -> None:
    """--no-cache generates anew and leaves no file behind."""
    around = {"HOOKPROOF_SECRET": CANARY, "XDG_CACHE_HOME": str(tmp_path)}
    with served(Recorder) as url:
        ran = execute(url, *OPTIONS, "--no-cache", env=around)
    assert ran.code == 0
    assert list(tmp_path.iterdir()) == []


def test_a_home_that_cannot_be_written_is_no_hindrance(tmp_path: Path) -> None:
    """Where the cache folder cannot be made the run goes on, and says nothing of it."""
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    around = {"HOOKPROOF_SECRET": CANARY, "XDG_CACHE_HOME": str(in_the_way)}
    with served() as url:
        ran = execute(url, *OPTIONS, env=around)
    assert (ran.code, ran.err) == (0, "")
