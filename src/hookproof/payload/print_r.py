"""Reads the dumps of PHP's `print_r`, in which the vendors' pages show their FORM samples."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from hookproof.payload.decode import Reading
from hookproof.payload.problem import ReadProblem
from hookproof.payload.scan import MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.payload.scan import Path

_START = re.compile(rb"Array\s*\(")
_ENTRY = re.compile(r"[ \t]*\[([^\]\n]*)\] =>(?: (.*))?$")


def looks_like(start: bytes) -> bool:
    """Whether the first bytes open a dump."""
    return _START.match(start) is not None


def read(text: str) -> Reading:
    """Read a dump into a mapping of texts; nested arrays become mappings. Never raises.

    A dump marks neither types nor the ends of values, so every value is text and a line
    without `[key] =>` continues the value above it.
    """
    reader = _Reader(text)
    value = reader.document()
    if reader.fault:
        return Reading(None, complete=False, problems=(reader.fault,), text=text)
    return Reading(value, complete=True, problems=reader.rest(), text=text)


def spans(text: str) -> dict[Path, tuple[int, int]]:
    """The half-open character span of every value of a dump."""
    reader = _Reader(text)
    reader.document()
    return reader.spans


class _Reader:
    def __init__(self, text: str) -> None:
        self.size = len(text)
        self.lines = list(_lines(text))
        self.at = 0
        self.fault: ReadProblem | None = None
        self.spans: dict[Path, tuple[int, int]] = {}

    def document(self) -> dict[str, Any]:
        self.skip_to_opening()
        return self.array(())

    def stop(self, code: str, message: str, offset: int) -> None:
        self.fault = self.fault or ReadProblem(code, message, offset)
        self.at = len(self.lines)

    def rest(self) -> tuple[ReadProblem, ...]:
        for start, line in self.lines[self.at :]:
            if line.strip():
                hint = "one capture holds one dump; are these two in a row?"
                return (ReadProblem("HP107", "more text follows the dump", start, hint),)
        return ()

    def skip_to_opening(self) -> None:
        while self.at < len(self.lines) and "(" not in self.lines[self.at][1]:
            self.at += 1
        self.at += 1

    def array(self, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        last = None
        while self.at < len(self.lines):
            start, line = self.lines[self.at]
            self.at += 1
            if line.strip() == ")":
                return result
            entry = _ENTRY.match(line)
            if entry:
                last = entry[1]
                begin = entry.start(2) if entry[2] else len(line)
                self.spans[*path, last] = (start + begin, start + len(line))
                result[last] = self.entry(entry[2] or "", (*path, last))
            elif last is not None and line.strip() and isinstance(result[last], str):
                result[last] += "\n" + line
                self.spans[*path, last] = (self.spans[*path, last][0], start + len(line))
        self.stop("HP114", "the dump ends before its closing parenthesis", self.size)
        return result

    def entry(self, value: str, path: Path) -> Any:
        # The text "Array" looks like the head of a nested one, but for the line that follows.
        start, line = self.lines[self.at] if self.at < len(self.lines) else (0, "")
        if value.strip() != "Array" or line.strip() != "(":
            return value
        if len(path) >= MAX_DEPTH:
            self.stop("HP108", f"nested deeper than {MAX_DEPTH} levels", start)
            return value
        self.skip_to_opening()
        return self.array(path)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their offsets; unlike splitlines(), a form feed in a value ends none."""
    at = 0
    for line in text.split("\n"):
        yield at, line.removesuffix("\r")
        at += len(line) + 1
