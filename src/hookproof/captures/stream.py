"""Opens input that may be compressed; what goes out is what was captured, piece by piece.

A compressed file is told by its first bytes, never by its name. One layer is taken off: an
archive in an archive is nothing that a capture tool writes.
"""

from __future__ import annotations

import codecs
import io
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple, cast

from hookproof.captures.archives import StreamBroken, codec_of

if TYPE_CHECKING:
    from hookproof.captures.archives import Codec

__all__ = [
    "MAX_RATIO",
    "MAX_UNPACKED",
    "START_SIZE",
    "Recoded",
    "Start",
    "StreamBroken",
    "open_stream",
    "start_of",
]

# What a format is told by; it fits into the buffer of an opened stream, so that it can be peeked.
START_SIZE: Final = 64 * 1024
# Callbacks that are much alike shrink 20 to 50 times, deflate ends at 1032 times. Below a
# gibibyte a bomb does no harm here, for nothing keeps what it has read.
MAX_RATIO: Final = 500
MAX_UNPACKED: Final = 1024**3

_PIECE: Final = 64 * 1024
# Lines of a start, at most.
_SAMPLE: Final = 50
_WIDE_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE_PATTERNS: Final[dict[tuple[bool, ...], str]] = {
    (False, True, False, True): "utf-16-le",
    (True, False, True, False): "utf-16-be",
    (False, True, True, True): "utf-32-le",
    (True, True, True, False): "utf-32-be",
}


class Start(NamedTuple):
    """The start of a file: its first bytes less a mark, its first lines that are not blank.

    Where the file goes on (`cut`), the last line is whole only if others follow it.
    """

    text: bytes
    lines: tuple[bytes, ...]
    cut: bool

    @property
    def head(self) -> bytes:
        """What comes after the blanks."""
        return self.text.lstrip()


def start_of(raw: bytes) -> Start:
    """Take the first START_SIZE bytes apart."""
    cut = len(raw) >= START_SIZE
    text = raw.removeprefix(codecs.BOM_UTF8)
    parts = text.split(b"\n", 4 * _SAMPLE)
    if cut and len(parts) > 1:
        parts.pop()
    lines = tuple(line for part in parts if (line := part.strip()))
    return Start(text, lines[:_SAMPLE], cut)


def open_stream(raw: BinaryIO) -> io.BufferedReader:
    """A stream of the bytes in `raw`, unpacked where they are gzip or zstd.

    A text in UTF-16 or UTF-32 comes as UTF-8.

    The first START_SIZE bytes can be peeked. It can seek where `raw` can and is not compressed.
    Raises StreamBroken here where zstd cannot be read, and on reading where an archive is
    damaged, cut off or a bomb.
    """
    if raw.seekable():
        begin = raw.tell()
        start = _fill(raw, START_SIZE)
        raw.seek(begin)
        source: io.RawIOBase = _Plain(raw, b"")
    else:
        start = _fill(raw, START_SIZE)
        source = _Plain(raw, start)
    codec = codec_of(start)
    opened: io.RawIOBase = _Unpacked(source, codec) if codec else source
    stream: Any = io.BufferedReader(opened, START_SIZE)
    encoding = wide_encoding(stream.peek(4)[:4] if codec else start[:4])
    if encoding:
        opened = Recoded(stream, encoding)
        stream = io.BufferedReader(opened, START_SIZE)
    return cast("io.BufferedReader", stream)


def wide_encoding(start: bytes) -> str:
    """The encoding of a text that begins like this where it is UTF-16 or UTF-32, else ""."""
    for mark, name in _WIDE_MARKS:
        if start.startswith(mark):
            return name
    # Text begins with an ASCII character, of which these make a pair or four with NUL.
    return _WIDE_PATTERNS.get(tuple(byte == 0 for byte in start[:4]), "")


class Recoded(io.RawIOBase):
    """A text in UTF-16 or UTF-32 as UTF-8, without its mark."""

    def __init__(self, source: io.BufferedReader, encoding: str) -> None:
        self.name = encoding[:6].upper()
        self._source = source
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._ready = b""
        self._ended = False

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Read some bytes of UTF-8."""
        while not self._ready and not self._ended:
            piece = self._source.read(_PIECE)
            self._ended = not piece
            text = self._decoder.decode(piece, final=self._ended)
            self._ready = text.removeprefix("\ufeff").encode(errors="replace")
        piece, self._ready = self._ready[: len(buffer)], self._ready[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)


def _fill(raw: BinaryIO, size: int) -> bytes:
    pieces = []
    while size > 0 and (piece := raw.read(size)):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


class _Plain(io.RawIOBase):
    """The source as it is; a start that was read already comes again."""

    def __init__(self, raw: BinaryIO, start: bytes) -> None:
        self._raw = cast("io.BufferedIOBase", raw)
        self._start = start

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._raw.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._raw.seek(offset, whence)

    def readinto(self, buffer: Any, /) -> int:
        if not self._start:
            return self._raw.readinto(buffer) or 0
        piece, self._start = self._start[: len(buffer)], self._start[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)


class _Unpacked(io.RawIOBase):
    """What an archive of one or more members holds."""

    def __init__(self, source: io.RawIOBase, codec: Codec) -> None:
        self._source = source
        self._codec = codec
        self._member = codec.open()
        self._taken = self._given = 0
        self._begun = False
        self._failure: StreamBroken | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        size = self._step(buffer)
        # The first call fills the buffer, so that the start of the content can be peeked.
        while not self._begun and 0 < size < len(buffer) and not self._failure:
            more = self._step(buffer[size:], had=True)
            self._begun = not more
            size += more
        self._begun = True
        return size

    def _step(self, buffer: Any, *, had: bool = False) -> int:
        """Read once; where something was had already, a failure waits for the next call."""
        if self._failure:
            raise self._failure
        try:
            return self._next(buffer)
        except StreamBroken as error:
            self._failure = error
            if had:
                return 0
            raise

    def _next(self, buffer: Any) -> int:
        while True:
            data = b""
            if self._member.eof:
                data = self._between()
                if not data:
                    return 0
                self._member = self._codec.open()
            piece = self._unpack(data, len(buffer)) or self._unpack(self._more(), len(buffer))
            if piece:
                buffer[: len(piece)] = piece
                return len(piece)

    def _between(self) -> bytes:
        """The bytes that follow a member, less the zeros that pad an archive on a tape."""
        data = self._member.unused_data or self._take()
        while data and not (data := data.lstrip(b"\0")):
            data = self._take()
        return data

    def _more(self) -> bytes:
        if self._member.eof:
            return b""
        data = self._take()
        if not data:
            raise self._broken("is cut off")
        return data

    def _take(self) -> bytes:
        data = self._source.read(_PIECE) or b""
        self._taken += len(data)
        return data

    def _unpack(self, data: bytes, size: int) -> bytes:
        if self._member.eof:
            return b""
        try:
            piece = self._member.decompress(data, size)
        except self._codec.error as error:
            reason = str(error).rpartition(": ")[2]
            raise self._broken(f"is damaged: {reason}") from None
        self._given += len(piece)
        if self._given > MAX_UNPACKED and self._given > MAX_RATIO * self._taken:
            raise StreamBroken(
                f"the {self._codec.name} archive unpacks to more than {MAX_RATIO} times its size",
                hint="is this a bomb? if it is not, unpack it first",
            )
        return piece

    def _broken(self, how: str) -> StreamBroken:
        name = self._codec.name
        hint = f"is the copy whole? `{name} -t` tells; what came before this place was read"
        return StreamBroken(f"the {name} archive {how}", hint=hint)
