"""Takes requests from many clients at once, answers each, and keeps them within their limits.

httptools parses, as it does for uvicorn, which makes a task and a dozen objects of each request:
that costs more than to verify, judge and store it. So the callbacks go past it.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from hookproof.errors import UsageError, install_hint
from hookproof.receiver.event import Acknowledgement
from hookproof.serve.store import Stored

try:
    import httptools
except ImportError as error:  # pragma: no cover - the extra is not installed
    raise UsageError("httptools is not installed", hint=install_hint("serve")) from error

if TYPE_CHECKING:
    from collections.abc import Callable

# In bytes; vendors send tens of kilobytes at most.
LARGEST_BODY: Final = 4 * 1024 * 1024
# Bytes of a request line with its headers.
LARGEST_HEAD: Final = 64 * 1024
# Seconds from a connection, or the first byte of a request, to the last one, or to the next.
PATIENCE: Final = 30.0
MOST_CONNECTIONS: Final = 1000
# Seconds in which one that is refused may still send, so that it reads why.
_LINGERS: Final = 2.0
# Seconds for which answers that are due are waited for at the end, and looks at them in that time.
_GRACE: Final = 1.0
_LOOKS: Final = 50
_NO_BODY: Final = frozenset({204, 304})
_END: Final = b"\r\n\r\n"
# What asks for more than to read a body of a length.
_NOT_TO_REPEAT: Final = frozenset({"transfer-encoding", "expect", "upgrade"})


class Client(asyncio.Protocol):
    """A connection: its requests are taken one after the other, and answered in that order."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients
        self._parser: Any = httptools.HttpRequestParser(self)
        self._transport: Any = None
        # Since when the client is to do something; None while it is our turn.
        self.since: float | None = clients.clock()
        self._head = 0
        self._is_deaf = self._is_paused = self._is_begun = self._is_sized = False
        # What a request begins with, and a head that came before, with what it says of the next.
        self._data = b""
        self._last: tuple[bytes, int, Stored] | None = None
        # Headers that are kept from the parser.
        self._wishes: list[tuple[str, str]] = []
        # What waits for the answer to what came before: requests, and why no more are taken.
        self._waiting: deque[tuple[Stored, bool]] = deque()
        self._refusal: Acknowledgement | None = None
        # Whether a request is being served, how it asks to be answered, and if it is the last.
        self.is_served = False
        self._method, self._is_last = "", False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take a connection, or turn it away where there are too many."""
        self._transport = transport
        self._clients.open.add(self)
        if len(self._clients.open) > MOST_CONNECTIONS:
            self._refuse(Acknowledgement(503, b"too many connections"))

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it; what was begun is stored all the same, and answered to nobody."""
        del exc
        self._clients.open.discard(self)
        self._transport = self._parser = None
        self._waiting.clear()

    def data_received(self, data: bytes) -> None:
        """Take some bytes of a request; a head that has no end is refused."""
        if self._is_deaf or self._is_like_the_last(data):
            return
        self._head += len(data)
        self._data = b"" if self._is_begun else data
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            self._ignore_upgrade(data[upgrade.args[0] :])
        except httptools.HttpParserError:
            self._refuse(Acknowledgement(400, b"this is not HTTP/1.1"))
        if self._head > LARGEST_HEAD:
            self._refuse(Acknowledgement(431, b"the head is too large"))

    def _is_like_the_last(self, data: bytes) -> bool:
        """Whether its body alone tells a request from the last, as of most senders; it is taken."""
        if self._last is None or self.is_served or self._is_begun:
            return False
        head, size, (_, _, method, url, headers, *_) = self._last
        if len(data) != size or not data.startswith(head):
            return False
        row = Stored(0, self._clients.now(), method, url, headers, data[len(head) :])
        self._serve(row, is_last=False)
        return True

    def _ignore_upgrade(self, rest: bytes) -> None:
        """Read the rest as HTTP/1.1; the parser reads no body where it sees a wish to upgrade.

        HTTP clients of Java wish so with every first request.
        """
        if self._parser.get_method() == b"CONNECT":
            self._refuse(Acknowledgement(400, b"this is no proxy"))
            return
        self._wishes = [pair for pair in self._headers if pair[0] == "upgrade"]
        head = [self._parser.get_method() + b" " + self._url + b" HTTP/1.1"]
        head += [f"{n}: {v}".encode("latin-1") for n, v in self._headers if n != "upgrade"]
        self._parser = httptools.HttpRequestParser(self)
        self.data_received(b"\r\n".join([*head, b"", rest]))

    def on_message_begin(self) -> None:
        """Begin a request."""
        self._url = b""
        self._headers: list[tuple[str, str]] = []
        self._pieces: list[bytes] = []
        self._size = 0
        self._is_begun = True
        if not self.is_served:
            self.since = self._clients.clock()

    def on_url(self, url: bytes) -> None:
        """Take a piece of the target."""
        self._url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header; names are in lower case."""
        self._headers.append((name.decode("latin-1").lower(), value.decode("latin-1")))

    def on_headers_complete(self) -> None:
        """The head is over, so its bytes count no more; tell who wants to know before it sends."""
        self._head = 0
        if self._parser.should_upgrade():
            return
        self._headers += self._wishes
        self._wishes = []
        said = dict(self._headers)
        self._is_sized = "content-length" in said and not said.keys() & _NOT_TO_REPEAT
        if int(said.get("content-length", 0)) > LARGEST_BODY:
            self._refuse(Acknowledgement(413, b"the body is too large"))
        elif said.get("expect", "").lower() == "100-continue":
            self._write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def on_body(self, body: bytes) -> None:
        """Take a piece of the body."""
        self._head = 0
        self._size += len(body)
        if self._size > LARGEST_BODY:
            self._refuse(Acknowledgement(413, b"the body is too large"))
        else:
            self._pieces.append(body)

    def on_message_complete(self) -> None:
        """The request is whole: from here on it is we who take time."""
        parser, url, data = self._parser, self._url, self._data
        self._head, self._is_begun, self._data = 0, False, b""
        if self._is_deaf or parser.should_upgrade():
            return
        if url[:1] != b"/":
            given = httptools.parse_url(url)
            url = given.path + (b"?" + given.query if given.query else b"")
        pieces = self._pieces
        body = pieces[0] if len(pieces) == 1 else b"".join(pieces)
        row = Stored(
            0,
            self._clients.now(),
            parser.get_method().decode("ascii"),
            url.decode("latin-1"),
            tuple(self._headers),
            body,
        )
        is_last = not parser.should_keep_alive() or parser.get_http_version() == "1.0"
        if self.is_served:
            self._waiting.append((row, is_last))
            self._is_paused = True
            self._transport.pause_reading()
        else:
            head = data[: len(data) - len(body)]
            # Where it came in one piece, alone, and says how much follows.
            if self._is_sized and not is_last and head.find(_END) == len(head) - len(_END):
                self._last = head, len(data), row._replace(body=b"")
            self._serve(row, is_last=is_last)

    def _serve(self, row: Stored, *, is_last: bool) -> None:
        self.since, self.is_served = None, True
        self._method, self._is_last = row.method, is_last
        self._clients.take(self, row)

    def answer(self, given: Acknowledgement) -> None:
        """Answer the request that is served, and go on with the next."""
        if self._transport is None or not self.is_served:
            return
        is_last = self._is_last or self._clients.are_ending
        self._write(self._clients.written(given, is_last=is_last, is_empty=self._method == "HEAD"))
        self.is_served, self.since = False, self._clients.clock()
        if is_last:
            self._close()
        elif self._waiting:
            row, is_last = self._waiting.popleft()
            self._serve(row, is_last=is_last)
        elif self._refusal:
            self._refuse(self._refusal)
        if self._is_paused and not self._waiting and self._transport:
            self._is_paused = False
            self._transport.resume_reading()

    def drop(self) -> None:
        """Hang up without an answer."""
        if self._transport is not None:
            self._transport.abort()

    def end(self) -> None:
        """Close it unless an answer is due."""
        if not self.is_served:
            self._close()

    def _refuse(self, why: Acknowledgement) -> None:
        """Take no more, say why, and let the client find the time to read it."""
        self._is_deaf = True
        if self.is_served:
            self._refusal = why
            return
        self._write(_written(why, is_last=True))
        self._close()

    def _close(self) -> None:
        """End our side; what comes now is not read, since an unread byte would reset it all."""
        self._is_deaf = True
        self.since = self._clients.clock() - PATIENCE + _LINGERS
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write_eof()

    def _write(self, data: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(data)


class Clients:
    """All that are connected. `take` is given a client and its request, and has it answered.

    `now` is the time of day in Unix seconds, `clock` seconds that only go forward.
    """

    def __init__(
        self,
        take: Callable[[Client, Stored], None],
        *,
        now: Callable[[], float] = time.time,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.take, self.now, self.clock = take, now, clock
        self.open: set[Client] = set()
        self.are_ending = False
        # The answer that was given last, and its bytes: most are like the one before.
        self._given: Acknowledgement | None = None
        self._bytes = b""

    def client(self) -> Client:
        """Somebody who connects."""
        return Client(self)

    def written(self, given: Acknowledgement, *, is_last: bool, is_empty: bool) -> bytes:
        """An answer as bytes, without its body where `is_empty`."""
        if is_last or is_empty:
            return _written(given, is_last=is_last, is_empty=is_empty)
        if given is not self._given:
            self._given, self._bytes = given, _written(given)
        return self._bytes

    def look_at_the_clock(self) -> None:
        """Hang up on those who take too long, now and every second."""
        latest = self.clock() - PATIENCE
        for one in [one for one in self.open if one.since is not None and one.since <= latest]:
            one.drop()
        if not self.are_ending:
            asyncio.get_running_loop().call_later(1, self.look_at_the_clock)

    async def end(self) -> None:
        """Let go of all; answers that are due are given before, within a second."""
        self.are_ending = True
        for one in list(self.open):
            one.end()
        for _ in range(_LOOKS):
            if not any(one.is_served for one in self.open):
                break
            await asyncio.sleep(_GRACE / _LOOKS)
        for one in list(self.open):
            one.drop()


def _written(given: Acknowledgement, *, is_last: bool = False, is_empty: bool = False) -> bytes:
    """An answer as bytes; without its body where `is_empty`, as for a request of the head."""
    phrases = {one.value: one.phrase for one in HTTPStatus}
    head = [f"HTTP/1.1 {given.status} {phrases.get(given.status, '')}"]
    if given.status not in _NO_BODY:
        head.append(f"content-length: {len(given.body)}")
    if given.content_type:
        head.append(f"content-type: {given.content_type}")
    if is_last:
        head.append("connection: close")
    body = b"" if is_empty or given.status in _NO_BODY else given.body
    return "\r\n".join([*head, "", ""]).encode("latin-1") + body
