"""Bodies that were compressed for the wire, opened as their Content-Encoding says."""

from __future__ import annotations

import importlib
import io
import zlib
from typing import TYPE_CHECKING, Final

from hookproof.captures.formats.format import Refused
from hookproof.captures.stream import StreamBroken, open_stream

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hookproof.captures.capture import ReadOptions

_ZSTD: Final = b"\x28\xb5\x2f\xfd"


def opened(body: bytes, headers: Iterable[tuple[str, str]] | None, options: ReadOptions) -> bytes:
    """The body as it was before it was compressed; itself where it was not, or no longer is.

    Raises Refused for what cannot be opened.
    """
    if body.startswith(b"--") and any(map(_is_multipart, headers or ())):
        hint = "save the part that holds the callback, and validate that"
        raise Refused("it is multipart/form-data, which is not read here", code="HP121", hint=hint)
    named = [value for name, value in headers or () if name.lower() == "content-encoding"]
    if not named or not body:
        return body
    for coding in reversed([word.strip().lower() for word in ",".join(named).split(",")]):
        body = _one(body, coding, options.max_body)
    return body


def _is_multipart(header: tuple[str, str]) -> bool:
    return header[0].lower() == "content-type" and header[1].lower().startswith("multipart/")


def _one(body: bytes, coding: str, limit: int) -> bytes:
    if coding == "deflate":
        return _deflated(body, limit)
    # Many a tool opens the body and leaves the header.
    if coding in {"gzip", "x-gzip", "zstd"} and body.startswith((b"\x1f\x8b", _ZSTD)):
        try:
            return open_stream(io.BytesIO(body)).read(limit + 1)
        except StreamBroken as broken:
            raise Refused(f"the body is compressed with {coding}: {broken.message}") from None
    if coding == "br" and body[:1] not in {b"{", b"["}:
        return _brotli(body)
    return body


def _deflated(body: bytes, limit: int) -> bytes:
    """With the header of zlib as documented, or without as others do it; plain text stays."""
    for wbits in (15, -15):
        try:
            return zlib.decompressobj(wbits).decompress(body, limit + 1)
        except zlib.error:
            continue
    return body


def _brotli(body: bytes) -> bytes:
    for name in ("brotli", "brotlicffi"):
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue
        try:
            content: bytes = module.decompress(body)
        except module.error as error:
            raise Refused(f"the body is compressed with br: {error}") from None
        return content
    raise Refused(
        "the body is compressed with br (Content-Encoding), and nothing is installed that opens it",
        code="HP120",
        hint="pip install brotli",
    )
