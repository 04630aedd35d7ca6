"""A window on a long text: read on when needed, let go when read, line and column kept."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final

from hookproof.captures.stream import StreamBroken

if TYPE_CHECKING:
    import io

_PIECE: Final = 256 * 1024
_BLANKS: Final = re.compile(r"[ \t\r\n]*")


class Window:
    """The part of a stream that is looked at. `at` is the place in `text` that is read up to.

    `line` and `column` are those of `at` in the stream. An encoding other than UTF-8 is for
    bytes that are looked at as characters. Without a stream the `text` is all. `broken` keeps why
    a stream could not be read to its end; it then ends early.
    """

    def __init__(
        self, stream: io.BufferedReader | None, *, encoding: str = "utf-8", text: str = ""
    ) -> None:
        self.text = text
        self.at = 0
        self.line = self.column = 1
        self.ended = stream is None
        self.broken: StreamBroken | None = None
        self._stream = stream
        # Conversations are many and short, and need none.
        self._decoder = (
            codecs.getincrementaldecoder(encoding)("surrogateescape") if stream else None
        )
        self._bytes = encoding != "utf-8"

    def more(self) -> bool:
        """Read on, so that `text` begins at `at`; False where the stream has ended.

        As much is read as is held, so that looking again and again stays linear.
        """
        if self.ended:
            return False
        assert self._decoder is not None  # noqa: S101 - where there is a stream there is one
        piece = self._read(max(_PIECE, len(self.text) - self.at))
        self.text = self.text[self.at :] + self._decoder.decode(piece, final=self.ended)
        self.at = 0
        return True

    def peek(self) -> str:
        """Pass over blanks; the next character, "" at the end."""
        while True:
            if (char := self.text[self.at : self.at + 1]) and char not in " \t\r\n":
                return char
            blank = _BLANKS.match(self.text, self.at)
            self.advance(blank.end() if blank else self.at)
            if self.at < len(self.text) or not self.more():
                return self.text[self.at : self.at + 1]

    def hold(self, size: int) -> bool:
        """Read on until so many characters from `at` on are held; False where there are fewer."""
        while len(self.text) - self.at < size and self.more():
            pass
        return len(self.text) - self.at >= size

    def skip(self, size: int) -> bool:
        """Pass over so many characters without holding them; False where there are fewer."""
        while size:
            if self.at == len(self.text) and not self.more():
                return False
            step = min(size, len(self.text) - self.at)
            self.advance(self.at + step)
            size -= step
        return True

    def advance(self, to: int) -> None:
        """Have read up to a place in `text`."""
        begin = self.at
        if ends := self.text.count("\n", begin, to):
            self.line += ends
            self.column = 1
            begin = self.text.rfind("\n", begin, to) + 1
        self.column += width(self.text[begin:to]) if self._bytes else to - begin
        self.at = to

    def find(self, pattern: re.Pattern[str], *, within: int) -> re.Match[str] | None:
        """The first match from `at` on, reading on for it; None where none begins `within`."""
        while True:
            match = pattern.search(self.text, self.at)
            # What touches the end of the window may be longer than it looks.
            if match and (self.ended or match.end() < len(self.text)):
                return match
            if len(self.text) - self.at > within or not self.more():
                return match

    def _read(self, size: int) -> bytes:
        assert self._stream is not None  # noqa: S101 - where there is none all is held
        pieces = []
        try:
            while size > 0 and (piece := self._stream.read1(size)):
                pieces.append(piece)
                size -= len(piece)
        except StreamBroken as error:
            self.broken = error
        self.ended = size > 0
        return b"".join(pieces)


def width(text: str) -> int:
    """How many characters of UTF-8 a text is each of whose characters stands for a byte."""
    if text.isascii():
        return len(text)
    return len(text.encode("latin-1", "replace").decode(errors="replace"))
