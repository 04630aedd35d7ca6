"""Receivers to test against: correct ones of several habits, and the demo's with three faults.

All are made from the contract and served by the standard library on loopback::

    with serve(Receiver(Contract(), secrets={area: secret})) as url:
        ...

Each step of `Receiver` is a method that a subclass may replace, to make a fault of its own.
"""

from __future__ import annotations

from hookproof.testing.correct import CORRECT
from hookproof.testing.receiver import Delivered, Incoming, Receiver, Refused, Reply
from hookproof.testing.server import serve
from hookproof.testing.three_faults import ThreeFaults

__all__ = [
    "CORRECT",
    "Delivered",
    "Incoming",
    "Receiver",
    "Refused",
    "Reply",
    "ThreeFaults",
    "serve",
]
