"""Deliveries that leave the one kept connection of a run: in parallel, given up, elsewhere."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from hookproof.http.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hookproof.http.answer import Answer
    from hookproof.http.request import Request
    from hookproof.http.target import Target


@dataclass(frozen=True, slots=True)
class Aside:
    """Sends requests over connections of their own, each closed after its answer.

    timeout: seconds for one exchange.
    """

    target: Target
    timeout: float

    def send(self, request: Request, *, chunked: bool = False) -> Answer:
        """Send one request; a chunked one does not tell its length beforehand."""
        with Transport(self.target, timeout=self.timeout) as transport:
            return transport.send_request(request, chunked=chunked)

    def send_together(self, requests: Sequence[Request]) -> list[Answer]:
        """Send all of these at once."""
        with ThreadPoolExecutor(max_workers=len(requests)) as pool:
            return list(pool.map(self.send, requests))

    def give_up(self, request: Request, *, after: float) -> Answer:
        """Send a request and hang up after so many seconds, whatever came until then."""
        return replace(self, timeout=min(after, self.timeout)).send(request)

    def ask(self, query: str) -> Answer:
        """Ask by a GET with these parameters whose the address is."""
        with Transport(self.target, timeout=self.timeout) as transport:
            return transport.send(b"", method="GET", query=query)

    def send_with_query(self, request: Request, *, query: Mapping[str, str]) -> Answer:
        """Send one request with parameters added to the URL."""
        more = urlencode(query)
        whole = f"{request.query}&{more}" if request.query else more
        return self.send(replace(request, query=whole))
