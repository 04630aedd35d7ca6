"""Splits a stream into lines, fast, and without ever holding a line over the limit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

_PIECE: Final = 256 * 1024


def read_lines(stream: io.BufferedReader, *, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield the number, from 1, and the bytes of each line that is not blank.

    A line end is LF or CRLF and is left out; the last line needs none. A line of more than
    `limit` bytes comes as None. What a broken stream gave before it broke comes first; the
    part of a line at which it broke is left out.
    """
    number = 0
    held = _Held(limit)
    # read1 reads once: read would lose what it has when the stream breaks.
    while piece := stream.read1(_PIECE):
        lines = piece.split(b"\n")
        last = lines.pop()
        if lines:
            lines[0] = held.end(lines[0])
            if b"\r" in piece or lines[0].endswith(b"\r"):
                lines = [line.removesuffix(b"\r") for line in lines]
            for line in lines:
                number += 1
                if len(line) > limit:
                    yield number, None
                elif line and not line.isspace():
                    yield number, line
        held.add(last)
    line = held.end(b"").removesuffix(b"\r")
    if len(line) > limit:
        yield number + 1, None
    elif line and not line.isspace():
        yield number + 1, line


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

    def end(self, piece: bytes) -> bytes:
        """The line that ends with a piece; zeros for one over the limit."""
        if not self._size:
            return piece
        self.add(piece)
        over = self._size > self._limit + 1
        line = bytes(self._limit + 2) if over else b"".join(self._pieces)
        self._pieces.clear()
        self._size = 0
        return line
