"""Receivers to test against: correct ones, and a cast of faulty ones with one fault each.

All are made from the contract and served by the standard library on loopback::

    with serve(Receiver(Contract(), secrets={area: secret})) as url:
        ...

`HOSTILE` is another cast: receivers that hang, flood, lie or break off, served by
`serve_hostile`.
"""

from __future__ import annotations

from hookproof.testing.correct import CORRECT
from hookproof.testing.delivery_faults import DELIVERY_FAULTS
from hookproof.testing.edge_faults import EDGE_FAULTS
from hookproof.testing.fault import Faulty
from hookproof.testing.hostile import Hostile, serve_hostile
from hookproof.testing.hostile_cast import HOSTILE
from hookproof.testing.payload_faults import PAYLOAD_FAULTS
from hookproof.testing.receiver import Incoming, Receiver, Refused, Reply
from hookproof.testing.server import serve
from hookproof.testing.signature_faults import SIGNATURE_FAULTS
from hookproof.testing.three_faults import ThreeFaults

CAST: dict[str, type[Faulty]] = {
    fault.__name__: fault
    for fault in (*SIGNATURE_FAULTS, *PAYLOAD_FAULTS, *EDGE_FAULTS, *DELIVERY_FAULTS)
}

__all__ = [
    "CAST",
    "CORRECT",
    "HOSTILE",
    "Faulty",
    "Hostile",
    "Incoming",
    "Receiver",
    "Refused",
    "Reply",
    "ThreeFaults",
    "serve",
    "serve_hostile",
]
