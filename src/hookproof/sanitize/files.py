"""Sanitises files and folders of any format that is read, and writes them in one.

What held a single body becomes a file with that body; everything else becomes requests, one on a
line (NDJSON). Nothing is overwritten, and a file is there whole or not at all.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections import Counter
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from hookproof.captures.capture import DEFAULTS, Capture, Origin, Remark, Unreadable
from hookproof.captures.formats import ReadOptions, recognise
from hookproof.captures.stream import START_SIZE, StreamBroken, open_stream
from hookproof.errors import UsageError
from hookproof.payload.problem import Position
from hookproof.sanitize.keeping import looks_like_an_identifier, words_of
from hookproof.sanitize.new_file import NewFile
from hookproof.sanitize.refusal import Refusal
from hookproof.validation_run.chunks import STDIN, find_files, format_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hookproof.sanitize.sanitizer import Sanitized, Sanitizer

_SINGLE: Final = "body"
_PACKED: Final = re.compile(r"\.(gz|zst|zstd|bz2|xz|zip|tar|tgz)$")
_LINES: Final = (".ndjson", ".jsonl")
# What fixtures are called everywhere, beside the words of the contract.
_PLAIN: Final = frozenset(
    {"bodies", "body", "capture", "captures", "fail", "har", "log", "pass", "request", "requests"}
    | {"sample", "test"}
)
_NAME_PARTS: Final = re.compile(r"[A-Za-z]+|[0-9]+|[^\x00-\x7f]+")
_ENDINGS: Final = frozenset(
    {"body", "csv", "curl", "flow", "form", "har", "http", "json", "jsonl", "log", "mitm", "ndjson"}
    | {"parquet", "pcap", "pcapng", "percent", "rest", "sh", "txt", "xml"}
)


@dataclass(slots=True)
class Outcome:
    """What became of some captures: how many were written, in how many files, and which not.

    `signed` counts those that were signed anew, `unsigned` the others by reason. `stayed` are
    pointers to the members that the contract does not know and whose names were kept, and
    `stayed_files` such names of files. `refused` are the places of what was not copied by why;
    `remarks` count what readers passed over.
    """

    captures: int = 0
    files: int = 0
    signed: int = 0
    unsigned: Counter[str] = field(default_factory=Counter)
    stayed: set[str] = field(default_factory=set)
    stayed_files: set[str] = field(default_factory=set)
    refused: dict[tuple[str, str, str], list[str]] = field(default_factory=dict)
    remarks: Counter[str] = field(default_factory=Counter)

    def add(self, made: Sanitized) -> None:
        """Count a capture."""
        self.captures += 1
        if made.unsigned:
            self.unsigned[made.unsigned] += 1
        else:
            self.signed += 1
        self.stayed.update(made.stayed)

    def refuse(self, refusal: Refusal, place: str) -> None:
        """Take note of what was not copied."""
        why = (refusal.code, refusal.message, refusal.hint)
        self.refused.setdefault(why, []).append(place)


@dataclass(frozen=True, slots=True)
class Reading:
    """How captures are read: the format that was named, "" for what each shows; the fields."""

    format: str = ""
    options: ReadOptions = DEFAULTS


class _Source(NamedTuple):
    """What is read twice, for its ids and for what is written.

    That goes to the target, or to a file in it that is called by the parts of `within`, renamed.
    """

    name: str
    open: Callable[[], BinaryIO]
    target: Path
    within: tuple[str, ...] = ()


def sanitize_files(
    source: str,
    target: Path,
    sanitizer: Sanitizer,
    *,
    reading: Reading | None = None,
    stdin: BinaryIO | None = None,
) -> Outcome:
    """Sanitise a file, the files of a folder, or standard input into a new file or folder.

    Raises UsageError where the source is not there or cannot be read, and where something stands
    in the target already; OSError where it cannot be written.
    """
    _check_target(target)
    run = _Run(sanitizer, reading or Reading())
    with tempfile.TemporaryFile() as kept:
        if source == STDIN and stdin is not None:
            if target.is_dir():
                raise UsageError(f"{target} is a folder", hint="name the file to write")
            shutil.copyfileobj(stdin, kept)
            sources = [_Source("<stdin>", lambda: _again(kept), target)]
        else:
            sources = list(_sources(Path(source), target))
        for one in sources:
            run.learn(one)
        for one in sources:
            run.write(one)
    return run.outcome


def _check_target(target: Path) -> None:
    hint = "name a file or folder that is not there yet, or is empty"
    if target.is_symlink():
        raise UsageError(f"{target} is a symbolic link", hint=hint)
    if target.is_dir():
        if any(target.iterdir()):
            raise UsageError(f"the folder {target} is not empty", hint=hint)
    elif target.exists() and (not target.is_file() or target.stat().st_size):
        raise UsageError(f"{target} is there already", hint=hint)


def _again(kept: BinaryIO) -> BinaryIO:
    """A stream that stays open when a reader is done with it, from its beginning."""
    kept.seek(0)
    return os.fdopen(os.dup(kept.fileno()), "rb")


def _sources(origin: Path, target: Path) -> Iterator[_Source]:
    if not origin.is_dir():
        _opened(origin).close()
        parts: tuple[str, ...] = (origin.name,) if target.is_dir() else ()
        yield _Source(str(origin), partial(_opened, origin), target, parts)
        return
    if target.is_file():
        raise UsageError(f"{origin} is a folder, {target} is none", hint="name a folder to write")
    for name in find_files([str(origin)]):
        if isinstance(name, str):
            parts = Path(name).relative_to(origin).parts
            yield _Source(name, partial(_opened, Path(name)), target, parts)


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


class _Run:
    """What is learned, written and refused in one run of the command."""

    def __init__(self, sanitizer: Sanitizer, reading: Reading) -> None:
        self.outcome = Outcome()
        self._sanitizer = sanitizer
        self._format = reading.format
        # In a record of a log the body is the object that names a callback.
        self._options = replace(reading.options, sought=sanitizer.sought)

    def renamed(self, name: str) -> str:
        """A name for a file or a folder; what was packed no longer is.

        An identifier stays, as a member's name would, and is listed where the contract does not
        know its words. Of any other name only those words stay.
        """
        stem, dot, ending = _PACKED.sub("", name).rpartition(".")
        if not dot or ending.lower() not in _ENDINGS:
            stem, dot, ending = f"{stem}{dot}{ending}", "", ""
        free_text = self._sanitizer.free_text
        known = self._sanitizer.vocabulary | _PLAIN
        if looks_like_an_identifier(stem) and not free_text.known.betrayed_by(stem):
            if not words_of(stem) <= known:
                self.outcome.stayed_files.add(name)
            return f"{stem}{dot}{ending}"

        def other(match: re.Match[str]) -> str:
            part = match.group()
            return part if part.lower() in known else free_text.replaced(part)

        return f"{_NAME_PARTS.sub(other, stem)}{dot}{ending}"

    def learn(self, source: _Source) -> None:
        """Read the ids in a source."""
        with self._found(source) as (_, found):
            for one in found:
                if isinstance(one, Capture):
                    self._sanitizer.learn(one)

    def write(self, source: _Source) -> None:
        """Write what may be published of a source; where there is nothing, no file is made."""
        with self._found(source) as (name, found), ExitStack() as stack:
            single = name == _SINGLE
            file: NewFile | None = None
            for one in found:
                if isinstance(one, Remark):
                    self.outcome.remarks[one.text] += one.count
                    continue
                made = self._sanitizer.sanitize(one) if isinstance(one, Capture) else _refused(one)
                if isinstance(made, Refusal):
                    self.outcome.refuse(made, _place(source.name, one, made))
                    continue
                if file is None:
                    into = source.target.joinpath(*map(self.renamed, source.within))
                    # The name says what it holds, unless a user has chosen it.
                    if source.within and not single and into.suffix not in _LINES:
                        into = into.with_name(f"{into.name}.ndjson")
                    file = stack.enter_context(NewFile(into))
                    self.outcome.files += 1
                file.write(made.raw if single else request_line(made))
                self.outcome.add(made)

    @contextmanager
    def _found(
        self, source: _Source
    ) -> Iterator[tuple[str, Iterator[Capture | Unreadable | Remark]]]:
        """The name of a source's format, and what it holds."""
        options = self._options
        with ExitStack() as stack:
            try:
                stream = open_stream(stack.enter_context(source.open()))
                start = stream.peek(START_SIZE)[:START_SIZE]
                form = format_named(self._format) or recognise(start, options=options)
            except StreamBroken as error:
                broken = Unreadable(Origin(source.name), "HP100", error.message, error.hint)
            except UsageError as error:
                broken = Unreadable(
                    Origin(source.name), "HP100", error.describe(), error.hint or ""
                )
            else:
                yield form.name, form.read(stream, file=source.name, options=options)
                return
            yield "", iter([broken])


def _refused(what: Unreadable) -> Refusal:
    finding = what.finding()
    return Refusal(what.code, what.message, finding.hint, what.origin.line, what.origin.column)


def _place(file: str, found: Capture | Unreadable, refusal: Refusal) -> str:
    """File, line and column of what was refused, as far as they mean anything."""
    origin = found.origin
    line, column = refusal.line, refusal.column
    if isinstance(found, Capture) and origin.record:
        line, column = origin.shift(Position(max(line, 1), max(column, 1)))
    elif not origin.record and isinstance(found, Unreadable):
        return file
    return f"{file}:{line}:{column}" if line else file


def request_line(made: Sanitized) -> bytes:
    """A request as a JSON object on a line."""
    request = {
        "method": "POST",
        "url": made.url,
        "headers": None if made.headers is None else [list(pair) for pair in made.headers],
        "received_at": made.received_at,
        "body": made.raw.decode(),
    }
    there = {name: value for name, value in request.items() if value not in (None, "")}
    return json.dumps(there, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
