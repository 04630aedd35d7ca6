"""Signs a payload and verifies a signature, by the facts of the contract.

Verifying takes whatever a stranger may send (no value, a list, another alphabet, a
megabyte) and answers; it never raises.
"""

from __future__ import annotations

import hmac
import json
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import unquote

from hookproof.signature.schemes import ENCODINGS, digest_of
from hookproof.signature.tokens import claims_of, holds_body, signed_part, why_no_token

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hookproof.contract.model import Place, SignatureFacts


class SignatureState(StrEnum):
    """What became of a signature."""

    VALID = "valid"
    MISSING = "missing"
    WRONG = "wrong"
    UNREADABLE = "unreadable"
    # Right, but by the secret of sanitised copies, which proves nobody.
    PUBLISHED = "published secret"


@dataclass(frozen=True, slots=True)
class SignatureVerdict:
    """The state, the form and encoding that matched where several are allowed, and a reason.

    `form` is a position in the forms of the facts.
    """

    state: SignatureState
    encoding: str = ""
    reason: str = ""
    form: int = 0

    @property
    def valid(self) -> bool:
        """Whether the signature proves the sender."""
        return self.state is SignatureState.VALID


def sign(  # noqa: PLR0913 - what a signature may cover, piece by piece
    facts: SignatureFacts,
    secret: bytes,
    *,
    payload: Any,
    body: bytes,
    encoding: str | None = None,
    headers: Iterable[tuple[str, str]] = (),
    url: str = "",
) -> str:
    """The signature of a request, in the given encoding or the default one, less its prefix.

    Of a token it is all of it, with the claims of the one that stands in its place.

    A signed value that is missing counts as empty text, one of another type as its JSON
    text, so that a payload that is wrong on purpose still carries the signature that a
    lenient receiver would compute.
    """
    inputs = signed_values(facts, payload, tuple(headers), url=url)
    digest = digest_of(facts, secret, inputs=inputs, body=body, url=url)
    text = ENCODINGS[encoding or facts.encodings[0]](digest)
    beside = inputs[0].decode("utf-8", "replace") if facts.is_token else ""
    return whole(facts, text, beside=beside, body=body)


def whole(facts: SignatureFacts, digest: str, *, beside: str, body: bytes) -> str:
    """A written digest with what belongs to it: of a token `beside`, its head and claims."""
    return f"{signed_part(facts, beside, body)}.{digest}" if facts.is_token else digest


def signed_values(
    facts: SignatureFacts, payload: Any, headers: tuple[tuple[str, str], ...], *, url: str
) -> list[bytes]:
    """The signed values of a request as they are on the wire, empty where one is missing."""
    found = (find_signature(place, payload, headers, url=url)[1] for place in facts.inputs)
    return [wire_text(value) for value in found]


def written(facts: SignatureFacts, signature: str, *, beside: str = "") -> str:
    """A signature as the value of its header, parameter or field; `beside` is what stands there."""
    text = f"{facts.text.prefix}{signature}"
    if not facts.place.pair:
        return text
    pair = f"{facts.place.pair}={text}"
    return f"{beside}{facts.place.separator}{pair}" if beside else pair


