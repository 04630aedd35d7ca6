"""HTTP/1.1 requests as they travelled: from nc, from a proxy, or out of `tcpdump -A`.

h11 reads the heads. Where a body ends is found here, for captures differ from what travelled:
line ends became LF, chunks were taken out and their header left, a length is not there or not
right any more. Answers and other text between requests are passed over.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from hookproof.capture.capture import Capture, Origin, Unreadable
from hookproof.capture.formats.format import (
    OPAQUE,
    ReadOptions,
    Refused,
    too_large,
)
from hookproof.capture.formats.raw_http import REQUEST_LINE, STATUS_LINE
from hookproof.capture.formats.window import Window

if TYPE_CHECKING:
    import io

    from hookproof.capture.formats.format import Found

# What carries no body unless a length says so.
_EMPTY: Final = frozenset({"GET", "HEAD", "DELETE", "OPTIONS", "CONNECT", "TRACE"})
_REQUEST: Final = re.compile(REQUEST_LINE)
_MESSAGE: Final = re.compile(rf"{REQUEST_LINE}|{STATUS_LINE}")
# tcpdump prints the first line of a request beside the packet's addresses, then the packet.
_TWICE: Final = re.compile(rf"{REQUEST_LINE}[^\n]{{0,999}}?({REQUEST_LINE})")
_NEXT: Final = re.compile(rf"\n(?={REQUEST_LINE}|{STATUS_LINE})")
# Where a head ends, or is broken off by the next message.
_HEAD_END: Final = re.compile(rf"(?P<end>\r?\n\r?\n)|{_NEXT.pattern}")
# HTTP/1.0 asks for no Host; no other version can be read.
_VERSION: Final = re.compile(r" HTTP/[0-9.]+[ \t]*(?=\r?\n)")
_PSEUDO: Final = re.compile(r"(?m)^:[a-z]+:.*\n")
_CHUNK: Final = re.compile(r"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\n]*)?\r?\n")
_LINE_END: Final = re.compile(r"\r?\n")
_ONE_LINE: Final = re.compile(r"[^\n]*\n")
_MAX_HEAD: Final = 64 * 1024
_MAX_LINE: Final = 8 * 1024
_CUT_OFF: Final = "is the capture cut off, or was it edited? give the body alone, or mend the lines"


def read(stream: io.BufferedReader, file: str, options: ReadOptions) -> Found:
    """Yield the requests of a stream that carry anything, and what cannot be read of it."""
    # Each byte is one character, as Content-Length counts.
    window = Window(stream, encoding="latin-1")
    reader = _Reader(window, file, options)
    while _next_request(window):
        yield from reader.request()
    if window.broken:
        raise window.broken


def _next_request(window: Window) -> bool:
    """Go to the next line that begins a request."""
    while (match := window.find(_REQUEST, within=_MAX_LINE)) is None:
        window.advance(max(window.at, len(window.text) - _MAX_LINE))
        if not window.more():
            return False
    window.advance(match.start())
    window.hold(2 * _MAX_LINE)
    if twice := _TWICE.match(window.text, window.at):
        window.advance(twice.start(1))
    return True


class _Head(NamedTuple):
    """The head of a request, as far as it counts."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]

    def header(self, name: str) -> str:
        """The value of a header, "" where it is not there."""
        return next((value for key, value in self.headers if key.lower() == name), "")


class _Body(NamedTuple):
    """A body and where it begins; None for one over the limit. `length` is its Content-Length."""

    text: str | None
    origin: Origin
    length: int | None = None


