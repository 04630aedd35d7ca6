"""The library that a receiver imports: verify, read and type a callback in three lines.

The test of receivers lives in `conformance`; nothing here sends anything or knows a command line.
"""

from __future__ import annotations

from hookproof.receiver.event import Acknowledgement, Event
from hookproof.receiver.memory import InMemory, NonceMemory
from hookproof.receiver.receiver import Receiver, Result, SignedRequest
from hookproof.receiver.rejections import InvalidSignature, Malformed, Rejected, UnknownCallback

__all__ = [
    "Acknowledgement",
    "Event",
    "InMemory",
    "InvalidSignature",
    "Malformed",
    "NonceMemory",
    "Receiver",
    "Rejected",
    "Result",
    "SignedRequest",
    "UnknownCallback",
]
