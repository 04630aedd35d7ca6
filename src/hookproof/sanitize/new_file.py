"""A file that is there whole or not at all, and takes the place of none."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from types import TracebackType

_UNNAMED: Final = getattr(os, "O_TMPFILE", 0)
# What a file gets that a program writes in the usual way, less what the umask takes away.
_MODE: Final = 0o666


class NewFile:
    """A file that gets its name when the block ends well; where that is taken, a number is added.

    Where the system can write files that have no name yet, not even a kill leaves a half one.
    Raises OSError where it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._named: str | None = None

    def __enter__(self) -> Self:
        folder = self._path.parent
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = _unnamed(folder)
        if descriptor is None:
            descriptor, self._named = tempfile.mkstemp(prefix=".hookproof-", dir=folder)
        self._file = os.fdopen(descriptor, "w+b")
        return self

    def write(self, data: bytes) -> None:
        """Add bytes to the file."""
        self._file.write(data)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self._file.flush()
                # A full disk may be told no earlier than this.
                os.fsync(self._file.fileno())
                self._appear()
        finally:
            with suppress(OSError):
                self._file.close()
            if self._named:
                Path(self._named).unlink(missing_ok=True)

    def _appear(self) -> None:
        path = self._path
        # An empty file that was there before is the user's wish.
        if path.is_file() and not path.stat().st_size:
            path.unlink()
        number = 1
        while not self._took(path):
            number += 1
            path = self._path.with_stem(f"{self._path.stem}-{number}")

    def _took(self, path: Path) -> bool:
        """Whether the file could take a name, which nobody has."""
        descriptor = self._file.fileno()
        try:
            if self._named:
                os.link(self._named, path)
            else:
                # The folder given is of no use but to have the link followed.
                os.link(f"/proc/self/fd/{descriptor}", path, src_dir_fd=descriptor)
        except FileExistsError:
            return False
        except OSError:
            # Not every file system has links.
            self._file.seek(0)
            with path.open("xb") as copy:
                shutil.copyfileobj(self._file, copy)
        return True


def _unnamed(folder: Path) -> int | None:
    """A new file in a folder that has no name, None where there are none."""
    try:
        return os.open(folder, _UNNAMED | os.O_RDWR, _MODE) if _UNNAMED else None
    except OSError:
        return None
