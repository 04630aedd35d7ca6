"""What a receiver remembers of nonces, so that a signature is not used for another body."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Protocol


class NonceMemory(Protocol):
    """Where nonces are kept; a shared store serves several processes."""

    def claim(self, nonce: str, body: str) -> bool:
        """Keep that a nonce came with a body, by digests; False where it came with another one.

        Must be atomic: of two claims at once with different bodies one is refused.
        """
        ...  # pragma: no cover


class InMemory:
    """The nonces of one process, the latest `most` of them; safe for threads."""

    def __init__(self, *, most: int = 100_000) -> None:
        self._most = most
        self._bodies: OrderedDict[str, str] = OrderedDict()
        self._lock = Lock()

    def claim(self, nonce: str, body: str) -> bool:
        """Keep that a nonce came with a body; False where it came with another one."""
        with self._lock:
            known = self._bodies.setdefault(nonce, body)
            self._bodies.move_to_end(nonce)
            if len(self._bodies) > self._most:
                self._bodies.popitem(last=False)
            return known == body