def claimed(facts: SignatureFacts, given: str) -> list[str]:
    """The signatures in what stands in their place, each less its prefix.

    There may be several where the contract says so; those with another prefix are of another
    version, and are left out.
    """
    several = facts.text.separator
    texts = given.split(several) if several else [given]
    prefix = facts.text.prefix
    return [text.removeprefix(prefix) for text in texts if text.startswith(prefix)]


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

    Of signatures that are sent side by side any proves the sender, and none may be wrong. `url` is
    that of the request, or what of it begins with its query.
    """
    request = _Request(payload, body, tuple(headers), url)
    if not (facts.alternatives or facts.together):
        return _verdict(facts, secret, request)
    verdicts: list[SignatureVerdict] = []
    for number, form in enumerate(facts.forms):
        verdicts.append(replace(_side_by_side(form, facts, secret, request), form=number))
        if verdicts[-1].valid:
            break
    return max(verdicts, key=lambda verdict: _CLOSENESS[verdict.state])


def _side_by_side(
    form: SignatureFacts, facts: SignatureFacts, secret: bytes, request: _Request
) -> SignatureVerdict:
    """The verdict on one form and what is sent beside it: the first one there that is not right."""
    found = _verdict(form, secret, request)
    for one in facts.together:
        beside = _verdict(one, secret, request)
        if beside.state is SignatureState.MISSING or found.state in _REFUSED:
            continue
        if not beside.valid:
            found = replace(beside, reason=f"{one.place}: {beside.reason}")
        elif not found.valid:
            # Its own encoding says nothing of those that the form may have.
            found = SignatureVerdict(SignatureState.VALID)
    return found


def find_signature(
    place: Place, payload: Any, headers: Iterable[tuple[str, str]], *, url: str = ""
) -> tuple[bool, Any]:
    """Whether there is a signature where it belongs, and its value."""
    if place.in_body:
        return isinstance(payload, dict) and place.field in payload, _field(payload, place)
    texts = values_at(place, headers, url=url)
    return (True, texts[0]) if texts else _NONE


def values_at(place: Place, headers: Iterable[tuple[str, str]], *, url: str) -> list[str]:
    """All texts at a place in the headers or the query, those of a list of pairs one by one."""
    if place.in_query:
        found = [value for name, value in query_of(url) if name == place.field]
    else:
        wanted = place.field.lower()
        found = [value for name, value in headers if name.lower() == wanted]
    if place.claim:
        claims = [claims_of(value).get(place.claim) for value in found]
        return [str(value) for value in claims if isinstance(value, str | int)]
    if not place.pair:
        return found
    pairs = [
        pair.strip().partition("=") for value in found for pair in value.split(place.separator)
    ]
    return [value for name, equals, value in pairs if equals and name == place.pair]


def hidden_in(
    facts: SignatureFacts, payload: Any, headers: Iterable[tuple[str, str]], *, url: str
) -> str:
    """What a tool wrote over a signature, or over what goes into one; "" where it hid nothing."""
    places = [place for form in facts.forms for place in (form.place, *form.inputs)]
    found = (find_signature(place, payload, headers, url=url)[1] for place in places)
    return next((text for text in found if isinstance(text, str) and _MASK.search(text)), "")


def is_in_sight(
    facts: SignatureFacts, *, headers: Iterable[tuple[str, str]] | None, url: str
) -> bool:
    """Whether a capture shows the places of all forms; `headers` is None, `url` "" for none."""
    return (
        not facts.is_unsigned
        and all(
            bool(url) if place.in_query else place.in_body or headers is not None
            for form in facts.forms
            for place in (form.place, *form.inputs)
        )
        and (bool(url) or not facts.covers_url)
    )


def addresses(
    facts: SignatureFacts, url: str, headers: Iterable[tuple[str, str]]
) -> tuple[str, ...]:
    """The URL; where it is signed and only its path is known, what the sender may have called."""
    host = next((value for name, value in headers if name.lower() == "host"), "")
    if "://" in url or not host or not facts.covers_url:
        return (url,)
    return (f"https://{host}{url}", f"http://{host}{url}")


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


_NONE: Final = (False, None)
# What loggers and proxies write for what may be secret; no encoding of a signature has stars.
_MASK: Final = re.compile(
    r"\*{3}|•{3}|(?i:^\W*(?:redacted|filtered|masked|hidden|removed|secret|sensitive|scrubbed)\W*$)"
)
# What a verdict on one of several forms says about the whole: the most is told.
_CLOSENESS: Final = {
    SignatureState.MISSING: 0,
    SignatureState.UNREADABLE: 1,
    SignatureState.WRONG: 2,
    SignatureState.VALID: 3,
}
_REFUSED: Final = {SignatureState.WRONG, SignatureState.UNREADABLE}


class _Request(NamedTuple):
    """A request as it came."""

    payload: Any
    body: bytes
    headers: tuple[tuple[str, str], ...]
    url: str

    def at(self, place: Place) -> tuple[bool, Any]:
        """Whether there is a value at a place, and the first one."""
        return find_signature(place, self.payload, self.headers, url=self.url)

    def texts_at(self, place: Place) -> list[str]:
        """All texts at a place."""
        if place.in_body:
            value = _field(self.payload, place)
            return [value] if isinstance(value, str) else []
        return values_at(place, self.headers, url=self.url)


def _verdict(facts: SignatureFacts, secret: bytes, request: _Request) -> SignatureVerdict:
    """The verdict on one form."""
    is_there, given = request.at(facts.place)
    if not is_there:
        return SignatureVerdict(SignatureState.MISSING, reason=f"no {facts.place}")
    if reason := _unreadable(facts, given, request):
        return SignatureVerdict(SignatureState.UNREADABLE, reason=reason)
    texts = request.texts_at(facts.place) if facts.place.pair else [given]
    signatures = [one for text in texts for one in claimed(facts, text)]
    values = signed_values(facts, request.payload, request.headers, url=request.url)
    for url in addresses(facts, request.url, request.headers):
        right = digest_of(facts, secret, inputs=values, body=request.body, url=url)
        for encoding in facts.encodings:
            digest, token = ENCODINGS[encoding](right), str(given)
            wanted = whole(facts, digest, beside=token, body=request.body).encode()
            for one in signatures:
                if hmac.compare_digest(one.encode("utf-8", "surrogatepass"), wanted):
                    return SignatureVerdict(SignatureState.VALID, encoding)
    if not signatures and facts.text.prefix:
        return SignatureVerdict(SignatureState.WRONG, reason=f"nothing begins {facts.text.prefix}")
    if facts.is_token and not holds_body(facts, str(given), request.body):
        claim = f"its claim {facts.body_claim.name} is not the digest of this body"
        return SignatureVerdict(SignatureState.WRONG, reason=claim)
    return SignatureVerdict(SignatureState.WRONG, reason="it does not match")


def _unreadable(facts: SignatureFacts, given: Any, request: _Request) -> str:
    """Why a signature cannot be compared at all, "" where it can."""
    if not isinstance(given, str) or not given:
        return f"it is no text but {'empty' if given == '' else type(given).__name__}"
    if facts.is_token:
        return why_no_token(facts, given)
    for place in facts.inputs:
        value = request.at(place)[1]
        if not _signable(value):
            field = f"field {place.field}" if place.in_body else str(place)
            # A number written 1e3 may have been signed as 1000 as well.
            is_fraction = isinstance(value, float)
            why = "written as a fraction" if is_fraction else "no text and no integer"
            return f"the signed {field} is {why}"
    return ""


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
