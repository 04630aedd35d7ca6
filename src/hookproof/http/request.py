"""From a payload to the exact bytes and headers that travel; nothing else writes them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import shake_256
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, quote_plus, urlencode

from hookproof.http.target import with_query
from hookproof.payload.body import CONTENT_TYPES, BodyForm
from hookproof.payload.pointer import from_pointer
from hookproof.signature import sign
from hookproof.signature.schemes import written_digest
from hookproof.signature.tokens import with_claim
from hookproof.signature.verify import wire_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.contract import Callback
    from hookproof.contract.model import Place, RequestField, SignatureFacts

    # Takes the right signature, gives what is sent in its place.
    Forger = Callable[[str], Any]

# What a forger gives to leave the field, header or parameter out.
REMOVED: Final = object()
# Made once: `json.dumps` makes one for each value.
_COMPACT: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class Layout(StrEnum):
    """How JSON is laid out: on one line, as vendors print it, or with every escape JSON allows."""

    COMPACT = "compact"
    PRINTED = "printed"
    ESCAPED = "escaped"


@dataclass(frozen=True, slots=True)
class Repeated:
    """What a forger gives to send several signatures: a header, parameter or key for each."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OneEach:
    """What a forger gives where several signatures go side by side: one value for each of them."""

    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """What goes over the wire. `payload` is what the body says, signature included.

    `query` is what the URL's query holds besides the receiver's own: `Signature=x%3D`, or "".
    `signed` is the body that was signed, where it was changed afterwards. `address` is the
    receiver's URL, where that is signed.
    """

    body: bytes
    headers: tuple[tuple[str, str], ...]
    form: BodyForm
    payload: Any = None
    query: str = ""
    signed: bytes | None = None
    address: str = ""

    @property
    def url(self) -> str:
        """The URL as far as it is known: its query, after the address where that is signed."""
        if not self.address or not self.query:
            return self.address or f"?{self.query}"
        return with_query(self.address, self.query)

    @property
    def signed_body(self) -> bytes:
        """The bytes that the signature is made over, where it covers the body."""
        return self.body if self.signed is None else self.signed


@dataclass(frozen=True, slots=True)
class Sending:
    """What a request may say of its own sending.

    `now` is in Unix seconds, `event` tells one event from all others, and `address` is the URL
    that the receiver is called at. `says` is the payload of a body that is given as bytes.
    """

    now: float = 0.0
    event: str = ""
    address: str = ""
    says: Any = None


def write_request(  # noqa: PLR0913 - each is another thing to say of a request
    callback: Callback,
    payload: Any,
    *,
    secret: bytes,
    sending: Sending,
    form: BodyForm = BodyForm.JSON,
    layout: Layout = Layout.COMPACT,
    forge: Forger | None = None,
) -> Request:
    """Sign a payload and write it as the vendor would, with all headers that the contract knows.

    A payload may be of any JSON type, or bytes to be sent as they are. `forge` replaces each
    right signature; where it gives REMOVED there is none, of Repeated each one is sent, and of
    OneEach the one at the position among those that go side by side. In a header its characters
    are the bytes that travel, so they go up to U+00FF; in a query U+DC80 to U+DCFF are bytes that
    are no UTF-8.
    """
    facts = callback.signature
    place = facts.place
    more: list[Any] = []
    address = sending.address if facts.covers_url else ""
    beside = _beside(callback, payload, form, sending)
    if place.in_body and isinstance(payload, dict):
        url = Request(b"", (), form, query=beside.query, address=address).url
        right = sign(facts, secret, payload=payload, body=b"", headers=beside.headers, url=url)
        first, *more = _forged(forge, right, 0) if forge else [f"{facts.text.prefix}{right}"]
        payload = _with_field(payload, place.field, first)
        beside = _beside(callback, payload, form, sending)
    body = payload if isinstance(payload, bytes) else write_body(payload, form=form, layout=layout)
    for another in more:
        body = with_key_again(body, place.field, another)
    for fact in [one for one in callback.request_fields if one.digest]:
        beside.add(fact.place, written_digest(fact.digest, fact.encoding, body))
    for number, one in enumerate(facts.sent):
        if not one.place.in_body and not one.is_unsigned:
            url = Request(body, (), form, query=beside.query, address=address).url
            right = sign(one, secret, payload=payload, body=body, headers=beside.headers, url=url)
            if one.is_token:
                beside.remove(one.place)  # its claims, which are in the signed one
            for each in _forged(forge, right, number) if forge else (right,):
                if each is not REMOVED:
                    beside.add(one.place, f"{one.text.prefix}{each}")
    return Request(body, tuple(beside.headers), form, payload, beside.query, address=address)


def _beside(callback: Callback, payload: Any, form: BodyForm, sending: Sending) -> _Beside:
    """What a request has beside its body and its signatures."""
    beside = _Beside([("Content-Type", content_type(callback, form))], callback.signature)
    payload = sending.says if isinstance(payload, bytes) else payload
    for fact in callback.request_fields:
        value = _value_of(fact, payload, sending)
        if value is not None:
            beside.add(fact.place, value, is_number=bool(fact.moment))
    return beside


