"""The contract of vendors' server callbacks as data, and the tools on it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_RECEIVING = frozenset({"Event", "InvalidSignature", "Malformed", "Receiver", "UnknownCallback"})

if TYPE_CHECKING:
    from hookproof.receiver import Event as Event
    from hookproof.receiver import InvalidSignature as InvalidSignature
    from hookproof.receiver import Malformed as Malformed
    from hookproof.receiver import Receiver as Receiver
    from hookproof.receiver import UnknownCallback as UnknownCallback


def __getattr__(name: str) -> Any:
    """The names of the library for receivers, imported when the first one is asked for."""
    if name not in _RECEIVING:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("hookproof.receiver"), name)
