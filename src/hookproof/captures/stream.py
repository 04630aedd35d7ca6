"""Opens input that may be compressed; what goes out is what was captured, piece by piece.

gzip, zstd, bzip2, xz and zlib are unpacked, in bounds. A compressed file is told by its first
bytes, never by its name. One layer is taken off: an archive in an archive is nothing that a
capture tool writes.
"""

from __future__ import annotations

import codecs
import importlib
import io
import zlib
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple, Protocol, cast

from hookproof.errors import install_hint

if TYPE_CHECKING:
    from collections.abc import Callable

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
# Of input this short, zstd makes 16 MiB at most: a block of 128 KiB takes four bytes.
_SHORT: Final = 512
_GZIP: Final = b"\x1f\x8b"
_BZIP2: Final = b"BZh"
_XZ: Final = b"\xfd7zXZ\x00"
# A text may begin with an x too, but no text goes on so.
_ZLIB: Final = (b"x\x01", b"x\x9c", b"x\xda")
_ZSTD: Final = b"\x28\xb5\x2f\xfd"
# A frame to be skipped; pzstd begins with one. Its first byte is 0x50 to 0x5f.
_ZSTD_SKIPPED: Final = b"\x2a\x4d\x18"


class StreamBroken(Exception):
    """The input cannot be read on; what was read before counts."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


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
    begin = raw.tell() if raw.seekable() else None
    start = _fill(raw, START_SIZE)
    if begin is not None:
        raw.seek(begin)
    source = _Plain(raw, b"" if begin is not None else start)
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


def seekable(stream: io.BufferedReader, spool: BinaryIO) -> BinaryIO:
    """The stream where one can seek in it, else the spool with all that it holds."""
    if stream.seekable():
        return stream
    while piece := stream.read1(_PIECE):
        spool.write(piece)
    spool.seek(0)
    return spool


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


class _Member(Protocol):
    """Unpacks one member of an archive, as the readers of the standard library do."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class Codec(NamedTuple):
    """A kind of archive: its name, how a member is begun, what damage raises."""

    name: str
    open: Callable[[], _Member]
    error: type[Exception]


def codec_of(start: bytes) -> Codec | None:
    """What unpacks a file with this start, None for one that is no archive.

    Raises StreamBroken for a zstd archive where nothing is installed that reads it.
    """
    if start.startswith(_GZIP):
        return Codec("gzip", lambda: _ZlibMember(31), zlib.error)
    if start.startswith(_ZLIB):
        return Codec("zlib", lambda: _ZlibMember(15), zlib.error)
    if start.startswith(_BZIP2) and start[4:10] in {b"1AY&SY", b"\x17rE8P\x90"}:
        bz2 = importlib.import_module("bz2")
        return Codec("bzip2", bz2.BZ2Decompressor, OSError)
    if start.startswith(_XZ):
        lzma = importlib.import_module("lzma")
        return Codec("xz", lzma.LZMADecompressor, lzma.LZMAError)
    if start.startswith(_ZSTD) or (start[1:4] == _ZSTD_SKIPPED and start[0] >> 4 == 5):
        return _zstd()
    return None


class _ZlibMember:
    """One member of a gzip archive, or a stream of zlib."""

    def __init__(self, wbits: int) -> None:
        self._inner = zlib.decompressobj(wbits)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


def _zstd() -> Codec:
    for name in ("compression.zstd", "backports.zstd"):
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue
        return Codec("zstd", module.ZstdDecompressor, module.ZstdError)
    try:
        module = importlib.import_module("zstandard")
    except ImportError:
        raise StreamBroken(
            "this is a zstd archive, and nothing is installed that reads it",
            hint=install_hint("zstd"),
        ) from None
    return Codec(
        "zstd", lambda: _ZstandardFrame(module.ZstdDecompressor().decompressobj()), module.ZstdError
    )


class _ZstandardFrame:
    """One frame, read by the package zstandard: it takes no bound, so it is fed in bits."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self._waiting = b""
        self._ready = b""

    @property
    def eof(self) -> bool:
        return bool(self._inner.eof) and not self._ready

    @property
    def unused_data(self) -> bytes:
        return bytes(self._inner.unused_data) + self._waiting

    def decompress(self, data: bytes, max_length: int) -> bytes:
        self._waiting += data
        while not self._ready and self._waiting and not self._inner.eof:
            fed, self._waiting = self._waiting[:_SHORT], self._waiting[_SHORT:]
            self._ready = self._inner.decompress(fed)
        piece, self._ready = self._ready[:max_length], self._ready[max_length:]
        return piece
