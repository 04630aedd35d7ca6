"""Splits the captures of a run into parts: small enough to be lost, large enough to be quick.

A large file of lines is cut at line ends into byte ranges; other files go together by the
hundred. The parts of a run depend on the files alone, so a run can be taken up again.
"""

from __future__ import annotations

import glob
import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from hookproof.captures.capture import Origin, Unreadable
from hookproof.captures.formats import formats, recognise
from hookproof.captures.stream import START_SIZE, StreamBroken, open_stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hookproof.captures.capture import Capture, Remark
    from hookproof.captures.formats import Format, ReadOptions

STDIN: Final = "-"
# About a second of work, so that little is lost and a progress bar moves.
PART_BYTES: Final = 8 * 1024 * 1024
FILES_OF_A_PART: Final = 100
_SPLITTABLE: Final = frozenset({"ndjson", "requests", "log"})


class Part(NamedTuple):
    """Some whole files, or one byte range of a file of lines, in the given format or any."""

    files: tuple[str, ...]
    begin: int = 0
    end: int = -1
    size: int = 0
    format: str = ""

    @property
    def is_range(self) -> bool:
        """Whether it is a piece of one file."""
        return self.end >= 0


class NoFile(NamedTuple):
    """A name that stands for nothing; silence would look like success."""

    name: str
    why: str = "no file is there"


def find_files(names: Iterable[str]) -> list[str | NoFile]:
    """The files that names stand for, in order: folders are walked, globs are expanded, sorted."""
    found: list[str | NoFile] = []
    for name in names:
        files = [name] if name == STDIN else _files(name)
        found += files or [NoFile(name, _why_none(name))]
    return found


def captures_in(
    file: str,
    *,
    options: ReadOptions,
    format: str = "",  # noqa: A002 - the flag's name
    stdin: BinaryIO | None = None,
) -> Iterator[Capture | Unreadable | Remark]:
    """What a file holds, one after the other; what is wrong with it is told in its place."""
    name = "<stdin>" if file == STDIN else file
    try:
        with ExitStack() as stack:
            standard = file == STDIN and stdin is not None
            raw = stdin if standard and stdin else stack.enter_context(Path(file).open("rb"))
            stream = open_stream(raw)
            start = stream.peek(START_SIZE)[:START_SIZE]
            form = format_named(format) or recognise(start, options=options)
            yield from form.read(stream, file=name, options=options)
    except StreamBroken as broken:
        yield Unreadable(Origin(name), "HP100", broken.message, broken.hint)
    except (OSError, ValueError) as error:
        why = (error.strerror if isinstance(error, OSError) else "") or "no file can be called so"
        yield Unreadable(Origin(name), "HP100", f"the capture cannot be read: {why}")


def plan_parts(files: Iterable[str], *, format: str, options: ReadOptions) -> Iterator[Part]:  # noqa: A002 - the flag's name
    """The parts of a run, in order. What cannot be opened is left to whoever judges the part."""
    waiting: list[str] = []
    size = 0
    for file in files:
        bytes_ = _size(file)
        ranges = list(_ranges(file, bytes_, format, options)) if bytes_ > PART_BYTES else []
        if ranges or len(waiting) >= FILES_OF_A_PART or size > PART_BYTES:
            yield from _whole(waiting, size, format)
            waiting, size = [], 0
        yield from ranges
        if not ranges:
            waiting.append(file)
            size += bytes_
    yield from _whole(waiting, size, format)


def format_named(name: str) -> Format | None:
    """The format of a name, None where it is to be told by content."""
    return next((form for form in formats() if form.name == name), None) if name else None


def _whole(files: list[str], size: int, format_: str) -> Iterator[Part]:
    if files:
        yield Part(tuple(files), size=size, format=format_)


def _size(file: str) -> int:
    try:
        return os.stat(file).st_size if file != STDIN and os.path.isfile(file) else 0  # noqa: PTH113, PTH116 - names, not paths
    except (OSError, ValueError):
        return 0


def _ranges(file: str, size: int, name: str, options: ReadOptions) -> Iterator[Part]:
    """The byte ranges of a large plain file of lines; none for any other."""
    try:
        with open(file, "rb") as raw:  # noqa: PTH123 - names, not paths
            stream = open_stream(raw)
            if not stream.seekable():
                return
            start = stream.peek(START_SIZE)[:START_SIZE]
            format_ = format_named(name) or recognise(start, options=options)
            if format_.name not in _SPLITTABLE:
                return
            begin = 0
            while begin < size:
                raw.seek(min(begin + PART_BYTES, size))
                end = _line_end(raw, size)
                yield Part((file,), begin, end, end - begin, format_.name)
                begin = end
    except (OSError, StreamBroken):
        return


def _line_end(raw: BinaryIO, size: int) -> int:
    """Where the line ends in which a file stands, without holding it."""
    while piece := raw.read(START_SIZE):
        at = piece.find(b"\n")
        if at >= 0:
            return raw.tell() - len(piece) + at + 1
    return size


def _files(name: str) -> list[str]:
    if os.path.isdir(name):  # noqa: PTH112 - pathlib's raises where a name is too long
        return _walk(name)
    # A name that exists is meant as it stands, even with brackets in it.
    if glob.has_magic(name) and not os.path.lexists(name):
        matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - absolute too
        return [
            file
            for match in matches
            for file in (_walk(match) if Path(match).is_dir() else [match])
        ]
    return [name] if _exists(name) else []


def _exists(name: str) -> bool:
    try:
        return os.path.lexists(name)
    except ValueError:
        return False


def _why_none(name: str) -> str:
    if os.path.isdir(name):  # noqa: PTH112 - pathlib's raises where a name is too long
        return "the folder holds no file"
    return "no file is there" if not glob.has_magic(name) else "no file has such a name"


def _walk(folder: str) -> list[str]:
    """The files below a folder; a folder that cannot be listed stands for its files."""
    found: list[str] = []

    def keep(error: OSError) -> None:
        found.append(str(error.filename))

    for base, folders, files in os.walk(folder, onerror=keep):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [str(Path(base, name)) for name in sorted(files) if not name.startswith(".")]
    return found
