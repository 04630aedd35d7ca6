"""What is unpacked: gzip, zstd, bzip2, xz and zlib, told by their first bytes, in bounds."""

from __future__ import annotations

import importlib
import zlib
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from hookproof.errors import install_hint

if TYPE_CHECKING:
    from collections.abc import Callable

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
