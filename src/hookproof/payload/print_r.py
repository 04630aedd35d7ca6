"""Reads the dumps of PHP's `print_r`, in which the vendors' pages show their FORM samples."""

from __future__ import annotations

import re
from typing import Any

from hookproof.payload.decode import Reading
from hookproof.payload.problem import ReadProblem

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
    lines = text.splitlines()
    reader = _Reader(lines)
    reader.skip_to_opening()
    value = reader.array()
    if not reader.closed:
        problem = ReadProblem("HP114", "the dump ends before its closing parenthesis", len(text))
        return Reading(None, complete=False, problems=(problem,), text=text)
    return Reading(value, complete=True, text=text)


class _Reader:
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.at = 0
        self.closed = False

    def skip_to_opening(self) -> None:
        while self.at < len(self.lines) and "(" not in self.lines[self.at]:
            self.at += 1
        self.at += 1

    def array(self) -> dict[str, Any]:
        result: dict[str, Any] = {}
        last = ""
        while self.at < len(self.lines):
            line = self.lines[self.at]
            self.at += 1
            if line.strip() == ")":
                self.closed = True
                return result
            entry = _ENTRY.match(line)
            if entry:
                last = entry[1]
                result[last] = self.entry(entry[2] or "")
            elif last and line.strip() and isinstance(result[last], str):
                result[last] += "\n" + line
        return result

    def entry(self, value: str) -> Any:
        if value.strip() != "Array":
            return value
        self.skip_to_opening()
        nested = self.array()
        self.closed = False
        return nested
