"""A process of a run that is ended from outside ends the run, and costs what it was doing."""

from __future__ import annotations

import json
import multiprocessing
import re
from typing import TYPE_CHECKING

import pytest
from unit.captures.lines import lines

from hookproof.cli.exits import Exit
from hookproof.cli.main import main
from hookproof.errors import ProcessEnded
from hookproof.validation_run import RunOptions, Task, validate
from hookproof.validation_run import chunks as parts_module
from hookproof.validation_run.journal import Journal

if TYPE_CHECKING:
    from pathlib import Path

    from hookproof.validation_run.summary import Tally

TOLD = """\
hookproof: a process of this run was ended from outside
  hint: is memory short? use fewer --jobs; with --journal, --resume goes on from here
"""
# So many parts are done when the process is ended.
DONE = 3


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut files every 20 kB: more parts than both processes are asked for ahead."""
    monkeypatch.setattr(parts_module, "PART_BYTES", 20_000)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A file of lines in many parts."""
    file = tmp_path / "captures.ndjson"
    file.write_bytes(b"\n".join(lines(2000, bad=0.05, seed=5)))
    return file


def end_one() -> None:
    """End one of our processes, as a system does that is short of memory."""
    process = multiprocessing.active_children()[0]
    process.kill()
    process.join()


def ran(capsys: pytest.CaptureFixture[str], *args: str | Path) -> tuple[int, str, str]:
    """Exit code and outputs of `hookproof validate`, without what says when and how it ran."""
    with pytest.raises(SystemExit) as left:
        main(["validate", *map(str, args), "--format", "json", "--quiet"])
    out, err = capsys.readouterr()
    if out:
        report = json.loads(out)
        del report["run"]
        out = json.dumps(report)
    return int(left.value.code or 0), out, err


def timeless(report: str) -> str:
    """A report without when it was made and how long that took."""
    return re.sub(r'"(started|seconds)": [^\n]*', "", report)


def test_process_that_is_ended_is_told_and_the_run_can_be_resumed(
    archive: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Message and exit code are those of a run that cannot go on; --resume ends as a whole run."""
    add = Journal.add

    def add_and_end(self: Journal, number: int, tally: Tally) -> None:
        add(self, number, tally)
        if number == DONE - 1:
            end_one()

    journal = tmp_path / "journal"
    jobs = ("--jobs", "2", "--journal", journal)
    with monkeypatch.context() as patch:
        patch.setattr(Journal, "add", add_and_end)
        assert ran(capsys, archive, *jobs) == (Exit.USAGE, "", TOLD)
    assert multiprocessing.active_children() == []
    kept = journal.read_bytes()
    assert kept.count(b"\n") > DONE
    code, out, err = ran(capsys, archive, *jobs, "--resume")
    assert (code, err) == (Exit.FINDINGS, "")
    assert timeless(out) == timeless(ran(capsys, archive)[1])
    assert journal.read_bytes().startswith(kept)
    assert journal.read_bytes() != kept


def test_end_of_a_process_ends_a_run_without_a_journal(archive: Path) -> None:
    """Who calls the library gets the error, not an outcome with captures missing in it."""
    steps = []

    def step(ready: int, whole: int) -> None:
        steps.append((ready, whole))
        if len(steps) == 1:
            end_one()

    with pytest.raises(ProcessEnded, match="ended from outside"):
        validate([str(archive)], Task(), options=RunOptions(jobs=2, progress=step))
    assert multiprocessing.active_children() == []
