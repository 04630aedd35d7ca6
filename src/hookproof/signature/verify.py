"""Signs a payload and verifies a signature, by the facts of the contract.

Verifying takes whatever a stranger may send (no value, a list, another alphabet, a
megabyte) and answers; it never raises.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from hookproof.signature.schemes import ENCODINGS, SCHEMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hookproof.contract.facts import Place, SignatureFacts


class SignatureState(StrEnum):
    """What became of a signature."""

    VALID = "valid"
    MISSING = "missing"
    WRONG = "wrong"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class SignatureVerdict:
    """The state, the encoding that matched where several are allowed, and a reason."""

    state: SignatureState
    encoding: str = ""
    reason: str = ""

    @property
    def valid(self) -> bool:
        """Whether the signature proves the sender."""
        return self.state is SignatureState.VALID


def sign(
    facts: SignatureFacts, secret: bytes, *, payload: Any, body: bytes, encoding: str | None = None
) -> str:
    """The signature of a payload and its body bytes, in the given encoding or the default one.

    A signed field that is missing counts as empty text, one of another type as its JSON
    text, so that a payload that is wrong on purpose still carries the signature that a
    lenient receiver would compute.
    """
    inputs = [wire_text(_field(payload, place)) for place in facts.inputs]
    digest = SCHEMES[facts.scheme](secret, inputs=inputs, body=body, digest=facts.digest)
    return ENCODINGS[encoding or facts.encodings[0]](digest)


def verify(
    facts: SignatureFacts,
    secret: bytes,
    *,
    payload: Any,
    body: bytes,
    headers: Iterable[tuple[str, str]] = (),
) -> SignatureVerdict:
    """Check the signature of a callback as it came; every documented encoding counts."""
    found, given = find_signature(facts.place, payload, headers)
    if not found:
        return SignatureVerdict(SignatureState.MISSING, reason=f"no {_name(facts.place)}")
    if not isinstance(given, str) or not given:
        kind = "empty" if given == "" else type(given).__name__
        return SignatureVerdict(SignatureState.UNREADABLE, reason=f"it is no text but {kind}")
    for place in facts.inputs:
        if not _signable(_field(payload, place)):
            return SignatureVerdict(
                SignatureState.UNREADABLE, reason=f"the signed field {place.field} is no text"
            )
    claimed = given.encode("utf-8", "surrogatepass")
    for encoding in facts.encodings:
        wanted = sign(facts, secret, payload=payload, body=body, encoding=encoding)
        if hmac.compare_digest(claimed, wanted.encode()):
            return SignatureVerdict(SignatureState.VALID, encoding)
    return SignatureVerdict(SignatureState.WRONG, reason="it does not match")


def find_signature(
    place: Place, payload: Any, headers: Iterable[tuple[str, str]]
) -> tuple[bool, Any]:
    """Whether there is a signature where it belongs, and its value."""
    if place.in_body:
        return isinstance(payload, dict) and place.field in payload, _field(payload, place)
    wanted = place.field.lower()
    for name, value in headers:
        if name.lower() == wanted:
            return True, value
    return False, None


def wire_text(value: Any) -> bytes:
    """A signed value as the bytes it is on the wire: text as it is, all else as JSON text."""
    if value is None:
        return b""
    text = value if isinstance(value, str) else _json_text(value)
    return text.encode("utf-8", "surrogatepass")


def _json_text(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    except (ValueError, TypeError, RecursionError):
        # A number too long to print, a key that is no text, a list in itself: none is JSON.
        return ""


def _signable(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool))


def _field(payload: Mapping[str, Any] | Any, place: Place) -> Any:
    return payload.get(place.field) if isinstance(payload, dict) else None


def _name(place: Place) -> str:
    return f"field {place.field}" if place.in_body else f"header {place.field}"
