"""Why a text could not be read, or may be read in two ways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Position(NamedTuple):
    """A place in a text for a person: line and column, both from 1, in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class ReadProblem:
    """One thing wrong with a text: its code, a sentence, and the offset in characters."""

    code: str
    message: str
    offset: int
    hint: str = ""


def position_at(text: str, offset: int) -> Position:
    """Line and column of a character offset; offsets past the end give the end."""
    before = text[:offset]
    return Position(before.count("\n") + 1, len(before) - before.rfind("\n"))


class Places:
    """Lines and columns of offsets in a text; quick where they come in their order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = self._begin = 0
        self._line = 1

    def at(self, offset: int) -> Position:
        """Line and column of an offset."""
        offset = min(offset, len(self._text))
        if offset < self._at:
            line = self._line - self._text.count("\n", offset, self._at)
            return Position(line, offset - self._text.rfind("\n", 0, offset))
        self._line += self._text.count("\n", self._at, offset)
        self._begin = max(self._begin, self._text.rfind("\n", self._at, offset) + 1)
        self._at = offset
        return Position(self._line, offset - self._begin + 1)
