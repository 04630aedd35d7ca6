"""Runs the application on two sockets, and keeps clients within their limits.

uvicorn reads HTTP with httptools and knows no limit of a request's head, nor of the time that a
client may take to send one; both are set here, where the bytes come in.
"""

from __future__ import annotations

import logging
import socket
from typing import TYPE_CHECKING, Any, Final

from hookproof.errors import UsageError, install_hint

try:
    import uvicorn
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
except ImportError as error:  # pragma: no cover - the extra is not installed
    raise UsageError(
        "uvicorn and httptools are not installed", hint=install_hint("serve")
    ) from error

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from hookproof.serve.application import Application

# Bytes of a request line with its headers.
LARGEST_HEAD: Final = 64 * 1024
# Seconds from a connection, or the first byte of a request, to the last one.
PATIENCE: Final = 30.0
MOST_CONNECTIONS: Final = 1000
_SECONDS_IDLE: Final = 30
_CLOSED: Final = b"content-length: 0\r\nconnection: close\r\n\r\n"
_TOO_LARGE: Final = b"HTTP/1.1 431 Request Header Fields Too Large\r\n" + _CLOSED
_TOO_MANY: Final = b"HTTP/1.1 503 Service Unavailable\r\n" + _CLOSED


class LimitedProtocol(HttpToolsProtocol):
    """A connection whose client may send only so much, and take only so long."""

    patience = PATIENCE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._in_head = True
        self._head = 0
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, or turn it away where there are too many."""
        super().connection_made(transport)
        if len(self.connections) > MOST_CONNECTIONS:
            transport.write(_TOO_MANY)
            transport.close()
            return
        self._start_the_clock()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock."""
        self._stop_the_clock()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take some bytes of a request; a head that has no end is refused."""
        if self._timer is None:
            self._start_the_clock()
        self._head += len(data)
        super().data_received(data)
        if self._in_head and self._head > LARGEST_HEAD and not self.transport.is_closing():
            self.transport.write(_TOO_LARGE)
            self.transport.close()

    def on_message_begin(self) -> None:
        """Begin a request; what is served can be dropped without an answer."""
        super().on_message_begin()
        self.scope["extensions"] = {"hookproof.drop": self.transport.abort}  # type: ignore[dict-item]

    def on_headers_complete(self) -> None:
        """The head is over, so its bytes count no more."""
        self._in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The request is whole: from here on it is we who take time."""
        self._stop_the_clock()
        self._in_head, self._head = True, 0
        super().on_message_complete()

    def _start_the_clock(self) -> None:
        self._timer = self.loop.call_later(self.patience, self._give_up)

    def _stop_the_clock(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _give_up(self) -> None:
        self._timer = None
        self.transport.abort()


class _Server(uvicorn.Server):
    """A server that says when it listens, and lets go of those who watch when it ends."""

    def __init__(
        self, config: uvicorn.Config, *, listens: Callable[[], None], ends: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._listens, self._ends = listens, ends

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen."""
        await super().startup(sockets)
        self._listens()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End."""
        self._ends()
        await super().shutdown(sockets)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; raises UsageError where it cannot, saying why."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, proto, _, address = found[0]
        listener = socket.socket(family, kind, proto)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(1024)
    except OSError as error:
        message = f"nobody can listen at {host}:{port}: {error.strerror}"
        raise UsageError(message, hint="is it in use? name another --port") from None
    listener.settimeout(0)
    return listener


def run(
    application: Application,
    sockets: list[socket.socket],
    *,
    listens: Callable[[], None],
    ends: Callable[[], None],
) -> None:
    """Serve until the process is told to end; what was begun is finished, for a second at most."""
    logger = logging.getLogger("uvicorn.error")
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
    config = uvicorn.Config(
        application,
        http=LimitedProtocol,
        ws="none",
        lifespan="off",
        loop="asyncio",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        timeout_keep_alive=_SECONDS_IDLE,
        timeout_graceful_shutdown=1,
    )
    server = _Server(config, listens=listens, ends=ends)
    server.run(sockets)
