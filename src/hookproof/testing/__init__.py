"""For tests: strategies of payloads and requests, applications in this process, and receivers.

`callbacks(name)` is what hypothesis draws payloads of a callback from. `in_process(app)` is what a
test sends to without a socket. The receivers are correct ones of several habits, and the demo's
with three faults; all are made from the contract and served by the standard library on loopback::

    with serve(Receiver(Contract(), secrets={area: secret})) as url:
        ...

Each step of `Receiver` is a method that a subclass may replace, to make a fault of its own.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hookproof.testing.applications import in_process
    from hookproof.testing.correct import CORRECT
    from hookproof.testing.receiver import Delivered, Incoming, Receiver, Refused, Reply
    from hookproof.testing.server import serve
    from hookproof.testing.strategies import Callbacks, SignedPayload, callbacks
    from hookproof.testing.three_faults import ThreeFaults

__all__ = [
    "CORRECT",
    "Callbacks",
    "Delivered",
    "Incoming",
    "Receiver",
    "Refused",
    "Reply",
    "SignedPayload",
    "ThreeFaults",
    "callbacks",
    "in_process",
    "serve",
]

# hypothesis is an extra, and who draws payloads needs no server.
_HOMES = {
    "correct": ("CORRECT",),
    "applications": ("in_process",),
    "receiver": ("Delivered", "Incoming", "Receiver", "Refused", "Reply"),
    "server": ("serve",),
    "strategies": ("Callbacks", "SignedPayload", "callbacks"),
    "three_faults": ("ThreeFaults",),
}

if not TYPE_CHECKING:
    # Not for type checkers, to which no name would be wrong then.
    def __getattr__(name: str) -> Any:
        """A public name, imported when it is asked for."""
        for module, names in _HOMES.items():
            if name in names:
                return getattr(import_module(f"{__name__}.{module}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
