"""Splits a stream into lines, fast, and without ever holding a line over the limit.

It also tells which lines are JSON objects.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

import orjson

if TYPE_CHECKING:
    import io
    import re
    from collections.abc import Iterator

    from hookproof.captures.stream import Start

_PIECE: Final = 256 * 1024


def read_lines(stream: io.BufferedReader, *, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield the number, from 1, and the bytes of each line that is not blank.

    A line end is LF or CRLF and is left out; the last line needs none. A line of more than
    `limit` bytes comes as None. What a broken stream gave before it broke comes first; the
    part of a line at which it broke is left out.
    """
    number = 0
    for lines in read_batches(stream, limit=limit):
        for line in lines:
            number += 1
            if line is None or (line and not line.isspace()):
                yield number, line


def read_batches(stream: io.BufferedReader, *, limit: int) -> Iterator[list[bytes | None]]:
    """Yield the lines, blank ones too, some thousand at a time; the rules are those above."""
    held = _Held(limit)
    # A line within one piece is then never over the limit.
    size = min(_PIECE, limit)
    # read1 reads once: read would lose what it has when the stream breaks.
    while piece := stream.read1(size):
        lines = cast("list[bytes | None]", piece.split(b"\n"))
        last = lines.pop()
        if lines:
            lines[0] = held.end(lines[0] or b"")
            if b"\r" in piece:
                lines[1:] = [line and line.removesuffix(b"\r") for line in lines[1:]]
            yield lines
        held.add(last or b"")
    yield [held.end(b"")]


def are_objects(start: Start) -> bool:
    """Whether lines, and not the whole, are JSON objects."""
    if not start.head.startswith(b"{"):
        return False
    if start.cut and b"\n" not in start.head:
        return True
    if len(start.lines) + start.cut < 2 or (not start.cut and decoded(start.text) is not None):
        return False
    opened = sum(line.startswith(b"{") for line in start.lines)
    return 2 * opened >= len(start.lines) and any(objects_in(start))


def decoded(text: bytes) -> Any:
    """The value of a JSON text, None where it is none."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return None


def objects_in(start: Start) -> Iterator[dict[str, Any]]:
    """The lines that are JSON objects by themselves."""
    for line in start.lines:
        value = decoded(line)
        if isinstance(value, dict):
            yield value


class Marks:
    """Finds where patterns match next; places come in their order, so each is sought once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[re.Pattern[str], re.Match[str] | None] = {}

    def next(self, pattern: re.Pattern[str], at: int) -> re.Match[str] | None:
        """The first match that begins at a place or behind it."""
        mark = self._found.get(pattern)
        if pattern not in self._found or (mark is not None and mark.start() < at):
            mark = self._found[pattern] = pattern.search(self._text, at)
        return mark

    def stand(self, pattern: re.Pattern[str], at: int, stop: int) -> bool:
        """Whether a match stands between two places."""
        mark = self.next(pattern, at)
        return mark is not None and mark.end() <= stop


class _Held:
    """The begun line. Of one that is over the limit nothing is kept."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._pieces: list[bytes] = []
        self._size = 0

    def add(self, piece: bytes) -> None:
        if piece:
            self._size += len(piece)
            self._pieces.append(piece)
        # One byte more than the limit may be half of the line end to come.
        if self._size > self._limit + 1:
            self._pieces.clear()

    def end(self, piece: bytes) -> bytes | None:
        """The line that ends with a piece, None where it is over the limit."""
        self.add(piece)
        line = b"".join(self._pieces).removesuffix(b"\r")
        over = self._size > self._limit + 1 or len(line) > self._limit
        self._pieces.clear()
        self._size = 0
        return None if over else line
