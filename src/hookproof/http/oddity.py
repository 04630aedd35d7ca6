"""What is odd about an answer that came whole."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Final

from hookproof.http.symptom import Symptom

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hookproof.http.head import Head
    from hookproof.http.target import Target

NO_BODY: Final = frozenset({204, 304})
HIGHEST_STATUS: Final = 599
# As much as is read of an answer; nothing is decompressed past it.
MOST_DECOMPRESSED: Final = 64 * 1024

_GZIP_OR_ZLIB: Final = zlib.MAX_WBITS | 32
_URL: Final = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^#]*)")


def oddity_of(head: Head, body: bytes | bytearray, *, more: bool) -> Symptom | None:
    """The first thing that is odd; `more` tells of bytes that came after the answer."""
    if head.status > HIGHEST_STATUS:
        return Symptom.ODD_STATUS
    if head.status in NO_BODY and (more or head.codings or head.length):
        return Symptom.NEEDLESS_BODY
    if head.codings and head.length is not None:
        return Symptom.LENGTH_AND_CHUNKS
    if head.codings and not head.is_chunked:
        return Symptom.UNKNOWN_TRANSFER
    if more:
        return Symptom.MORE_BYTES
    return _coded(head.headers, body) if body else None


def _coded(headers: Sequence[tuple[str, str]], body: bytes | bytearray) -> Symptom | None:
    """What a Content-Encoding that nobody asked for does to a body."""
    named = [value.lower() for name, value in headers if name.lower() == "content-encoding"]
    codings = {part.strip() for value in named for part in value.split(",")} - {"", "identity"}
    if not codings:
        return None
    if not codings <= {"gzip", "x-gzip", "deflate"}:
        return Symptom.UNKNOWN_CODING
    return Symptom.BOMB if _swells(body) else Symptom.COMPRESSED


def _swells(body: bytes | bytearray) -> bool:
    """Whether a body is decompressed to more than the limit; no more than that is made of it."""
    try:
        inflated = zlib.decompressobj(_GZIP_OR_ZLIB).decompress(body, MOST_DECOMPRESSED + 1)
    except zlib.error:
        return False
    return len(inflated) > MOST_DECOMPRESSED


def redirection(location: str | None, target: Target) -> Symptom:
    """Where a redirect would lead; it is not followed."""
    match = _URL.fullmatch((location or "").strip())
    if not location or match is None:
        return Symptom.REDIRECT
    scheme, authority, path = (part or "" for part in match.groups())
    if scheme and scheme.lower() not in {"http", "https"}:
        return Symptom.REDIRECT_NOWHERE
    if authority and authority.lower() != target.authority:
        return Symptom.REDIRECT_AWAY
    same = path == target.path and scheme.lower() in {"", target.scheme}
    return Symptom.REDIRECT_LOOP if same else Symptom.REDIRECT
