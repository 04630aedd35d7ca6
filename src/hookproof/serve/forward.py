"""Hands a request on to another server, and its answer back; sends captures again."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Final

from hookproof.http.answer import Outcome
from hookproof.http.transport import Transport
from hookproof.receiver.event import Acknowledgement

if TYPE_CHECKING:
    from hookproof.http.answer import Answer
    from hookproof.http.target import Target
    from hookproof.serve.store import Stored

# What belongs to one connection, or is written anew by whoever sends.
OWN_HEADERS: Final = frozenset(
    {
        *("connection", "content-length", "expect", "host", "keep-alive", "proxy-connection"),
        *("te", "trailer", "transfer-encoding", "upgrade"),
    }
)


@dataclass(slots=True)
class Forwarder:
    """Sends requests as they came to a target; `timeout` is in seconds."""

    target: Target
    timeout: float = 60.0
    _idle: list[Transport] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    async def relay(self, kept: Stored) -> tuple[Acknowledgement, str]:
        """The answer of the target, and a word about it; 502 and 504 where it gave none."""
        given = await asyncio.to_thread(self.send, kept)
        if given.outcome is Outcome.ANSWERED and 200 <= (given.status or 0) <= 599:
            content_type = _plain(given.header("content-type") or "")
            body = b"" if given.status in {204, 304} else given.body
            return Acknowledgement(given.status or 0, body, content_type), f"by {self.target.url}"
        status = 504 if given.outcome is Outcome.TIMEOUT else 502
        why = f"{self.target.url} gave no answer ({given.outcome.value})"
        return Acknowledgement(status, why.encode("ascii", "replace")), why

    def send(self, kept: Stored) -> Answer:
        """Send a request as it came, but for what is of the connection."""
        with self._lock:
            transport = self._idle.pop() if self._idle else None
        transport = transport or Transport(self.target, timeout=self.timeout)
        headers = [pair for pair in kept.headers if pair[0].lower() not in OWN_HEADERS]
        query = kept.url.partition("?")[2]
        try:
            return transport.send(kept.body, headers=headers, method=kept.method, query=query)
        finally:
            with self._lock:
                self._idle.append(transport)


def _plain(value: str) -> str:
    """A header's value without what no server lets pass."""
    return "".join(char for char in value if char.isprintable() and char.isascii())
