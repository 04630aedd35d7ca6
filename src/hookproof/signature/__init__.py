"""How callbacks are signed and how a signature is verified."""

from __future__ import annotations

from hookproof.signature.verify import SignatureState, SignatureVerdict, sign, verify

__all__ = ["SignatureState", "SignatureVerdict", "sign", "verify"]
