"""What one side of a connection sent, put together from the pieces that a tool printed or saved.

A conversation is HTTP as it travelled, each byte a character, and knows where in the file its
pieces stand, so that a finding leads there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from hookproof.captures.capture import Capture
from hookproof.captures.formats.window import width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.captures.capture import Origin, Remark, Unreadable

METHODS: Final = "GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE"


def up_to_next(mark: str, text: str) -> Iterator[tuple[re.Match[str], int]]:
    """Each match of a pattern, and where the next one begins or the text ends."""
    found = [*re.finditer(mark, text)]
    return zip(found, [*(one.start() for one in found[1:]), len(text)], strict=False)


class Piece(NamedTuple):
    """Some bytes as characters, and where they stand; not `plain` where written as hex or so."""

    text: str
    line: int = 1
    column: int = 1
    plain: bool = True


@dataclass(slots=True)
class Conversation:
    """Pieces in their order. `received_at` is the moment of the first, in Unix seconds.

    `dotted` is the tool that printed it where bytes beyond ASCII came out as dots, "" for none.
    A `rewritten` body was laid out by hand or by a tool, so its blanks are not those that came.
    """

    pieces: list[Piece] = field(default_factory=list)
    received_at: float | None = None
    dotted: str = ""
    rewritten: bool = False

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(piece.text for piece in self.pieces)

    def places(self) -> Places:
        """Leads from lines and columns of the text to those of the file."""
        starts, line, column = [], 1, 1
        for piece in self.pieces:
            starts.append((line, column))
            ends = piece.text.count("\n")
            tail = width(piece.text[piece.text.rfind("\n") + 1 :])
            line, column = line + ends, tail + 1 if ends else column + tail
        return Places(starts, self.pieces)


class Places(NamedTuple):
    """Where each piece begins in the text put together."""

    starts: list[tuple[int, int]]
    pieces: list[Piece]

    def at(self, line: int, column: int) -> tuple[int, int, bool]:
        """Line and column in the file, and whether what follows stands there as it is."""
        number = max(bisect_right(self.starts, (line, column)) - 1, 0)
        (first, left), piece = self.starts[number], self.pieces[number]
        if not piece.plain:
            return piece.line, piece.column, False
        whole = number + 1 == len(self.starts) or self.starts[number + 1][0] - first > line - first
        if line > first:
            return piece.line + line - first, column, whole
        return piece.line, piece.column + column - left, whole


@dataclass(slots=True)
class _Stream:
    """One direction of a connection: number and size of its segments, and what they carry."""

    first: int
    segments: list[tuple[int, int, Piece]] = field(default_factory=list)
    received_at: float | None = None


class Streams:
    """Puts the segments of TCP in order: some come twice, some late, some were never saved."""

    def __init__(self, *, dotted: str = "") -> None:
        self._open: dict[tuple[str, str], _Stream] = {}
        self._streams: list[_Stream] = []
        self._dotted = dotted

    def begin(self, ends: tuple[str, str]) -> None:
        """A connection begins between these ends."""
        self._open.pop(ends, None)

    def add(
        self,
        ends: tuple[str, str],
        piece: Piece,
        *,
        number: int | None = None,
        size: int = 0,
        at: float | None = None,
    ) -> None:
        """A segment, with the number of its first byte, and its size where not all is there."""
        stream = self._open.get(ends)
        if stream is None:
            stream = self._open[ends] = _Stream(number or 0, received_at=at)
            self._streams.append(stream)
        if number is None:
            last, before, _ = stream.segments[-1] if stream.segments else (0, 0, None)
            number = last + before
        # The numbers begin anew after 2**32 bytes.
        number = stream.first + _signed(number - stream.first)
        stream.segments.append((number, size or len(piece.text), piece))

    def conversations(self) -> list[Conversation]:
        """What was sent, in the order of the first segments; where bytes lack, two of them."""
        return [part for stream in self._streams for part in self._parts(stream)]

    def _parts(self, stream: _Stream) -> list[Conversation]:
        parts: list[Conversation] = []
        expected: int | None = None
        for number, size, piece in sorted(stream.segments, key=lambda segment: segment[0]):
            if expected is not None and number + size <= expected:
                continue
            if expected is None or number > expected:
                parts.append(Conversation([], stream.received_at, self._dotted))
                expected = number
            parts[-1].pieces.append(_cut(piece, expected - number) if number < expected else piece)
            expected = number + size
        return parts


def _cut(piece: Piece, size: int) -> Piece:
    """A piece without its first bytes, which came before."""
    gone = piece.text[:size]
    if not piece.plain:
        return piece._replace(text=piece.text[size:])
    ends = gone.count("\n")
    column = width(gone[gone.rfind("\n") + 1 :]) + 1 if ends else piece.column + width(gone)
    return Piece(piece.text[size:], piece.line + ends, column)


def _signed(difference: int) -> int:
    return (difference + 2**31) % 2**32 - 2**31


def as_captured(
    found: Capture | Unreadable | Remark, origin: Origin, conversation: Conversation
) -> Capture | Unreadable | Remark:
    """What was found in a conversation, at its place in the file."""
    if not isinstance(found, Capture):
        return replace(found, origin=origin)
    rewritten, moment = found.rewritten or conversation.rewritten, conversation.received_at
    found = replace(found, origin=origin, received_at=moment, rewritten=rewritten)
    if not conversation.dotted or b".." not in found.body:
        return found
    note = (
        f"{conversation.dotted} prints bytes beyond ASCII as dots, so a signature of the body was"
        " not checked where dots stand in a row; save the packets to a file and give that"
    )
    return replace(found, headers=None, url="", note=note)
