"""A folder for a while goes with its block, and what a killed run left goes with the next run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hookproof import user_cache
from hookproof.user_cache import scratch_folder

RUN = """
import sys, time
from pathlib import Path
from hookproof.user_cache import scratch_folder
with scratch_folder("ours-", within=Path(sys.argv[1])) as folder:
    (folder / "part").touch()
    print(folder, flush=True)
    time.sleep(60)
"""


def test_what_a_killed_run_left_is_swept_and_what_is_in_use_is_not(tmp_path: Path) -> None:
    """A run that lives holds the lock of its folder, and no signal asks before it ends one."""
    (tmp_path / "ours-of-nobody").mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", RUN, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        left = Path(run.stdout.readline().strip())
        with scratch_folder("ours-", within=tmp_path) as ours:
            (ours / "part").touch()
            with scratch_folder("ours-", within=tmp_path):
                assert (ours / "part").exists()
                assert (left / "part").exists()
        assert not ours.exists()
        run.kill()
    assert (left / "part").exists()
    with scratch_folder("theirs-", within=tmp_path):
        assert left.exists()
    with scratch_folder("ours-", within=tmp_path):
        assert not left.exists()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_another_run_sweeps_before_its_lock_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not locked yet looks as if it were left: it goes before or after it is opened."""
    lock, times = user_cache._lock, []

    def swept(folder: Path, *, wait: bool = False) -> int | None:
        times.append(wait)
        if len(times) == 1:
            folder.rmdir()
        held = lock(folder, wait=wait)
        if len(times) == 2:
            folder.rmdir()
        return held

    monkeypatch.setattr(user_cache, "_lock", swept)
    with scratch_folder("ours-", within=tmp_path) as folder:
        (folder / "part").touch()
    assert times[:3] == [True, True, True]
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_while_it_is_removed_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first removal ends with it, and the folder goes all the same."""
    remove, calls = shutil.rmtree, []

    def interrupted(path: str, **options: bool) -> None:
        calls.append(path)
        if len(calls) == 1:
            raise KeyboardInterrupt
        remove(path, **options)

    monkeypatch.setattr(shutil, "rmtree", interrupted)
    with pytest.raises(KeyboardInterrupt), scratch_folder("ours-", within=tmp_path) as folder:
        (folder / "part").touch()
    assert list(tmp_path.iterdir()) == []


def test_a_signal_as_soon_as_the_folder_is_there_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever makes it knows its name before."""
    made = os.mkdir

    def interrupted(path: Path, mode: int = 0o777) -> None:
        made(path, mode)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "mkdir", interrupted)
    with pytest.raises(KeyboardInterrupt), scratch_folder("ours-", within=tmp_path):
        pass
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []
