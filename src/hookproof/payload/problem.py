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
