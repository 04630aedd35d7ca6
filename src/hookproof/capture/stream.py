"""Opens input that may be compressed; what goes out is what was captured, piece by piece.

A compressed file is told by its first bytes, never by its name. One layer is taken off: an
archive in an archive is nothing that a capture tool writes.
"""

from __future__ import annotations

import importlib
import io
import zlib
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

# What a format is told by; it fits into the buffer of an opened stream, so that it can be peeked.
START_SIZE: Final = 64 * 1024
# Callbacks that are much alike shrink 20 to 50 times, deflate ends at 1032 times. Below a
# gibibyte a bomb does no harm here, for nothing keeps what it has read.
MAX_RATIO: Final = 500
MAX_UNPACKED: Final = 1024**3

_PIECE: Final = 64 * 1024
# Of input this short, zstd makes 16 MiB at most: a block of 128 KiB takes four bytes.
_SHORT: Final = 512
_GZIP: Final = b"\x1f\x8b"
_ZSTD: Final = b"\x28\xb5\x2f\xfd"
# A frame to be skipped; pzstd begins with one. Its first byte is 0x50 to 0x5f.
_ZSTD_SKIPPED: Final = b"\x2a\x4d\x18"


class StreamBroken(Exception):
    """The input cannot be read on; what was read before counts."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class _Member(Protocol):
    """Unpacks one member of an archive, as the readers of the standard library do."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class _Codec(NamedTuple):
    name: str
    open: Callable[[], _Member]
    error: type[Exception]


def open_stream(raw: BinaryIO) -> io.BufferedReader:
    """A stream of the bytes in `raw`, unpacked where they are gzip or zstd.

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
    codec = _codec(start)
    return io.BufferedReader(_Unpacked(source, codec) if codec else source, START_SIZE)


def _fill(raw: BinaryIO, size: int) -> bytes:
    pieces = []
    while size > 0 and (piece := raw.read(size)):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _codec(start: bytes) -> _Codec | None:
    if start.startswith(_GZIP):
        return _Codec("gzip", _GzipMember, zlib.error)
    if start.startswith(_ZSTD) or (start[1:4] == _ZSTD_SKIPPED and start[0] >> 4 == 5):
        return _zstd()
    return None


class _Plain(io.RawIOBase):
    """The source as it is; a start that was read already comes again."""

    def __init__(self, raw: BinaryIO, start: bytes) -> None:
        self._raw = raw
        self._start = start

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._raw.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._raw.seek(offset, whence)

    def readinto(self, buffer: Any, /) -> int:
        piece, self._start = self._start[: len(buffer)], self._start[len(buffer) :]
        piece = piece or self._raw.read(len(buffer)) or b""
        buffer[: len(piece)] = piece
        return len(piece)


class _Unpacked(io.RawIOBase):
    """What an archive of one or more members holds."""

    def __init__(self, source: io.RawIOBase, codec: _Codec) -> None:
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


class _GzipMember:
    """One member of a gzip archive."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


def _zstd() -> _Codec:
    for name in ("compression.zstd", "backports.zstd"):
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue
        return _Codec("zstd", module.ZstdDecompressor, module.ZstdError)
    try:
        module = importlib.import_module("zstandard")
    except ImportError:
        raise StreamBroken(
            "this is a zstd archive, and nothing is installed that reads it",
            hint="pip install 'hookproof[zstd]'",
        ) from None
    return _Codec(
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
