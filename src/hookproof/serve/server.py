"""Listens on two sockets: one takes callbacks, the other is the page's, which uvicorn serves."""

from __future__ import annotations

import asyncio
import logging
import socket
from typing import TYPE_CHECKING

from hookproof.errors import UsageError, install_hint

try:
    import uvicorn
except ImportError as error:  # pragma: no cover - the extra is not installed
    raise UsageError("uvicorn is not installed", hint=install_hint("serve")) from error

if TYPE_CHECKING:
    from collections.abc import Callable

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

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let nobody in, and let go of all who are."""
        self._entry.close()
        self._ends()
        await self._clients.end()
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
