"""Signs a payload and verifies a signature, by the facts of the contract.

Verifying takes whatever a stranger may send (no value, a list, another alphabet, a
megabyte) and answers; it never raises.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from hookproof.signature.schemes import ENCODINGS, SCHEMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hookproof.contract.facts import Place, SignatureFacts


class SignatureState(StrEnum):
    """What became of a signature."""

    VALID = "valid"
    MISSING = "missing"
    WRONG = "wrong"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class SignatureVerdict:
    """The state, the form and encoding that matched where several are allowed, and a reason.

    `form` is a position in the forms of the facts. `demanded` is False where the vendor sends
    without a signature too.
    """

    state: SignatureState
    encoding: str = ""
    reason: str = ""
    form: int = 0
    demanded: bool = True

    @property
    def valid(self) -> bool:
        """Whether the signature proves the sender."""
        return self.state is SignatureState.VALID

    @property
    def lawful(self) -> bool:
        """Whether the vendor may have sent it: proved, or unsigned where that happens too."""
        return self.valid or (self.state is SignatureState.MISSING and not self.demanded)


def sign(
    facts: SignatureFacts, secret: bytes, *, payload: Any, body: bytes, encoding: str | None = None
) -> str:
    """The signature of a payload and its body bytes, in the given encoding or the default one.

    A signed field that is missing counts as empty text, one of another type as its JSON
    text, so that a payload that is wrong on purpose still carries the signature that a
    lenient receiver would compute.
    """
    inputs = [wire_text(_field(payload, place)) for place in facts.inputs]
    digest = SCHEMES[facts.scheme](
        secret, inputs=inputs, body=body, digest=facts.digest, secret_at=facts.secret_at
    )
    return ENCODINGS[encoding or facts.encodings[0]](digest)


def verify(
    facts: SignatureFacts,
    secret: bytes,
    *,
    payload: Any,
    body: bytes,
    headers: Iterable[tuple[str, str]] = (),
    url: str = "",
) -> SignatureVerdict:
    """Check the signature of a callback as it came; every documented form and encoding counts.

    `url` is that of the request, or what of it begins with its query.
    """
    carried = tuple(headers)
    verdicts: list[SignatureVerdict] = []
    for number, form in enumerate(facts.forms):
        found = find_signature(form.place, payload, carried, url=url)
        verdict = _verdict(form, secret, found, payload, body)
        verdicts.append(replace(verdict, form=number) if number else verdict)
        if verdict.valid:
            break
    return max(verdicts, key=lambda verdict: _CLOSENESS[verdict.state])


def find_signature(
    place: Place, payload: Any, headers: Iterable[tuple[str, str]], *, url: str = ""
) -> tuple[bool, Any]:
    """Whether there is a signature where it belongs, and its value."""
    if place.in_body:
        return isinstance(payload, dict) and place.field in payload, _field(payload, place)
    wanted = place.field if place.in_query else place.field.lower()
    for name, value in query_of(url) if place.in_query else headers:
        if (name if place.in_query else name.lower()) == wanted:
            return True, value
    return False, None


def is_in_sight(
    facts: SignatureFacts, *, headers: Iterable[tuple[str, str]] | None, url: str
) -> bool:
    """Whether a capture shows the places of all forms; `headers` is None, `url` "" for none."""
    places = [form.place for form in facts.forms]
    return all(
        bool(url) if place.in_query else place.in_body or headers is not None for place in places
    )


def query_of(url: str) -> Iterator[tuple[str, str]]:
    """The parameters of a URL's query, decoded once.

    A plus sign stays one: no signature holds a blank, and careless senders leave it bare.
    """
    _, _, query = url.partition("#")[0].partition("?")
    for pair in query.split("&") if query else ():
        name, _, value = pair.partition("=")
        yield unquote(name), unquote(value)


def wire_text(value: Any) -> bytes:
    """A signed value as the bytes it is on the wire: text as it is, all else as JSON text."""
    if value is None:
        return b""
    text = value if isinstance(value, str) else _json_text(value)
    return text.encode("utf-8", "surrogatepass")


# What a verdict on one of several forms says about the whole: the most is told.
_CLOSENESS: Final = {
    SignatureState.MISSING: 0,
    SignatureState.UNREADABLE: 1,
    SignatureState.WRONG: 2,
    SignatureState.VALID: 3,
}


def _verdict(
    facts: SignatureFacts,
    secret: bytes,
    found: tuple[bool, Any],
    payload: Any,
    body: bytes,
) -> SignatureVerdict:
    """The verdict on one form."""
    is_there, given = found
    if not is_there:
        reason = f"no {facts.place}"
        return SignatureVerdict(SignatureState.MISSING, reason=reason, demanded=facts.required)
    if reason := _unreadable(facts, given, payload):
        return SignatureVerdict(SignatureState.UNREADABLE, reason=reason)
    claimed = given.encode("utf-8", "surrogatepass")
    for encoding in facts.encodings:
        wanted = sign(facts, secret, payload=payload, body=body, encoding=encoding)
        if hmac.compare_digest(claimed, wanted.encode()):
            return SignatureVerdict(SignatureState.VALID, encoding)
    return SignatureVerdict(SignatureState.WRONG, reason="it does not match")


def _unreadable(facts: SignatureFacts, given: Any, payload: Any) -> str:
    """Why a signature cannot be compared at all, "" where it can."""
    if not isinstance(given, str) or not given:
        return f"it is no text but {'empty' if given == '' else type(given).__name__}"
    unsigned = (p for p in facts.inputs if not _signable(_field(payload, p)))
    place = next(unsigned, None)
    return f"the signed field {place.field} is no text" if place else ""


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
