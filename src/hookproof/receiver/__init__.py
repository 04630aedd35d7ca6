"""The library that a receiver imports: verify, read and type a callback in three lines.

The test of receivers lives in `conformance`; nothing here sends anything or knows a command line.
"""

from __future__ import annotations

from importlib import import_module

# Not from typing, which takes as long to import as Python to start.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from hookproof.receiver.event import Acknowledgement, Event, Result, SignedRequest
    from hookproof.receiver.memory import InMemory, NonceMemory
    from hookproof.receiver.receiver import Receiver
    from hookproof.receiver.rejections import (
        InvalidSignature,
        Malformed,
        NoConfirmation,
        Rejected,
        UnknownCallback,
    )

__all__ = [
    "Acknowledgement",
    "Event",
    "InMemory",
    "InvalidSignature",
    "Malformed",
    "NoConfirmation",
    "NonceMemory",
    "Receiver",
    "Rejected",
    "Result",
    "SignedRequest",
    "UnknownCallback",
]

_HOMES = {
    "event": ("Acknowledgement", "Event", "Result", "SignedRequest"),
    "memory": ("InMemory", "NonceMemory"),
    "receiver": ("Receiver",),
    "rejections": (
        "InvalidSignature",
        "Malformed",
        "NoConfirmation",
        "Rejected",
        "UnknownCallback",
    ),
}

if not TYPE_CHECKING:
    # Not for type checkers, to which no name would be wrong then.
    def __getattr__(name: str) -> Any:
        """A public name, imported when it is asked for: nobody waits for what he does not use."""
        for module, names in _HOMES.items():
            if name in names:
                return getattr(import_module(f"{__name__}.{module}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
