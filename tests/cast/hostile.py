"""What makes a receiver hostile: it works below HTTP, on the bare connection.

A member of the hostile cast is told by the symptom that an exchange with it ends in::

    with serve_hostile(HOSTILE["DripsBody"]) as url:
        ...
"""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hookproof.http.answer import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hookproof.http.symptom import Symptom

OK: Final = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1"
# Longer than any deadline of a test; whatever still waits then has been forgotten.
_LONGEST_HOLD: Final = 60.0
_AT_ONCE: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Hostile:
    """One kind of hostile receiver.

    `tells` says what it does, `act` does it to one connection, `outcome` and `symptom` are what
    an exchange with it ends in. `request` is how many bytes of a body it takes to see that.
    """

    tells: str
    act: Callable[[Peer], None]
    symptom: Symptom
    outcome: Outcome = Outcome.ANSWERED
    request: int = 2


class Peer:
    """One connection to a hostile receiver, seen from the receiver.

    number: how many connections there were before it. request: what came, head and body.
    """

    def __init__(self, connection: socket.socket, server: HostileServer, number: int) -> None:
        self.number = number
        self.server = server
        self.request = b""
        self._connection = connection
        self._connection.settimeout(_LONGEST_HOLD)

    def read(self) -> bool:
        """Read one request; False when the sender has gone."""
        raw = b""
        while b"\r\n\r\n" not in raw:
            piece = self._connection.recv(_AT_ONCE)
            if not piece:
                return False
            raw += piece
        head, _, body = raw.partition(b"\r\n\r\n")
        left = _length(head) - len(body)
        while left > 0 and (piece := self._connection.recv(_AT_ONCE)):
            left -= len(piece)
        self.request = raw
        return True

    def send(self, data: bytes) -> None:
        """Send all of it."""
        self._connection.sendall(data)

    def drip(self, piece: bytes, *, every: float = 0.02) -> None:
        """Send a piece again and again, a little later each time, for ever."""
        while not self.server.over.wait(every):
            self.send(piece)

    def flood(self, piece: bytes) -> None:
        """Send a piece as often as it is taken, for ever."""
        block = piece * max(1, _AT_ONCE // len(piece))
        while not self.server.over.is_set():
            self.send(block)

    def hold(self) -> None:
        """Keep the connection and do nothing."""
        self.server.over.wait(_LONGEST_HOLD)

    def reset(self) -> None:
        """End the connection with a reset."""
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._connection.close()


def _length(head: bytes) -> int:
    found = head.lower().partition(b"content-length:")[2].split(b"\r\n")[0].strip()
    return int(found) if found.isdigit() else 0


class HostileServer:
    """Gives each connection to a hostile receiver, in a thread of its own.

    `civil` is how many requests it answers with 200 before it becomes hostile, so that a run
    gets past the genuine callback. `seen` counts the requests until then.
    """

    def __init__(self, hostile: Hostile, *, civil: int = 0) -> None:
        self.over = threading.Event()
        self.seen = 0
        self._hostile = hostile
        self._civil = civil
        self._connections: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()

    def stop(self) -> None:
        """Let go of every connection."""
        self.over.set()
        _close(self._listener)
        for connection in list(self._connections):
            _close(connection)
        self._accepting.join()

    def go_away(self, seconds: float) -> None:
        """Listen no longer, and listen again on the same port after a while."""
        _close(self._listener)
        self.over.wait(seconds)
        with suppress(OSError):
            self._listener = socket.create_server(("127.0.0.1", self.port))

    def _accept(self) -> None:
        number = 0
        while not self.over.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                # Closed by go_away, which may open it again, or by stop.
                self.over.wait(0.01)
                continue
            self._connections.add(connection)
            peer = Peer(connection, self, number)
            threading.Thread(target=self._serve, args=(peer, connection), daemon=True).start()
            number += 1

    def _serve(self, peer: Peer, connection: socket.socket) -> None:
        # Whatever ends a connection, a sender that had enough included, is no failure of ours.
        with suppress(OSError), connection:
            while self.seen < self._civil:
                if not peer.read():
                    return
                self.seen += 1
                peer.send(OK)
            self._hostile.act(peer)
        self._connections.discard(connection)


def _close(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()


@contextmanager
def serve_hostile(hostile: Hostile, *, civil: int = 0) -> Iterator[str]:
    """Serve a hostile receiver while the block runs; gives its URL.

    `civil` is how many requests it answers with 200 before it shows what it is.
    """
    server = HostileServer(hostile, civil=civil)
    try:
        yield f"http://127.0.0.1:{server.port}/callback"
    finally:
        server.stop()
