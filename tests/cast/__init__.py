"""Receivers with one fault each, and hostile peers below HTTP: what the test must find out.

`CAST` answers over HTTP, served by `hookproof.testing.serve`; `HOSTILE` hangs, floods, lies or
breaks off on the bare connection, served by `serve_hostile`. They stand in tests/ and not in the
wheel: they are made to try hookproof, and change with it.
"""

from __future__ import annotations

from cast.delivery_faults import DELIVERY_FAULTS
from cast.edge_faults import EDGE_FAULTS
from cast.fault import Faulty
from cast.hostile import Hostile, serve_hostile
from cast.hostile_cast import HOSTILE
from cast.payload_faults import PAYLOAD_FAULTS
from cast.signature_faults import SIGNATURE_FAULTS

CAST: dict[str, type[Faulty]] = {
    fault.__name__: fault
    for fault in (*SIGNATURE_FAULTS, *PAYLOAD_FAULTS, *EDGE_FAULTS, *DELIVERY_FAULTS)
}

__all__ = ["CAST", "HOSTILE", "Faulty", "Hostile", "serve_hostile"]
