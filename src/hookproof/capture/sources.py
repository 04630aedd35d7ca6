"""Reads captures from files, folders, globs and standard input, one at a time."""

from __future__ import annotations

import glob
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from hookproof.finding import CODES, CaptureFinding
from hookproof.payload.decode import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STDIN: Final = "-"


@dataclass(frozen=True, slots=True)
class Capture:
    """One captured body: the name of its place, and the bytes as they are."""

    name: str
    raw: bytes


def read_captures(
    names: Iterable[str], *, stdin: BinaryIO | None = None
) -> Iterator[Capture | CaptureFinding]:
    """Yield the captures that names stand for, in order; folders are walked, sorted.

    What cannot be opened is yielded as a finding, and the rest goes on. A name that stands
    for nothing at all is a finding too: silence would look like success.
    """
    for name in names:
        if name == STDIN and stdin is not None:
            yield Capture("<stdin>", stdin.read(MAX_BYTES + 1))
            continue
        files = _files(name)
        if not files:
            yield _unreadable(name, "no file is there")
        for file in files:
            yield _read(file)


def _files(name: str) -> list[Path]:
    path = Path(name)
    if os.path.isdir(name):  # noqa: PTH112 - pathlib's raises where a name is too long
        return _walk(path)
    # A name that exists is meant as it stands, even with brackets in it.
    if glob.has_magic(name) and not os.path.lexists(path):
        matches = map(Path, sorted(glob.glob(name, recursive=True)))  # noqa: PTH207 - absolute too
        return [file for match in matches for file in (_walk(match) if match.is_dir() else [match])]
    return [path]


def _walk(folder: Path) -> list[Path]:
    """The files below a folder; a folder that cannot be listed stands for its files."""
    found: list[Path] = []

    def keep(error: OSError) -> None:
        found.append(Path(error.filename))

    for base, folders, files in os.walk(folder, onerror=keep):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(base, name) for name in sorted(files) if not name.startswith(".")]
    return found


def _read(file: Path) -> Capture | CaptureFinding:
    try:
        if file.is_dir():
            return _unreadable(str(file), "the folder cannot be listed")
        # A FIFO or a device would be read for ever.
        if not file.is_file() and file.exists():
            return _unreadable(str(file), "it is no regular file")
        with file.open("rb") as stream:
            return Capture(str(file), stream.read(MAX_BYTES + 1))
    except OSError as error:
        return _unreadable(str(file), error.strerror or "it cannot be read")
    except ValueError:
        return _unreadable(str(file), "no file can have this name")


def _unreadable(name: str, reason: str) -> CaptureFinding:
    return CaptureFinding(
        code="HP100",
        severity=CODES["HP100"].severity,
        callback="",
        where="",
        message=f"the capture cannot be read: {reason}",
        hint="is the path right, and may you read it?",
        file=name,
    )
