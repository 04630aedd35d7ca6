"""Receivers on loopback that each misbehave in one way."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Receiver:
    """A server on loopback that gives each connection to `handle`, in a thread of its own."""

    def __init__(self, handle: Callable[[Receiver, socket.socket], None]) -> None:
        """Listen on a free port."""
        self.handle = handle
        self.connections = 0
        self.requests: list[bytes] = []
        self.over = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}/callback?a=1"
        self.threads = [threading.Thread(target=self.accept)]

    def __enter__(self) -> Self:
        """Begin to accept."""
        self.threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of everything."""
        self.over.set()
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        for thread in self.threads:
            thread.join(5)
        self.listener.close()

    def accept(self) -> None:
        """Take connections until it is over."""
        while not self.over.is_set():
            with contextlib.suppress(OSError):
                connection, _ = self.listener.accept()
                connection.settimeout(3)
                self.connections += 1
                thread = threading.Thread(target=self.serve, args=(connection,))
                self.threads.append(thread)
                thread.start()

    def serve(self, connection: socket.socket) -> None:
        """Handle one connection; a sender that has gone is no failure."""
        with contextlib.suppress(OSError), connection:
            self.handle(self, connection)

    def read(self, connection: socket.socket) -> bytes:
        """Read one whole request and keep it; empty when the sender has gone."""
        raw = b""
        while b"\r\n\r\n" not in raw:
            piece = connection.recv(65536)
            if not piece:
                return b""
            raw += piece
        head, _, body = raw.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
        while len(body) < length:
            body += connection.recv(65536)
        self.requests.append(head + b"\r\n\r\n" + body)
        return self.requests[-1]


def answers(raw: bytes, *, hold: bool = False) -> Callable[[Receiver, socket.socket], None]:
    """Read a request, answer it with these bytes, then close or hold the connection."""

    def handle(receiver: Receiver, connection: socket.socket) -> None:
        receiver.read(connection)
        connection.sendall(raw)
        if hold:
            receiver.over.wait(3)

    return handle


def keeps_alive(receiver: Receiver, connection: socket.socket) -> None:
    """Answer every request of a connection."""
    while receiver.read(connection):
        connection.sendall(OK)


def drips(
    beginning: bytes, drip: bytes, every: float = 0.02
) -> Callable[[Receiver, socket.socket], None]:
    """Begin at once and then send a few bytes at a time, forever."""

    def handle(receiver: Receiver, connection: socket.socket) -> None:
        receiver.read(connection)
        connection.sendall(beginning)
        while not receiver.over.wait(every):
            connection.sendall(drip)

    return handle


def floods(beginning: bytes, piece: bytes) -> Callable[[Receiver, socket.socket], None]:
    """Send the same piece as fast as it is taken, forever."""

    def handle(receiver: Receiver, connection: socket.socket) -> None:
        receiver.read(connection)
        connection.sendall(beginning)
        while not receiver.over.is_set():
            connection.sendall(piece)

    return handle


def reset(connection: socket.socket) -> None:
    """Close a connection with a reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
