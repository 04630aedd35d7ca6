"""Remembers which parts of a run are done, so that a run that was killed goes on where it was.

A journal is a text file: a line that says which run it is of, then a line for each part with
its outcome. A line is written whole or it is not there: one that was cut off is left out.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import AfterValidator, Base64Bytes, BaseModel, ConfigDict, Field, ValidationError

from hookproof.errors import UsageError
from hookproof.findings import CODES, CaptureFinding
from hookproof.validation_run.summary import CallbackTally, Group, Place, Tally, as_data

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hookproof.validation_run.chunks import Part


_Count = Annotated[int, Field(ge=0, lt=2**63)]


def _known(finding: CaptureFinding) -> CaptureFinding:
    if finding.code not in CODES:
        raise ValueError(f"no finding has the code {finding.code[:20]!r}")
    return finding


class _Model(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)


class _Callback(_Model):
    captures: _Count
    failed: _Count
    signatures: dict[str, _Count]
    hours: list[tuple[Annotated[int, Field(ge=-1, lt=2**40)], _Count, _Count]]


class _Group(_Model):
    key: tuple[str, ...]
    finding: Annotated[CaptureFinding, AfterValidator(_known)]
    count: _Count
    places: list[Place]
    last: Place
    example: str
    pending: Base64Bytes


class _Tally(_Model):
    callbacks: dict[str, _Callback]
    groups: list[_Group]
    remarks: list[tuple[str, _Count, Place]]
    records: _Count
    lines: _Count


class Run(_Model):
    """The first line: the run that a journal is of."""

    run: str


class Entry(_Model):
    """Any other line: a part, and what came of it."""

    part: _Count
    tally: _Tally

    def outcome(self, *, examples: int) -> Tally:
        """The tally that `as_data` was made of."""
        tally = Tally(examples, records=self.tally.records, lines=self.tally.lines)
        for text, count, first in self.tally.remarks:
            tally.remark(text, first, count)
        for name, each in self.tally.callbacks.items():
            hours = {hour: [all_, failed] for hour, all_, failed in each.hours}
            signatures = Counter(each.signatures)
            tally.callbacks[name] = CallbackTally(each.captures, each.failed, signatures, hours)
        for one in self.tally.groups:
            tally.groups[one.key] = Group(
                one.finding, one.count, one.places, one.last, one.example, one.pending
            )
        return tally


_Line = TypeVar("_Line", bound=BaseModel)


class Journal:
    """The journal of one run; raises UsageError where its file cannot be read or written."""

    def __init__(self, path: Path, *, run: str, resume: bool, examples: int) -> None:
        self._path = path
        self._examples = examples
        self.done: dict[int, Tally] = {}
        kept = self._read(run) if resume and path.exists() else []
        self._begin("\n".join([_sealed({"run": run}), *kept, ""]))

    def add(self, number: int, tally: Tally) -> None:
        """Keep the outcome of a part."""
        line = _sealed({"part": number, "tally": as_data(tally)}) + "\n"
        try:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(line)
        except OSError as error:
            raise self._unwritable(error) from None

    def _begin(self, text: str) -> None:
        """Write the journal anew; one that is there stays whole until the new one is."""
        # A device or a pipe is written to as it stands, for it cannot be replaced.
        path = self._path.resolve()
        regular = path.is_file() or not path.exists()
        fresh = path.with_name(f"{path.name}.new") if regular else path
        try:
            fresh.write_text(text, encoding="utf-8")
            if regular:
                fresh.replace(path)
        except OSError as error:
            raise self._unwritable(error) from None

    def _unwritable(self, error: OSError) -> UsageError:
        return UsageError(f"the journal {self._path} cannot be written: {error.strerror}")

    def _read(self, run: str) -> list[str]:
        try:
            lines = self._path.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError as error:
            raise UsageError(f"the journal {self._path} cannot be read: {error.strerror}") from None
        whole = [
            (number, line, text) for number, line in enumerate(lines, 1) if (text := _opened(line))
        ]
        first = self._entry(Run, 1, whole[0][2]) if whole and whole[0][0] == 1 else None
        if first is None or first.run != run:
            raise UsageError(
                f"the journal {self._path} is of another run",
                hint="the captures, the contract or the options have changed; leave out --resume",
            )
        kept = []
        for number, line, text in whole[1:]:
            entry = self._entry(Entry, number, text)
            self.done[entry.part] = entry.outcome(examples=self._examples)
            kept.append(line)
        return kept

    def _entry(self, model: type[_Line], number: int, text: str) -> _Line:
        """What a line says; raises UsageError where it is whole and yet says something else."""
        try:
            return model.model_validate_json(text)
        except ValidationError as error:
            wrong = error.errors(include_url=False, include_input=False)[0]
            field = "/".join(map(str, wrong["loc"])) or "the entry"
            raise UsageError(
                f"the journal {self._path} is damaged: line {number}, {field}: {wrong['msg']}",
                hint="leave out --resume to begin anew; the journal is then written afresh",
            ) from None


def is_journal(path: Path) -> bool:
    """Whether a file begins as a journal does."""
    with path.open(encoding="utf-8", errors="replace") as file:
        return _opened(file.readline(1024).rstrip("\n")).startswith('{"run":')


def run_of(parts: Sequence[Part], options: Any) -> str:
    """What a run is told by: its parts, the state of their files, and what was asked of it."""
    from pathlib import Path  # noqa: PLC0415 - for runs with a journal only

    states = []
    for part in parts:
        for file in part.files:
            try:
                state = Path(file).stat()
                states.append([file, part.begin, part.end, state.st_size, state.st_mtime_ns])
            except OSError:
                states.append([file, part.begin, part.end, -1, -1])
    text = json.dumps([states, repr(options)], ensure_ascii=True)
    return f"{zlib.crc32(text.encode()):08x}{zlib.adler32(text.encode()):08x}-{len(states)}"


def _sealed(entry: dict[str, Any]) -> str:
    text = json.dumps(entry, ensure_ascii=True, separators=(",", ":"))
    return f"{zlib.crc32(text.encode()):08x} {text}"


def _opened(line: str) -> str:
    """The text of an entry, "" where the line was cut off."""
    seal, _, text = line.partition(" ")
    return text if f"{zlib.crc32(text.encode()):08x}" == seal else ""
