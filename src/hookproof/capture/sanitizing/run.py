"""Sanitises files and folders. Nothing is overwritten, and no payload names a file."""

from __future__ import annotations

import os
import re
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from hookproof.capture.formats import recognise
from hookproof.capture.sanitizing.converters import CONVERTERS
from hookproof.capture.sanitizing.refusal import Refusal
from hookproof.capture.stream import START_SIZE, StreamBroken, open_stream
from hookproof.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hookproof.capture.sanitizing.converters import Pieces
    from hookproof.capture.sanitizing.sanitizer import Sanitized, Sanitizer

STDIN: Final = "-"
_TAKEN: Final = (
    "taken are a body (JSON, a form, percent-encoded JSON, print_r), NDJSON of bodies or of "
    "requests, JSON lists of them, and raw HTTP requests"
)
_PACKED: Final = re.compile(r"\.(gz|zst|zstd)$")
_LONG_NUMBER: Final = re.compile(r"[0-9]{6,}")


@dataclass(slots=True)
class Outcome:
    """What became of some captures: how many were written, in how many files, and which not.

    `signed` counts those that were signed anew, `unsigned` the others by reason. `unknown` are
    pointers to undocumented fields, whose names were kept.
    """

    captures: int = 0
    files: int = 0
    signed: int = 0
    unsigned: Counter[str] = field(default_factory=Counter)
    unknown: set[str] = field(default_factory=set)
    refused: list[tuple[str, Refusal]] = field(default_factory=list)

    def add(self, made: Sanitized) -> None:
        """Count a capture."""
        self.captures += 1
        if made.unsigned:
            self.unsigned[made.unsigned] += 1
        else:
            self.signed += 1
        self.unknown.update(made.unknown)


class UnsupportedError(Exception):
    """Captures of this format cannot be sanitised."""


def sanitize_files(
    source: str, target: Path, sanitizer: Sanitizer, *, stdin: BinaryIO | None = None
) -> Outcome:
    """Sanitise a file, the files of a folder, or standard input into a new file or folder.

    Raises UsageError where the source is not there or its format is none of those taken, and
    where something stands in the target already; OSError where it cannot be written.
    """
    outcome = Outcome()
    origin = Path(source)
    _check_target(target)
    if source == STDIN and stdin is not None:
        if target.is_dir():
            raise UsageError(f"{target} is a folder", hint="name the file to write")
        _alone(stdin, "<stdin>", target, sanitizer, outcome)
    elif origin.is_dir():
        _folder(origin, target, sanitizer, outcome)
    else:
        with _opened(origin) as stream:
            into = target / _name(origin.name, sanitizer) if target.is_dir() else target
            _alone(stream, source, into, sanitizer, outcome)
    return outcome


def _check_target(target: Path) -> None:
    hint = "name a file or folder that is not there yet, or is empty"
    if target.is_symlink():
        raise UsageError(f"{target} is a symbolic link", hint=hint)
    if target.is_dir():
        if any(target.iterdir()):
            raise UsageError(f"the folder {target} is not empty", hint=hint)
    elif target.exists() and (not target.is_file() or target.stat().st_size):
        raise UsageError(f"{target} is there already", hint=hint)


def _opened(file: Path) -> BinaryIO:
    try:
        # A FIFO or a device would be read for ever.
        if file.exists() and not file.is_file():
            raise UsageError(f"{file} is no regular file")
        return file.open("rb")
    except OSError as error:
        raise UsageError(
            f"{file} cannot be read: {error.strerror}", hint="is the path right, and may you read?"
        ) from None
    except ValueError:
        raise UsageError("no file can have the name that was given") from None


def _alone(
    stream: BinaryIO, name: str, target: Path, sanitizer: Sanitizer, outcome: Outcome
) -> None:
    try:
        _file(stream, name, target, sanitizer, outcome)
    except UnsupportedError as error:
        raise UsageError(f"{name}: {error}", hint=_TAKEN) from None


def _folder(source: Path, target: Path, sanitizer: Sanitizer, outcome: Outcome) -> None:
    if target.is_file():
        raise UsageError(f"{source} is a folder, {target} is none", hint="name a folder to write")
    for file in list(_walk(source)):
        parts = [_name(part, sanitizer) for part in file.relative_to(source).parts]
        try:
            with _opened(file) as stream:
                _file(stream, str(file), target.joinpath(*parts), sanitizer, outcome)
        except UnsupportedError as error:
            outcome.refused.append((str(file), Refusal("HP100", str(error), _TAKEN)))
        except UsageError as error:
            outcome.refused.append((str(file), Refusal("HP100", error.describe(), error.hint)))


def _walk(folder: Path) -> Iterator[Path]:
    """The files below a folder in order, hidden ones left out."""
    for base, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(base, name) for name in sorted(files) if not name.startswith("."))


def _name(name: str, sanitizer: Sanitizer) -> str:
    """A name for a file: long numbers in it are ids, and what was packed no longer is."""
    unpacked = _PACKED.sub("", name)
    return _LONG_NUMBER.sub(lambda match: sanitizer.pseudonyms.digits(match[0]), unpacked)


def _file(raw: BinaryIO, name: str, target: Path, sanitizer: Sanitizer, outcome: Outcome) -> None:
    try:
        stream = open_stream(raw)
        form = recognise(stream.peek(START_SIZE)[:START_SIZE]).name
        if form not in CONVERTERS:
            raise UnsupportedError(f"captures of the format {form} cannot be sanitised yet")
        _write(CONVERTERS[form](stream, sanitizer), name, target, outcome)
    except StreamBroken as error:
        outcome.refused.append((name, Refusal("HP100", error.message, error.hint)))


def _write(pieces: Pieces, name: str, target: Path, outcome: Outcome) -> None:
    """Write what may be published; where there is nothing, no file is made."""
    with ExitStack() as stack:
        write: Callable[[bytes], object] | None = None
        for piece in pieces:
            if isinstance(piece, Refusal):
                outcome.refused.append((name, piece))
                continue
            if write is None:
                write = stack.enter_context(_created(target)).write
                outcome.files += 1
            write(piece[0])
            outcome.add(piece[1])


def _created(target: Path) -> BinaryIO:
    target.parent.mkdir(parents=True, exist_ok=True)
    # An empty file that was there before is the user's wish; any other is not touched.
    empty = target.is_file() and not target.stat().st_size
    return target.open("wb" if empty else "xb")
