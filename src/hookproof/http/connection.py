"""One connection to a receiver on which nothing waits longer than it is told to."""

from __future__ import annotations

import selectors
import socket
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hookproof.http.answer import Outcome
from hookproof.http.symptom import Symptom

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.http.target import Target

RECEIVED_AT_ONCE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Deadline:
    """The one limit over all the steps of an exchange: `timeout` seconds after `started`."""

    clock: Callable[[], float]
    started: float
    timeout: float

    def elapsed(self) -> float:
        """Seconds since the start."""
        return self.clock() - self.started

    def remaining(self) -> float:
        """Seconds that are left, more than 0; raises TimeoutError when none are."""
        left = self.timeout - self.elapsed()
        if left <= 0:
            raise TimeoutError
        return left


class ConnectFailed(Exception):
    """There is no connection to send over; `outcome`, `symptom` and `detail` say why."""

    def __init__(self, outcome: Outcome, symptom: Symptom, detail: str) -> None:
        super().__init__(outcome, symptom, detail)
        self.outcome = outcome
        self.symptom = symptom
        self.detail = detail


def open_socket(target: Target, deadline: Deadline) -> socket.socket:
    """Connect a socket to the target; raises ConnectFailed."""
    try:
        with ExitStack() as undo:
            sock = undo.enter_context(socket.socket(target.family, socket.SOCK_STREAM))
            _connect(sock, target, deadline)
            undo.pop_all()
    except OSError as error:
        raise _connect_failure(error, deadline) from error
    return sock


def _connect(sock: socket.socket, target: Target, deadline: Deadline) -> None:
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.settimeout(deadline.remaining())
    place = (target.address, target.port)
    sock.connect(place)
    if sock.getsockname()[:2] == place:
        # Where nobody listens, the system may have picked the target's port for our own end.
        raise ConnectionRefusedError


def _connect_failure(error: OSError, deadline: Deadline) -> ConnectFailed:
    """What an error while connecting says about the receiver."""
    if isinstance(error, TimeoutError):
        detail = f"no connection within {deadline.timeout:g} s"
        return ConnectFailed(Outcome.TIMEOUT, Symptom.NO_CONNECTION, detail)
    if isinstance(error, ConnectionRefusedError):
        return ConnectFailed(Outcome.REFUSED, Symptom.REFUSED, "nobody listens there")
    if isinstance(error, ConnectionResetError):
        detail = "the connection was reset before it stood"
        return ConnectFailed(Outcome.RESET, Symptom.RESET, detail)
    return _no_way(error)


def _no_way(error: OSError) -> ConnectFailed:
    detail = f"no connection: {reason(error)}"
    return ConnectFailed(Outcome.UNREACHABLE, Symptom.UNREACHABLE, detail)


def reason(error: OSError) -> str:
    """The system's own words for an error, in ASCII."""
    text = error.strerror or str(error) or type(error).__name__
    return text.encode("ascii", "backslashreplace").decode("ascii")


# About as long as a receiver on this machine takes that reads, checks and answers at once.
_LOOKS: Final = 100

# Only some systems have it, and there it has to be asked for again after each use.
_QUICK_ACK: Final[int | None] = getattr(socket, "TCP_QUICKACK", None)


class Connection:
    """A connected socket that sends and receives without ever blocking, and waits on request.

    Raises ConnectFailed when the system has no more to wait with.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        sock.settimeout(0)
        try:
            self._selector = selectors.DefaultSelector()
        except OSError as error:
            sock.close()
            raise _no_way(error) from error
        self._interest = selectors.EVENT_READ
        self._selector.register(sock, self._interest)

    def fileno(self) -> int:
        """What whoever waits for several connections at once waits for."""
        return self._socket.fileno()

    def send(self, data: memoryview) -> int:
        """Send what is taken without waiting; how many bytes that was, possibly 0."""
        try:
            return self._socket.send(data)
        except BlockingIOError:
            return 0

    def receive(self) -> bytes | None:
        """Receive what is there; None when nothing is, b"" when nothing will ever be."""
        try:
            return self._socket.recv(RECEIVED_AT_ONCE)
        except BlockingIOError:
            return None

    def acknowledge(self) -> None:
        """Say at once that a part of an answer came; who sends it in two may wait for that.

        Otherwise the system says so after 40 ms, or with the next request. It takes a packet.
        """
        if _QUICK_ACK is not None:
            with suppress(OSError):
                self._socket.setsockopt(socket.IPPROTO_TCP, _QUICK_ACK, 1)

    def wait(self, seconds: float, *, writing: bool) -> bool:
        """Wait until there may be something to receive, or room to send; True for the first."""
        if not writing and self._comes_at_once():
            return True
        interest = selectors.EVENT_READ | (selectors.EVENT_WRITE if writing else 0)
        if interest != self._interest:
            self._selector.modify(self._socket, interest)
            self._interest = interest
        return any(events & selectors.EVENT_READ for _, events in self._selector.select(seconds))

    def _comes_at_once(self) -> bool:
        """Whether something comes while one looks: waiting in earnest costs a change of process."""
        for _ in range(_LOOKS):
            try:
                self._socket.recv(1, socket.MSG_PEEK)
            except BlockingIOError:
                continue
            return True
        return False

    def unasked(self) -> bytes | None:
        """What came that nobody asked for; None while it is open and quiet, b"" at its end."""
        try:
            return self.receive()
        except OSError:
            return b""

    def outcome_of(self, error: OSError) -> Outcome:
        """What an error while sending or receiving says about the receiver."""
        if isinstance(error, TimeoutError):
            return Outcome.TIMEOUT
        if isinstance(error, BrokenPipeError):  # Closed in good order, and then written to.
            return Outcome.CLOSED
        return Outcome.RESET if isinstance(error, ConnectionError) else Outcome.UNREACHABLE

    def close(self) -> None:
        """Close it at once, without a word to the other side."""
        self._selector.close()
        self._socket.close()