class _Reader:
    """Reads one request after the other; the window then stands behind what was read."""

    def __init__(self, window: Window, file: str, options: ReadOptions) -> None:
        self._window = window
        self._file = file
        self._options = options
        self._record = 0

    def request(self) -> Found:
        """The request that begins here, if it carries anything."""
        self._record += 1
        try:
            head = self._head()
        except Refused as refused:
            yield refused.at(self._here())
            # Within may begin the next one.
            self._window.advance(self._window.text.index("\n", self._window.at) + 1)
            return
        try:
            body = self._body(head)
        except Refused as refused:
            yield refused.at(self._here())
            return
        if body.text == "" and head.method != "POST":
            self._record -= 1
            return
        yield self._found(head, body)

    def _found(self, head: _Head, body: _Body) -> Capture | Unreadable:
        if body.text is None:
            return too_large(body.origin, "the body", self._options)
        if body.length is not None and self._goes_on():
            return Unreadable(
                self._here(),
                "HP107",
                f"text follows the body, which Content-Length says is {body.length} bytes long",
                "was the body edited? mend Content-Length or leave it out",
            )
        return Capture(body.origin, body.text.encode("latin-1"), head.headers, None, head.target)

    def _here(self, text: str | None = None) -> Origin:
        return Origin(self._file, self._record, self._window.line, self._window.column, text)

    def _head(self) -> _Head:
        window = self._window
        end = window.find(_HEAD_END, within=_MAX_HEAD)
        text = window.text[window.at : end.start() if end else window.at + _MAX_HEAD]
        if end is None or not end["end"]:
            raise Refused("the request ends within its headers", hint=_CUT_OFF)
        head = _parse(text)
        window.advance(end.end())
        return head

    def _body(self, head: _Head) -> _Body:
        length = head.header("content-length")
        if "chunked" in head.header("transfer-encoding").lower():
            self._window.hold(_MAX_LINE)
            if _CHUNK.match(self._window.text, self._window.at):
                return self._chunks()
        elif length:
            return self._exactly(int(length))
        elif head.method in _EMPTY:
            return _Body("", self._here())
        return self._rest()

    def _exactly(self, length: int) -> _Body:
        origin = self._here()
        keep = length <= self._options.max_body
        text = self._piece(length, keep=keep)
        return _Body(text if keep else None, origin, length)

    def _piece(self, size: int, *, keep: bool) -> str:
        """So many bytes; refused where the next message or the end of the file comes first."""
        window = self._window
        window.hold(min(size, self._options.max_body) + _MAX_LINE)
        following = _NEXT.search(window.text, window.at, window.at + size + _MAX_LINE)
        end = following.start() if following else len(window.text)
        there = (
            len(window.text[window.at : end].removesuffix("\r")) if following else end - window.at
        )
        if there < size and (following or window.ended):
            window.advance(window.at + there)
            raise Refused(f"the body ends after {there} of {size} bytes", hint=_CUT_OFF)
        text = window.text[window.at : window.at + size] if keep else ""
        if not window.skip(size):
            raise Refused(f"the body ends before its {size} bytes", hint=_CUT_OFF)
        return text

    def _rest(self) -> _Body:
        """What stands up to the next message. The line ends before it are of who saved it."""
        window, origin = self._window, self._here()
        following = window.find(_NEXT, within=self._options.max_body)
        end = following.start() if following else len(window.text)
        text = window.text[window.at : end].rstrip("\r\n")
        window.advance(end)
        return _Body(text if len(text) <= self._options.max_body else None, origin)

    def _chunks(self) -> _Body:
        pieces: list[str] = []
        room = self._options.max_body
        origin = self._here()
        while size := self._chunk_size():
            origin = origin if pieces else self._here()
            room -= size
            pieces.append(self._piece(size, keep=room >= 0))
            if not self._take(_LINE_END):
                raise Refused(f"the chunk is longer than {size} bytes", hint=_CUT_OFF)
        while not self._take(_LINE_END) and not self._begins() and self._take(_ONE_LINE):
            pass
        # Past the first chunk the places in the body are no longer those in the file.
        if len(pieces) > 1:
            origin = Origin(origin.file, origin.record, origin.line, origin.column, OPAQUE)
        return _Body("".join(pieces) if room >= 0 else None, origin)

    def _chunk_size(self) -> int:
        chunk = self._take(_CHUNK)
        if chunk is None:
            raise Refused("the size of a chunk was expected", hint=_CUT_OFF)
        return int(chunk[1], 16)

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Go on over what a pattern matches here."""
        self._window.hold(_MAX_LINE)
        match = pattern.match(self._window.text, self._window.at)
        if match:
            self._window.advance(match.end())
        return match

    def _goes_on(self) -> bool:
        """Whether text stands right behind a body that is no message of its own."""
        begins = self._begins()
        here = self._window.text[self._window.at : self._window.at + 1]
        return not begins and bool(here) and here not in "\r\n"

    def _begins(self) -> bool:
        """Whether the next message begins here."""
        self._window.hold(_MAX_LINE)
        return _MESSAGE.match(self._window.text, self._window.at) is not None


def _parse(text: str) -> _Head:
    import h11  # noqa: PLC0415 - read only where there is HTTP to read

    text = _VERSION.sub(" HTTP/1.0", _PSEUDO.sub("", text + "\n"), count=1) + "\r\n"
    connection = h11.Connection(h11.SERVER, max_incomplete_event_size=2 * _MAX_HEAD)
    connection.receive_data(text.encode("latin-1"))
    try:
        event = connection.next_event()
    except h11.RemoteProtocolError as error:
        # What follows the colon is the line as Python writes bytes.
        reason = str(error).partition(": bytearray")[0]
        raise Refused(f"this is no HTTP request: {reason}", hint=_CUT_OFF) from None
    if not isinstance(event, h11.Request):
        raise Refused("this is no HTTP request", hint=_CUT_OFF)
    headers = [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, value in event.headers.raw_items()
    ]
    return _Head(event.method.decode(), event.target.decode("latin-1"), tuple(headers))
