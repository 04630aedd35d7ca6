"""The archives that are read: gzip and zstd, told by their first bytes, unpacked in bounds."""

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
        return Codec("gzip", _GzipMember, zlib.error)
    if start.startswith(_ZSTD) or (start[1:4] == _ZSTD_SKIPPED and start[0] >> 4 == 5):
        return _zstd()
    return None


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
