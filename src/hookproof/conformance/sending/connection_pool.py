"""Several kept connections to one receiver, on which requests are sent at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from queue import SimpleQueue
from typing import TYPE_CHECKING

from hookproof.http.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hookproof.http.answer import Answer
    from hookproof.http.request import Request
    from hookproof.http.target import Target


class Crew:
    """Sends requests at the same time; the answers come in the order of the requests."""

    def __init__(self, transports: Sequence[Transport], pool: ThreadPoolExecutor) -> None:
        self._transports = transports
        self._pool = pool
        self._idle: SimpleQueue[Transport] = SimpleQueue()
        for transport in transports:
            self._idle.put(transport)

    def send(self, requests: Sequence[Request]) -> list[Answer]:
        """Send all of them, as many at a time as there are connections."""
        return list(self._pool.map(self._send, requests))

    def rest(self) -> None:
        """Close all connections: a receiver may serve no other while they are open."""
        for transport in self._transports:
            transport.close()

    def _send(self, request: Request) -> Answer:
        transport = self._idle.get()
        try:
            return transport.send(request.body, headers=request.headers, query=request.query)
        finally:
            self._idle.put(transport)


@contextmanager
def open_crew(target: Target, *, timeout: float, workers: int) -> Iterator[Crew | None]:
    """A crew of so many connections, each exchange within `timeout` seconds; None for one."""
    if workers == 1:
        yield None
        return
    with ExitStack() as stack:
        transports = [
            stack.enter_context(Transport(target, timeout=timeout)) for _ in range(workers)
        ]
        yield Crew(transports, stack.enter_context(ThreadPoolExecutor(max_workers=workers)))
