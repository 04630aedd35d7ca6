"""An application of this process in the place of a connection: the same bytes, and no socket.

What was written for the wire is read here as a server reads it, and what is answered is written
as a server writes it, so that a sender cannot tell, but by the time it takes.
"""

from __future__ import annotations

from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Protocol

from hookproof.http.answer import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class ServedRequest:
    """A request as a server hands it on: path and query as written, header names as sent."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """The first value of a header, "" where there is none."""
        wanted = name.lower()
        return next((value for given, value in self.headers if given.lower() == wanted), "")


class Application(Protocol):
    """What answers requests in this process, several at a time."""

    def begin(
        self, request: ServedRequest, answer: Callable[[bytes], None]
    ) -> Callable[[], object]:
        """Begin to answer a request; gives what tells it that the sender has hung up.

        `answer` is called once, from whatever thread, with the bytes of an answer; with none
        where the connection is closed without one.
        """


class AppConnection:
    """What a sender has instead of a connection; it never blocks, and waits on request."""

    def __init__(self, application: Application) -> None:
        self._application = application
        # Not an Event, which takes five times as long to set and to wait for.
        self._answers: SimpleQueue[bytes] = SimpleQueue()
        self._answer: bytes | None = None
        self._hang_up: Callable[[], object] | None = None

    def send(self, data: memoryview) -> int:
        """Take a whole request, and let the application begin."""
        self._answer = None
        self._hang_up = self._application.begin(read_request(bytes(data)), self._answers.put)
        return len(data)

    def wait(self, seconds: float, *, writing: bool) -> bool:
        """Wait until there is an answer, so many seconds at most."""
        del writing  # a request is taken whole
        if self._answer is None:
            try:
                self._answer = self._answers.get(timeout=seconds)
            except Empty:
                return False
        return True

    def acknowledge(self) -> None:
        """Answers are whole here."""

    def receive(self) -> bytes | None:
        """The answer; None while there is none, and b"" after it where nothing will ever come."""
        if not self.wait(0, writing=False):
            return None
        answer, self._answer = self._answer, b""
        self._hang_up = None
        return answer

    def unasked(self) -> bytes | None:
        """Nothing comes unasked."""
        return None

    def outcome_of(self, error: OSError) -> Outcome:
        """What an error while waiting says about the application."""
        return Outcome.TIMEOUT if isinstance(error, TimeoutError) else Outcome.UNREACHABLE

    def close(self) -> None:
        """Tell an application that has not answered yet that nobody waits any more."""
        hang_up, self._hang_up = self._hang_up, None
        if hang_up is not None and not self.wait(0, writing=False):
            hang_up()


def read_request(raw: bytes) -> ServedRequest:
    """A request out of the bytes that `encode_request` writes."""
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, path, _ = first.split(" ", 2)
    pairs = (line.partition(":") for line in lines)
    headers = tuple((name, value.strip(" \t")) for name, _, value in pairs)
    chunked = any(name.lower() == "transfer-encoding" for name, _ in headers)
    return ServedRequest(method, path, headers, _joined(body) if chunked else body)


def _joined(chunks: bytes) -> bytes:
    """The body that goes in chunks."""
    body = b""
    while True:
        size, _, chunks = chunks.partition(b"\r\n")
        length = int(size, 16)
        if not length:
            return body
        body += chunks[:length]
        chunks = chunks[length + 2 :]


def write_answer(status: int, headers: list[tuple[str, str]], body: bytes, reason: str) -> bytes:
    """An answer as a server writes it; the length is told where the application did not."""
    told = {name.lower() for name, _ in headers}
    lines = [f"HTTP/1.1 {status} {reason}".rstrip()]
    lines += [f"{name}: {value}" for name, value in headers]
    if not told & {"content-length", "transfer-encoding"} and status not in {204, 304}:
        lines.append(f"content-length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace") + body
