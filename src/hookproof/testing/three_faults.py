"""The receiver of the demo: three usual faults in one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from hookproof.conformance.checks import Check
from hookproof.testing.receiver import Receiver, Refused

if TYPE_CHECKING:
    from hookproof.testing.receiver import Delivered


class ThreeFaults(Receiver):
    """It accepts callbacks without a signature, refuses redeliveries and unknown fields."""

    finds: ClassVar[frozenset[Check]] = frozenset(
        (Check.REFUSES_FORGED, Check.ACCEPTS_REDELIVERY, Check.TOLERATES_UNKNOWN_FIELDS)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known: set[bytes] = set()

    def proves(self, delivered: Delivered) -> bool:
        """Verify the signature only when there is one."""
        place = delivered.callback.signature.place
        sent = place.in_body and place.field in delivered.payload
        missing = delivered.signature is None and not sent
        return missing or super().proves(delivered)

    def validate(self, delivered: Delivered) -> None:
        """Refuse a payload with a field that it does not know; a signature may be missing."""
        callback, payload = delivered.callback, delivered.payload
        if self.compiled(callback).unknown_in(payload):
            raise Refused(422, "unknown field")
        place = callback.signature.place
        if place.in_body and place.field not in payload:
            payload = payload | {place.field: callback.examples[0].payload[place.field]}
        if not self.compiled(callback).accepts(payload):
            raise Refused(400, "the payload breaks the contract")

    def process(self, delivered: Delivered) -> None:
        """Refuse a callback that it has already seen."""
        if delivered.incoming.body in self._known:
            raise Refused(409, "already seen")
        self._known.add(delivered.incoming.body)
