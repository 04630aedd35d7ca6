"""HTTP/1.1 on the wire: a request as bytes, and an answer out of bytes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hookproof.http.head import (
    MAX_HEADERS,
    SHOWN,
    Head,
    NotHttp,
    check_status_line,
    parse_head,
)
from hookproof.http.oddity import NO_BODY, oddity_of
from hookproof.http.symptom import Symptom
from hookproof.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MAX_HEAD = 64 * 1024
MAX_BODY = 64 * 1024
MAX_INTERIM = 5
MAX_CHUNK_LINE = 1024

SWITCHING_PROTOCOLS = 101
FIRST_FINAL_STATUS = 200

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_UNSAFE = re.compile(r"[\r\n\0]")
_OWN = frozenset({"host", "content-length", "transfer-encoding", "connection"})
# Filters before a receiver refuse what has none.
_USUAL = (("User-Agent", f"hookproof/{__version__}"), ("Accept", "*/*"))
_HEAD_END = re.compile(rb"\n\r?\n")
_CHUNK_LINE = re.compile(rb"([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\r\n]*)?\r\n")
_VERSION = b"HTTP/1."


def encode_request(
    body: bytes,
    *,
    method: str,
    path: str,
    authority: str,
    headers: Sequence[tuple[str, str]],
    chunked: bool = False,
) -> bytes:
    """The whole request as bytes, Host, Connection and Content-Length included.

    It has a User-Agent and an Accept in any case. A chunked one goes in two chunks, and its length
    is not told.

    Raises ValueError when the method or a header's name is not a token, when a value holds CR,
    LF, NUL or a character beyond Latin-1, and for a header that belongs to the transport.
    """
    if not _TOKEN.fullmatch(method):
        message = f"not a method: {method!r}"
        raise ValueError(message)
    said = {name.lower() for name, _ in headers}
    lines = [f"{method} {path} HTTP/1.1", f"Host: {authority}", "Connection: keep-alive"]
    lines += [f"{name}: {value}" for name, value in _USUAL if name.lower() not in said]
    lines += [_header_line(name, value) for name, value in headers]
    if chunked:
        lines.append("Transfer-Encoding: chunked\r\n\r\n")
        return "\r\n".join(lines).encode("latin-1") + _in_chunks(body)
    lines.append(f"Content-Length: {len(body)}\r\n\r\n")
    return "\r\n".join(lines).encode("latin-1") + body


def _in_chunks(body: bytes) -> bytes:
    half = len(body) // 2
    parts = [part for part in (body[:half], body[half:]) if part]
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (*parts, b""))


def _header_line(name: str, value: str) -> str:
    """One header as the line that is sent."""
    if not _TOKEN.fullmatch(name):
        message = f"not a header name: {name!r}"
        raise ValueError(message)
    if _UNSAFE.search(value):
        message = f"the header {name} holds CR, LF or NUL: {value!r}"
        raise ValueError(message)
    if name.lower() in _OWN:
        message = f"the header {name} is set by the transport"
        raise ValueError(message)
    return f"{name}: {value}"


class AnswerReader:
    """Reads one answer out of the bytes as they come, in bounded memory.

    It does no input or output itself: `feed` it what was received, tell it of the
    `end_of_stream`, or `stop` it; until it is `finished`.

    head: None until the status line and all the headers are there.
    body: at most 64 KiB.
    problem: why the body is not whole, empty when nothing is wrong with it.
    """

    def __init__(self, *, bodiless: bool = False) -> None:
        self.head: Head | None = None
        self.body = bytearray()
        self.problem = ""
        self._fault: Symptom | None = None
        self.finished = False
        self.touched = False
        self._bodiless = bodiless
        self._buffer = bytearray()
        self._step: Callable[[], bool] = self._read_head
        self._scanned = 0
        self._status_line_seen = False
        self._interim = 0
        self._wanted = 0
        self._trailers = 0

    @property
    def reusable(self) -> bool:
        """Whether another request may follow on the connection the answer came over."""
        head = self.head
        if head is None or not self.finished or self.problem or self._buffer:
            return False
        return head.persistent and self._ends_clearly(head)

    @property
    def symptom(self) -> Symptom | None:
        """What is odd about the answer, the fault that stopped the reading first."""
        if self._fault or self.head is None:
            return self._fault
        return oddity_of(self.head, self.body, more=bool(self._buffer))

    def feed(self, data: bytes) -> None:
        """Take what was received; raises NotHttp when it cannot be an answer."""
        self.touched = True
        self._buffer += data
        while not self.finished and self._step():
            pass

    def end_of_stream(self) -> None:
        """Take note that nothing more comes; raises EOFError when that leaves no answer."""
        if self.head is None:
            raise EOFError
        if self._step == self._read_to_the_end:
            self.finished = True
        else:
            why = "the connection was closed in the middle of the body"
            self.stop(why, Symptom.CLOSED_BODY)

    def stop(self, why: str, symptom: Symptom) -> None:
        """Leave the body as it is, with the reason."""
        self._fault = symptom
        came = f" ({len(self.body)} bytes of it came)"
        self.problem = why + came
        self.finished = True

    # -- the head -----------------------------------------------------------------------------

    def _read_head(self) -> bool:
        end = _HEAD_END.search(self._buffer, self._scanned)
        self._check_size(len(self._buffer) if end is None else end.end())
        if end is None:
            self._check_beginning()
            self._scanned = max(0, len(self._buffer) - 2)
            return False
        head = parse_head(bytes(self._buffer[: end.start()]))
        del self._buffer[: end.end()]
        self._scanned, self._status_line_seen = 0, False
        if head.status < FIRST_FINAL_STATUS:
            self._pass_over(head.status)
        else:
            self._begin_body(head)
        return True

    def _check_size(self, size: int) -> None:
        """Give up on a head that is too long, or has too many lines already."""
        # The status line is one, and the last one may be the empty line that ends the head.
        if self._buffer.count(b"\n", 0, min(size, MAX_HEAD)) > MAX_HEADERS + 2:
            detail = f"more than {MAX_HEADERS} headers"
            raise NotHttp(detail, Symptom.ENDLESS_HEADERS)
        if size > MAX_HEAD:
            detail = f"the headers are longer than {MAX_HEAD // 1024} KiB"
            raise NotHttp(detail, Symptom.ENDLESS_LINE)

    def _check_beginning(self) -> None:
        """Tell at once what can never become an answer, instead of waiting for its end."""
        if self._status_line_seen:
            return
        if not self._buffer.startswith(_VERSION[: len(self._buffer)]):
            check_status_line(_first_line(self._buffer))
        if self._buffer.find(b"\n", self._scanned) >= 0:
            check_status_line(_first_line(self._buffer))
            self._status_line_seen = True

    def _pass_over(self, status: int) -> None:
        """Count an interim answer."""
        self._interim += 1
        if status == SWITCHING_PROTOCOLS:
            detail = "it switches to another protocol (101), which nobody asked for"
            raise NotHttp(detail, Symptom.SWITCHES)
        if self._interim > MAX_INTERIM:
            detail = "more than five interim answers"
            raise NotHttp(detail, Symptom.INTERIM_FLOOD)

    # -- the body -----------------------------------------------------------------------------

    def _begin_body(self, head: Head) -> None:
        self.head = head
        if self._has_no_body(head):
            self.finished = True
        elif head.is_chunked:
            self._step = self._read_chunk_line
        elif head.codings or head.length is None:
            self._step = self._read_to_the_end
        else:
            self._wanted = head.length
            self._step = self._read_sized

    def _has_no_body(self, head: Head) -> bool:
        return self._bodiless or head.status in NO_BODY

    def _ends_clearly(self, head: Head) -> bool:
        """Whether nothing that follows the answer can be a rest of it, to pass for the next one."""
        if self._has_no_body(head):
            return not head.codings and not head.length
        return (head.length is None) == head.is_chunked == bool(head.codings)

    def _take(self, count: int) -> int:
        """Move up to `count` bytes into the body, as many as it has room for."""
        count = min(count, len(self._buffer), MAX_BODY - len(self.body))
        self.body += self._buffer[:count]
        del self._buffer[:count]
        return count

    def _read_wanted(self) -> bool:
        """Move what is wanted of a known length; True when all of it is there."""
        self._wanted -= self._take(self._wanted)
        if self._wanted and len(self.body) >= MAX_BODY:
            self._stop_at_limit()
        return not self._wanted

    def _stop_at_limit(self) -> None:
        sized = self._step == self._read_sized
        why = f"the body is longer than {MAX_BODY // 1024} KiB and was not read further"
        self.stop(why, Symptom.HUGE_BODY if sized else Symptom.ENDLESS_BODY)

    def _read_sized(self) -> bool:
        if self._read_wanted():
            self.finished = True
        return False

    def _read_to_the_end(self) -> bool:
        self._take(MAX_BODY)
        if self._buffer:
            self._stop_at_limit()
        return False

    def _read_chunk_line(self) -> bool:
        line = self._line()
        if line is None:
            return False
        match = _CHUNK_LINE.fullmatch(line)
        if match is None:
            self.stop(f"a chunk begins with {line[:SHOWN]!a}", Symptom.BAD_CHUNK)
            return False
        self._wanted = int(match[1], 16)
        self._step = self._read_chunk if self._wanted else self._read_trailer
        return True

    def _read_chunk(self) -> bool:
        if not self._read_wanted():
            return False
        self._step = self._read_chunk_end
        return True

    def _read_chunk_end(self) -> bool:
        if len(self._buffer) < len(b"\r\n"):
            return False
        if not self._buffer.startswith(b"\r\n"):
            self.stop("a chunk does not end where its length says", Symptom.BAD_CHUNK)
            return False
        del self._buffer[:2]
        self._step = self._read_chunk_line
        return True

    def _read_trailer(self) -> bool:
        line = self._line()
        if line is None:
            return False
        self._trailers += len(line)
        if self._trailers > MAX_HEAD:
            why = f"the trailers are longer than {MAX_HEAD // 1024} KiB"
            self.stop(why, Symptom.ENDLESS_TRAILERS)
        elif line in {b"\r\n", b"\n"}:
            self.finished = True
        return True

    def _line(self) -> bytes | None:
        """The next line out of the buffer with its end, or None while it is not all there."""
        end = self._buffer.find(b"\n", 0, MAX_CHUNK_LINE)
        if end < 0:
            if len(self._buffer) >= MAX_CHUNK_LINE:
                why = f"a line between chunks is longer than {MAX_CHUNK_LINE} bytes"
                self.stop(why, Symptom.ENDLESS_CHUNK_LINE)
            return None
        line = bytes(self._buffer[: end + 1])
        del self._buffer[: end + 1]
        return line


def _first_line(raw: bytearray) -> str:
    """The first line, or all there is of it."""
    return raw.partition(b"\n")[0].removesuffix(b"\r").decode("latin-1")
