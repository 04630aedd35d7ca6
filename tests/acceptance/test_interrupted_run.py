"""Ctrl-C ends a long run soon, with a report of what was done by then."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
from acceptance.command import CANARY, SECRETS, Recorder
from acceptance.receiver_runs import contract
from unit.captures.lines import lines

from hookproof.testing import serve
from hookproof.validation_run.chunks import PART_BYTES

if TYPE_CHECKING:
    from pathlib import Path

# So many that a run goes on for longer than it takes until a Ctrl-C that was lost comes again.
LINES = 88_000
# The promise is two seconds; a machine under load is given more.
SOON = 5.0
# So many cases that generating them takes several seconds.
MANY = ("--callback", "procedure", "--max-cases", "4000", "--quiet")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that takes several seconds, in several parts."""
    return write_archive(tmp_path_factory.mktemp("long"), LINES)


@pytest.fixture(scope="module")
def two_parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of which one part can be done and another one not."""
    path = write_archive(tmp_path_factory.mktemp("short"), LINES // 2)
    assert PART_BYTES < path.stat().st_size < 3 * PART_BYTES
    return path


def write_archive(folder: Path, count: int) -> Path:
    """A file of so many lines, 4,000 of which differ."""
    block = b"".join(raw + b"\n" for raw in lines(4000, bad=0.02))
    path = folder / "archive.ndjson"
    with path.open("wb") as file:
        file.writelines(block for _ in range(count // 4000))
    return path


@pytest.fixture(scope="module")
def whole(two_parts: Path) -> dict[str, Any]:
    """The report of a run that nobody interrupted."""
    report = two_parts.with_name("whole.json")
    start(two_parts, "--report", f"json={report}").communicate(timeout=120)
    return timeless(report)


def timeless(report: Path) -> dict[str, Any]:
    """A report without when its run was started and how long it took."""
    told: dict[str, Any] = json.loads(report.read_text())
    for name in ("started", "seconds"):
        del told["run"][name]
    return told


def start(archive: Path, *options: str) -> subprocess.Popen[str]:
    """Begin a run in a session of its own, as a terminal does for Ctrl-C."""
    return subprocess.Popen(
        [sys.executable, "-m", "hookproof", "validate", str(archive), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def interrupt(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Press Ctrl-C, which reaches each process of the session; gives output and complaints."""
    begun = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert time.monotonic() - begun < SOON
    return out, err


def wait_for_part(journal: Path) -> None:
    """Wait until the journal holds an outcome."""
    deadline = time.monotonic() + 60
    while not (journal.exists() and journal.read_bytes().count(b"\n") > 1):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def session_is_empty(session: int) -> bool:
    """Whether no process of a session is left, after a moment of grace."""
    for _ in range(100):
        try:
            os.killpg(session, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interrupted_run_reports_what_it_has(archive: Path, tmp_path: Path, jobs: str) -> None:
    """Exit 130, a report on paper and on screen that says it is partial, no process left."""
    journal, written = tmp_path / "journal", tmp_path / "report.json"
    options = ["--jobs", jobs, "--journal", str(journal), "--report", f"json={written}"]
    process = start(archive, *options)
    wait_for_part(journal)
    out, err = interrupt(process)
    assert process.returncode == 130
    assert err == ""
    assert "stopped after" in out
    report: dict[str, Any] = json.loads(written.read_text())
    assert report["stopped"].startswith("stopped after")
    assert 0 < report["totals"]["captures"] < LINES
    assert session_is_empty(process.pid)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interrupted_run_goes_on_as_if_it_had_not_been(
    two_parts: Path, whole: dict[str, Any], tmp_path: Path, jobs: str
) -> None:
    """What was done before Ctrl-C is not done again, and the report is that of a whole run."""
    journal, resumed = tmp_path / "journal", tmp_path / "resumed"
    process = start(two_parts, "--jobs", jobs, "--journal", str(journal))
    wait_for_part(journal)
    interrupt(process)
    options = ["--journal", str(journal), "--resume", "--report", f"json={resumed}"]
    start(two_parts, "--jobs", jobs, *options).communicate(timeout=120)
    assert timeless(resumed) == whole


def test_ctrl_c_while_payloads_are_generated(tmp_path: Path) -> None:
    """A receiver test ends then too, and no half corpus is kept for later runs."""
    receiver = Recorder(contract(), secrets=SECRETS)
    around = {"HOOKPROOF_SECRET": CANARY, "XDG_CACHE_HOME": str(tmp_path)}
    with serve(receiver) as url:
        process = subprocess.Popen(
            [sys.executable, "-m", "hookproof", "test", url, *MANY],
            env=os.environ | around,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        wait_until_nothing_comes(receiver)
        out, err = interrupt(process)
    assert (process.returncode, out, err.strip()) == (130, "", "hookproof: stopped")
    assert list(tmp_path.iterdir()) == []


def wait_until_nothing_comes(receiver: Recorder) -> None:
    """Wait until all named cases have come, after which a run generates."""
    deadline, known = time.monotonic() + 60, 0
    while not known or len(receiver.got) > known:
        assert time.monotonic() < deadline
        known = len(receiver.got)
        time.sleep(0.5)


@pytest.mark.parametrize("after", [0.0, 0.05, 0.15, 0.3])
def test_ctrl_c_is_answered_at_any_moment(archive: Path, after: float) -> None:
    """From the start of the command on, Ctrl-C shows no traceback of ours and ends the run."""
    process = start(archive, "--jobs", "2", "--report", "json=/dev/null")
    time.sleep(0.1 + after)
    _, err = interrupt(process)
    assert process.returncode in {130, -signal.SIGINT}
    assert session_is_empty(process.pid)
    # While the interpreter itself is starting, nobody of ours is there to answer.
    if process.returncode == 130 and "Fatal Python error: init" not in err:
        assert "Traceback" not in err
