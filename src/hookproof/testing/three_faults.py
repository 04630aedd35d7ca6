"""The receiver of the demo: three faults of the cast in one."""

from __future__ import annotations

from hookproof.conformance.checks import Check
from hookproof.testing.delivery_faults import RefusesRedelivery
from hookproof.testing.fault import checks
from hookproof.testing.payload_faults import RefusesUnknownFields
from hookproof.testing.signature_faults import AcceptsMissingSignature


class ThreeFaults(RefusesUnknownFields, RefusesRedelivery, AcceptsMissingSignature):
    """It accepts callbacks without a signature, refuses redeliveries and unknown fields."""

    finds = checks(Check.REFUSES_FORGED, Check.ACCEPTS_REDELIVERY, Check.TOLERATES_UNKNOWN_FIELDS)
