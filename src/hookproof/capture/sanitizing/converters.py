"""Takes a stream of a capture format apart, and gives what may be published of it."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hookproof.capture.capture import Capture, Remark, Unreadable
from hookproof.capture.formats.http_messages import HTTP
from hookproof.capture.sanitizing.documents import sanitize_document
from hookproof.capture.sanitizing.refusal import Refusal, our_fault
from hookproof.capture.sanitizing.request_line import sanitize_request_line
from hookproof.payload.decode import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hookproof.capture.sanitizing.sanitizer import Sanitized, Sanitizer

    # Bytes to write with the capture in them, or why there are none.
    Pieces = Iterator[tuple[bytes, Sanitized] | Refusal]

_FRAMING: Final = frozenset({"content-length", "transfer-encoding"})


def _body(stream: io.BufferedReader, sanitizer: Sanitizer) -> Pieces:
    raw = stream.read(MAX_BYTES + 1)
    made = sanitizer.sanitize(raw)
    yield made if isinstance(made, Refusal) else (made.raw, made)


def _bodies(stream: io.BufferedReader, sanitizer: Sanitizer) -> Pieces:
    def one(line: bytes) -> tuple[bytes, Sanitized] | Refusal:
        made = sanitizer.sanitize(line)
        return made if isinstance(made, Refusal) else (made.raw, made)

    return _lines(stream, one)


def _requests(stream: io.BufferedReader, sanitizer: Sanitizer) -> Pieces:
    return _lines(stream, lambda line: sanitize_request_line(line, sanitizer))


def _lines(
    stream: io.BufferedReader,
    convert: Callable[[bytes], tuple[bytes, Sanitized] | Refusal | None],
) -> Pieces:
    """Each line that is not blank, with the line end that it has."""
    number = 0
    while line := stream.readline(MAX_BYTES + 2):
        number += 1
        text = line.rstrip(b"\r\n")
        if len(line) == MAX_BYTES + 2 and not line.endswith(b"\n"):
            while rest := stream.readline(MAX_BYTES):
                if rest.endswith(b"\n"):
                    break
        if not text.strip():
            continue
        made = convert(text)
        if isinstance(made, Refusal):
            yield replace(made, line=number, column=made.column if made.line == 1 else 0)
        elif made:
            yield made[0] + line[len(text) :], made[1]


def _http(stream: io.BufferedReader, sanitizer: Sanitizer) -> Pieces:
    for found in HTTP.read(stream, file=""):
        line, column = found.origin.line, found.origin.column
        if isinstance(found, Unreadable):
            yield Refusal(found.code, found.message, found.hint, line, column)
            continue
        if isinstance(found, Remark):
            continue
        made = sanitizer.sanitize(found.body, headers=found.headers, url=found.url)
        if isinstance(made, Refusal):
            yield replace(made, line=line, column=column)
            continue
        raw = _written(made)
        again = list(HTTP.read(io.BytesIO(raw), file=""))
        same = [isinstance(one, Capture) and one.body == made.raw for one in again]
        yield (raw, made) if same == [True] else our_fault("the request cannot be read again")


def _written(made: Sanitized) -> bytes:
    """A request with the headers that it had; how long its body is is told in one way."""
    headers = [(n, value) for n, value in made.headers or () if n.lower() not in _FRAMING]
    headers.append(("Content-Length", str(len(made.raw))))
    lines = [f"POST {made.url} HTTP/1.1", *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace") + made.raw + b"\r\n"


CONVERTERS: Final[dict[str, Callable[[io.BufferedReader, Sanitizer], Pieces]]] = {
    "body": _body,
    "ndjson": _bodies,
    "requests": _requests,
    "json": sanitize_document,
    "http": _http,
}
