"""How callbacks are signed and how a signature is verified, by the recipe that a contract gives.

A recipe is read in `contract`. Why a signature is wrong is told by doctor.py and mistakes/.
"""

from __future__ import annotations

from hookproof.signature.verify import SignatureState, SignatureVerdict, sign, verify

__all__ = ["SignatureState", "SignatureVerdict", "sign", "verify"]
