"""Serves a receiver on loopback with the standard library, one thread a connection."""

from __future__ import annotations

import re
import socket
import threading
from contextlib import contextmanager
from http.client import HTTPMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Final

from hookproof.testing.receiver import Incoming, Reply

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader

    from hookproof.testing.receiver import Receiver

_MAX_BODY: Final = 16 * 1024 * 1024
_PLAIN_LINE: Final = re.compile(rb"POST (/(?!/)[!-~]*) HTTP/1\.1\r\n")
_PLAIN_HEAD: Final = re.compile(rb"(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\r\n]*\r\n){1,50}\r\n")
# What asks for something before the body is sent.
_SPECIAL: Final = re.compile(rb"(?i)\nexpect:|^expect:")


@contextmanager
def serve(receiver: Receiver) -> Iterator[str]:
    """Serve a receiver while the block runs; gives its URL."""
    server = _Server(receiver)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.stopping.set()
        server.shutdown()
        server.drop_connections()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, receiver: Receiver) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.receiver = receiver
        self.stopping = threading.Event()
        self._connections: set[socket.socket] = set()
        self._lock = threading.Lock()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._connections.discard(request)
        super().shutdown_request(request)

    def drop_connections(self) -> None:
        """End kept connections, whose threads would otherwise wait for ever."""
        with self._lock:
            connections = list(self._connections)
        for connection in connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # it ended by itself

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a sender that goes away is part of the test."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server
    rfile: BufferedReader
    raw_requestline: bytes

    def parse_request(self) -> bool:
        """Read the head: one that came whole and plain at once, any other the library's way.

        That one makes an e-mail of the headers, which takes as long as all that receivers do here.
        """
        line = _PLAIN_LINE.fullmatch(self.raw_requestline)
        head = line and _PLAIN_HEAD.match(self.rfile.peek())
        if not line or not head or _SPECIAL.search(head[0]):
            return super().parse_request()
        self.rfile.read(head.end())
        self.command, self.path, self.request_version = "POST", line[1].decode(), "HTTP/1.1"
        self.requestline = line[0].decode().rstrip()
        self.headers = HTTPMessage()
        for one in head[0].decode("latin-1").split("\r\n")[:-2]:
            name, _, value = one.partition(":")
            self.headers[name] = value.lstrip(" \t")
        self.close_connection = self.headers.get("Connection", "").lower() == "close"
        return True

    def do_POST(self) -> None:
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            body = self._read_chunks()
            self._answer(self._reply(Incoming(body, tuple(self.headers.items()), self.path)))
            return
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > _MAX_BODY:
            self._answer(Reply(413))
            self.close_connection = True
            return
        incoming = Incoming(self.rfile.read(int(length)), tuple(self.headers.items()), self.path)
        self._answer(self._reply(incoming))

    def do_GET(self) -> None:
        self._answer(self.server.receiver.confirm(self.path))

    def _read_chunks(self) -> bytes:
        body = b""
        while size := int(self.rfile.readline(1024).split(b";")[0], 16):
            if len(body) + size > _MAX_BODY:
                raise ValueError("too large")
            body += self.rfile.read(size)
            self.rfile.readline(1024)
        self.rfile.readline(1024)
        return body

    def _reply(self, incoming: Incoming) -> Reply:
        try:
            return self.server.receiver.handle(incoming)
        except Exception as error:  # noqa: BLE001 - a crash of a receiver is a 500, as anywhere
            return Reply(500, type(error).__name__.encode())

    def _answer(self, reply: Reply) -> None:
        if reply.delay:
            self.server.stopping.wait(reply.delay)
        if reply.silent:
            self.server.stopping.wait()
        if reply.silent or reply.raw is not None:
            self.close_connection = True
            self.wfile.write(reply.raw or b"")
            return
        reason = self.responses.get(reply.status, ("",))[0]
        head = [f"HTTP/1.1 {reply.status} {reason}", f"Content-Length: {len(reply.body)}"]
        head += [f"{name}: {value}" for name, value in reply.headers]
        # One write: two would wait for each other's acknowledgement.
        self.wfile.write("\r\n".join([*head, "", ""]).encode("latin-1") + reply.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's name
        """Say nothing."""
