"""Where a user's caches lie, and folders for a while, which not even a kill leaves for good."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def cache_folder(environment: Mapping[str, str], *, platform: str) -> Path | None:
    """Where a user's caches lie by the platform's convention; None where there is no such place.

    XDG_CACHE_HOME goes first on every platform; `platform` is as in `sys.platform`.
    """
    home = environment.get("HOME", "")
    usual = {
        "win32": environment.get("LOCALAPPDATA", ""),
        "darwin": f"{home}/Library/Caches",
    }.get(platform, f"{home}/.cache")
    places = [environment.get("XDG_CACHE_HOME", ""), usual if home or platform == "win32" else ""]
    return first_place(places)


def first_place(places: Iterable[str]) -> Path | None:
    """Our folder in the first place that counts: by convention a relative path is ignored."""
    found = next((Path(place) for place in places if Path(place).is_absolute()), None)
    return found / "hookproof" if found else None


@contextmanager
def scratch_folder(prefix: str, *, within: Path | None = None) -> Iterator[Path]:
    """A folder that goes with the block; what a killed run has left of its kind goes, too.

    A run holds a lock on its folder for as long as it lives, which the system takes back.
    """
    import shutil  # noqa: PLC0415 - most runs make none
    from secrets import token_hex  # noqa: PLC0415
    from tempfile import gettempdir  # noqa: PLC0415

    place = within or Path(gettempdir())
    # The name is known before the folder is there, for a signal may come as soon as it is.
    folder = place / f"{prefix}{token_hex(8)}"
    try:
        lock = _made(folder)
        try:
            _sweep(place.glob(f"{prefix}*"))
            yield folder
        finally:
            if lock is not None:
                os.close(lock)
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        # Ctrl-C may have come while it was removed.
        shutil.rmtree(folder, ignore_errors=True)


def _made(folder: Path) -> int | None:
    """Make a folder and hold its lock; once more where another run took it for left and swept it.

    None where there are no locks.
    """
    while True:
        folder.mkdir(mode=0o700)
        lock = _lock(folder, wait=True)
        with suppress(FileNotFoundError):
            there = folder.stat()
            if lock is None or os.fstat(lock).st_ino == there.st_ino:
                return lock
        if lock is not None:
            os.close(lock)


def _sweep(folders: Iterable[Path]) -> None:
    import shutil  # noqa: PLC0415 - as above

    for folder in folders:
        if (lock := _lock(folder)) is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(lock)


def _lock(folder: Path, *, wait: bool = False) -> int | None:
    """Hold the lock of a folder of ours; None where another run does, or there are no locks."""
    try:
        import fcntl  # noqa: PLC0415 - not on Windows
    except ImportError:
        return None
    try:
        held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        if os.fstat(held).st_uid == os.getuid():
            fcntl.flock(held, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            return held
    except OSError:
        pass
    os.close(held)
    return None
