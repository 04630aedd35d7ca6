"""Listens on two sockets: one takes callbacks, the other is the page's, which uvicorn serves."""

from __future__ import annotations

import asyncio
import errno
import logging
import signal
import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from hookproof.errors import UsageError, install_hint

try:
    import uvicorn
except ImportError as error:  # pragma: no cover - the extra is not installed
    raise UsageError("uvicorn is not installed", hint=install_hint("serve")) from error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hookproof.serve.clients import Clients
    from hookproof.serve.page import Page


class _Server(uvicorn.Server):
    """The page's server, which lets `clients` in at another socket for as long as it listens."""

    def __init__(
        self,
        config: uvicorn.Config,
        clients: Clients,
        door: socket.socket,
        *,
        listens: Callable[[], None],
        ends: Callable[[], None],
    ) -> None:
        super().__init__(config)
        self._clients, self._door = clients, door
        self._listens, self._ends = listens, ends

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, at both."""
        await super().startup(sockets)
        loop = asyncio.get_running_loop()
        self._entry = await loop.create_server(self._clients.client, sock=self._door, backlog=1024)
        self._clients.look_at_the_clock()
        self._listens()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Have a lost terminal end it as Ctrl-C does, unless `nohup` has that ignored.

        An exception would not do: what is raised within httptools it takes for a client's fault.
        """
        number = getattr(signal, "SIGHUP", signal.SIGTERM)
        with super().capture_signals():
            before = signal.getsignal(number)
            if before is not signal.SIG_IGN:
                signal.signal(number, self.handle_exit)
            try:
                yield
            finally:
                signal.signal(number, before)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let nobody in, and let go of all who are."""
        self._entry.close()
        self._ends()
        await self._clients.end()
        await super().shutdown(sockets)


_HINTS: Final = {
    errno.EADDRINUSE: "end what listens there, or name another port by {}",
    errno.EACCES: "name a port above 1023 by {}",
    errno.EADDRNOTAVAIL: "--host is an address of this machine",
}


def doors(host: str, port: int, page_port: int) -> tuple[socket.socket, socket.socket]:
    """Sockets that listen for callbacks and for the page; raises UsageError where one cannot."""
    door = _listen(host, port, "--port")
    try:
        return door, _listen("127.0.0.1", page_port, "--page-port")
    except UsageError:
        door.close()
        raise


def _listen(host: str, port: int, option: str) -> socket.socket:
    listener = None
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, proto, _, address = found[0]
        listener = socket.socket(family, kind, proto)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(1024)
    except OSError as error:
        if listener:
            listener.close()
        message = f"nobody can listen at {host}:{port}: {error.strerror}"
        hint = _HINTS.get(error.errno or 0, _HINTS[errno.EADDRNOTAVAIL]).format(option)
        raise UsageError(message, hint=hint) from None
    listener.settimeout(0)
    return listener


def run(
    clients: Clients,
    door: socket.socket,
    page: Page,
    page_door: socket.socket,
    *,
    listens: Callable[[], None],
) -> None:
    """Serve until the process is told to end; what was begun is finished, for a second at most."""
    logger = logging.getLogger("uvicorn.error")
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
    config = uvicorn.Config(
        page,
        http="httptools",
        ws="none",
        lifespan="off",
        loop="asyncio",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
    )
    _Server(config, clients, door, listens=listens, ends=page.end).run([page_door])
