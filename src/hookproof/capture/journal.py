"""Remembers which parts of a run are done, so that a run that was killed goes on where it was.

A journal is a text file: a line that says which run it is of, then a line for each part with
its outcome. A line is written whole or it is not there: one that was cut off is left out.
"""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

from hookproof.capture.tally import as_data, from_data
from hookproof.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hookproof.capture.parts import Part
    from hookproof.capture.tally import Tally


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
        entries = [_opened(line) for line in lines]
        if not entries or not entries[0] or entries[0].get("run") != run:
            raise UsageError(
                f"the journal {self._path} is of another run",
                hint="the captures, the contract or the options have changed; leave out --resume",
            )
        kept = []
        for line, entry in zip(lines[1:], entries[1:], strict=True):
            if entry and "part" in entry:
                self.done[entry["part"]] = from_data(entry["tally"], examples=self._examples)
                kept.append(line)
        return kept


def is_journal(path: Path) -> bool:
    """Whether a file begins as a journal does."""
    with path.open(encoding="utf-8", errors="replace") as file:
        return "run" in (_opened(file.readline(1024).rstrip("\n")) or {})


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


def _opened(line: str) -> dict[str, Any] | None:
    """An entry, None where the line was cut off."""
    seal, _, text = line.partition(" ")
    if f"{zlib.crc32(text.encode()):08x}" != seal:
        return None
    entry: dict[str, Any] = json.loads(text)
    return entry