@dataclass(slots=True)
class _Beside:
    """The headers and the parameters of a request, as they come together."""

    headers: list[tuple[str, str]]
    facts: SignatureFacts
    parameters: list[tuple[str, str]] = field(default_factory=list)

    def add(self, place: Place, value: str, *, is_number: bool = False) -> None:
        """Put a value where it belongs, beside what stands there: pairs, or claims of a token."""
        kept = self._kept(place)
        known = next((n for n, (name, _) in enumerate(kept) if name == place.field), None)
        if not place.pair and not place.claim:
            kept.append((place.field, value))
            return
        at = len(kept) if known is None else known
        before = "" if known is None else kept[at][1]
        if place.claim:
            claim = int(value) if is_number else value
            after = with_claim(self.facts, before, place.claim, claim)
        else:
            between = place.separator if before else ""
            after = f"{before}{between}{place.pair}={value}"
        kept[at : at + 1] = [(place.field, after)]

    def remove(self, place: Place) -> None:
        """Leave out what stands in a place."""
        kept = self._kept(place)
        kept[:] = [pair for pair in kept if pair[0] != place.field]

    def _kept(self, place: Place) -> list[tuple[str, str]]:
        return self.parameters if place.in_query else self.headers

    @property
    def query(self) -> str:
        """The parameters as they stand in a URL."""
        pairs = ((quote(name, safe=""), _in_query(value)) for name, value in self.parameters)
        return "&".join(f"{name}={value}" for name, value in pairs)


def content_type(callback: Callback, form: BodyForm) -> str:
    """What a request calls its body: by the page, else the usual name."""
    said = [one.media_type for one in callback.encodings if one.encoding == form.value]
    return (said[0] if said else "") or CONTENT_TYPES[form]


def unique_like(sample: str, event: str) -> str:
    """A value of the form of a sample that only this event has.

    Digits become digits, letters letters of their case, those of hexadecimal ones too.
    """
    digits = shake_256(event.encode("utf-8", "surrogatepass")).digest(len(sample))
    start = len(sample) - len(sample.rsplit("_", maxsplit=1)[-1])
    letters = "abcdef" if not re.search("[g-zG-Z]", sample[start:]) else ascii_lowercase
    made = []
    for char, chance in zip(sample, digits, strict=True):
        if char.isdigit():
            made.append(str(chance % 10))
        elif char.isascii() and char.isalpha():
            letter = letters[chance % len(letters)]
            made.append(letter.upper() if char.isupper() else letter)
        else:
            made.append(char)
    return sample[:start] + "".join(made[start:])


def moment_text(unit: str, at: float) -> str:
    """A moment in Unix seconds as a header or a parameter has it."""
    if unit == "rfc3339":
        text = datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")
        return text.replace("+00:00", "Z")
    return str(int(at * (1000 if unit == "milliseconds" else 1)))


def _value_of(fact: RequestField, payload: Any, sending: Sending) -> str | None:
    """What stands in a header or a parameter; None where the payload has no such fact."""
    if fact.moment:
        return moment_text(fact.moment, sending.now + fact.after)
    if fact.digest:
        return None  # it is made of the body, when that is written
    if fact.is_unique:
        return unique_like(fact.text, sending.event)
    if not fact.pointer:
        return fact.text
    for part in from_pointer(fact.pointer):
        payload = payload.get(part) if isinstance(payload, dict) else None
    if payload is None:
        return None
    text = wire_text(payload).decode(errors="replace")
    # A header holds no line end, and nothing beyond ASCII that all read alike.
    plain = fact.place.in_query or (text.isascii() and text.isprintable())
    return text if plain else quote(text)


def with_parameter(query: str, name: str, written: str) -> str:
    """A query whose parameter of that name, if any, has another value, written as it is."""
    key = quote(name, safe="")
    parts = (part.partition("=") for part in query.split("&"))
    return "&".join(f"{key}={written}" if n == key else n + eq + v for n, eq, v in parts)


def _in_query(value: str) -> str:
    # Percent-encoded whole: in a query a plus sign would be read as a blank. Lone surrogates are
    # bytes that are no UTF-8.
    return quote(value, safe="", errors="surrogateescape")


def _forged(forge: Forger, right: str, number: int) -> tuple[Any, ...]:
    """What is sent in the place of a right signature, the one of that number in the request.

    Who cannot make one of several signatures can make none of them.
    """
    forged = forge(right)
    if isinstance(forged, OneEach):
        forged = forged.values[number]
    return forged.values if isinstance(forged, Repeated) else (forged,)


def with_key_again(body: bytes, name: str, value: Any) -> bytes:
    """A body that holds an object, in whatever form, with a key of it once more at its end."""
    again = "," + write_json({name: value})[1:]
    if body[:1] == b"{":
        return body.rstrip()[:-1] + again.encode()
    if body.endswith(b"%7D"):
        return body.removesuffix(b"%7D") + quote_plus(again).encode()
    return body + b"&" + urlencode([(name, _form_value(value))]).encode()


def write_body(payload: Any, *, form: BodyForm, layout: Layout = Layout.COMPACT) -> bytes:
    """A payload as body bytes; a form of something that is no object is its JSON text."""
    if form is BodyForm.FORM and isinstance(payload, dict):
        pairs = [(name, _form_value(value)) for name, value in payload.items()]
        return urlencode(pairs, errors="surrogatepass").encode()
    text = write_json(payload, layout=layout)
    if form is BodyForm.PERCENT_JSON:
        return quote_plus(text, errors="surrogatepass").encode()
    return text.encode("utf-8", "surrogatepass")


def write_json(value: Any, *, layout: Layout = Layout.COMPACT) -> str:
    """A value as JSON text."""
    if layout is Layout.PRINTED:
        return json.dumps(value, ensure_ascii=False, indent=4)
    if layout is Layout.ESCAPED:
        return json.dumps(value, separators=(",", ":")).replace("/", "\\/")
    return _COMPACT.encode(value)


def _with_field(payload: dict[str, Any], name: str, value: Any) -> dict[str, Any]:
    if value is REMOVED:
        return {key: kept for key, kept in payload.items() if key != name}
    # A field that is there keeps its place: a form shows the order.
    return {**payload, name: value}


def _form_value(value: Any) -> str:
    return value if isinstance(value, str) else write_json(value)
