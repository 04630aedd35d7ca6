"""Findings: what is wrong with a payload or a receiver. They are returned, never raised."""

from __future__ import annotations

from hookproof.findings.codes import CODES, Kind
from hookproof.findings.finding import (
    CaptureFinding,
    Finding,
    ReceiverFinding,
    Severity,
    Variant,
    joined,
    worst,
)

__all__ = [
    "CODES",
    "CaptureFinding",
    "Finding",
    "Kind",
    "ReceiverFinding",
    "Severity",
    "Variant",
    "joined",
    "worst",
]
