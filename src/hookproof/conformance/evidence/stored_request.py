"""Keeps the request behind a finding without its signature, and makes it anew for another time.

All is told from the bytes that were sent: where the moment and the nonce are, whether they were
of now, and how the signature follows from the right one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from hookproof.conformance.cases.forgeries import NOBODYS_SECRET
from hookproof.findings.stored import SIGNATURE_MARK, StoredRequest, as_stored_text
from hookproof.http.request import Request
from hookproof.payload.body import BodyForm, read_body
from hookproof.signature import sign
from hookproof.signature.verify import find_signature

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable, Iterator

    from hookproof.contract import Callback
    from hookproof.contract.model import Place

_MARK: Final = SIGNATURE_MARK.encode()
# What lies further from now was not put there by the clock.
_TWO_DAYS: Final = 2 * 24 * 60 * 60
# Seconds that may pass between the writing of a request and its storing.
_ON_THE_WAY: Final = 30
# A digest, or half of one, has more distinct characters.
_FEWEST_CHARACTERS: Final = 5

# How forged signatures follow from right ones.
_WAYS: Final[dict[str, Callable[[str], str]]] = {
    "right": str,
    "reversed": lambda right: right[::-1],
    "upper-case": str.upper,
    "first-half": lambda right: right[: len(right) // 2],
    "followed-by-0": lambda right: right + "0",
}
_NONE: Final = "none"
_OTHER_BODY: Final = "other-body"


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: the callback, its secret, and how the digest is written."""

    callback: Callback
    secret: bytes
    encoding: str

    @property
    def place(self) -> Place:
        """Where the signature goes."""
        return self.callback.signature.place

    @property
    def others(self) -> dict[str, bytes]:
        """The secrets that forgers use, by the way of signing that they are."""
        printed = enumerate(self.callback.signature.printed_secrets, start=1)
        return {
            "other-secret": NOBODYS_SECRET,
            "empty-secret": b"",
            **{f"printed-secret-{number}": secret.encode() for number, secret in printed},
        }

    def sign(self, payload: Any, body: bytes, *, secret: bytes | None = None) -> str:
        """The right signature, or the one that another secret gives."""
        facts = self.callback.signature
        if facts.is_unsigned:
            return ""
        key = self.secret if secret is None else secret
        return sign(facts, key, payload=payload, body=body, encoding=self.encoding)


def store(
    request: Request, signer: Signer, *, now: float, chunked: bool, before: str, reaction: str
) -> StoredRequest:
    """Keep a request that was sent just `now` (Unix seconds)."""
    callback = signer.callback
    way, sent = _way_of(request, signer)
    # Of two signatures one may be the right one.
    never = {sent, signer.sign(request.payload, request.signed_body)} - {""}
    body, signed = (_masked(raw, never) for raw in (request.body, request.signed_body))
    is_base64, texts = as_stored_text(body, signed)
    return StoredRequest(
        body=texts[0],
        signed=texts[1] if signed != body else None,
        base64=is_base64,
        headers=tuple(
            (name, SIGNATURE_MARK if value in never else value) for name, value in request.headers
        ),
        query=_masked_query(request.query, never),
        form=request.form.value,
        chunked=chunked,
        signature=way,
        encoding=signer.encoding,
        moment=_moment_offset(body, callback, now),
        nonces=tuple(_fresh_nonces(body, callback, now)),
        before=before,
        reaction=reaction,
    )


def revive(
    stored: StoredRequest, signer: Signer, *, now: float, chance: random.Random, other: str = ""
) -> Request:
    """The request as it is sent `now`: its moment and nonces of now, its signature made anew.

    `other` is a signature that the receiver has accepted with another body.
    """
    signer = replace(signer, encoding=stored.encoding)
    body, signed = stored.raw_body, stored.raw_signed
    for name, digits in _fresh_values(stored, signer.callback, now, chance):
        pattern = place_of(name)
        body, signed = (pattern.sub(rb"\g<1>" + digits, raw, count=1) for raw in (body, signed))
    form = BodyForm(stored.form)
    payload = read_body(signed, form=form).value
    is_other = stored.signature == _OTHER_BODY and other
    signature = other if is_other else _signature(stored.signature, signer, payload, signed)
    headers = tuple(
        (name, value.replace(SIGNATURE_MARK, signature)) for name, value in stored.headers
    )
    query = stored.query.replace(SIGNATURE_MARK, quote(signature, safe=""))
    return Request(body.replace(_MARK, signature.encode()), headers, form, payload, query)


# -- the signature ----------------------------------------------------------------------------


def _way_of(request: Request, signer: Signer) -> tuple[str, str]:
    """How the signature that was sent follows from the right one, and itself."""
    query = f"?{request.query}"
    _, sent = find_signature(signer.place, request.payload, request.headers, url=query)
    # Neither zeros nor a word tell anything of the secret.
    if not isinstance(sent, str) or len(set(sent)) < _FEWEST_CHARACTERS:
        return _NONE, ""
    right = signer.sign(request.payload, request.signed_body)
    for name, way in _WAYS.items():
        if way(right) == sent:
            return name, sent
    for name, secret in signer.others.items():
        if signer.sign(request.payload, request.signed_body, secret=secret) == sent:
            return name, sent
    return _OTHER_BODY, sent


def _signature(way: str, signer: Signer, payload: Any, body: bytes) -> str:
    """The signature to send; raises KeyError for a way that nobody knows."""
    if way == _NONE:
        return ""
    if way in signer.others:
        return signer.sign(payload, body, secret=signer.others[way])
    if way == _OTHER_BODY:
        return signer.sign({}, b"another body")
    return _WAYS[way](signer.sign(payload, body))


def _masked(raw: bytes, never: Iterable[str]) -> bytes:
    for signature in never:
        raw = raw.replace(signature.encode("utf-8", "surrogatepass"), _MARK)
    return raw


def _masked_query(query: str, never: Iterable[str]) -> str:
    for signature in never:
        query = query.replace(quote(signature, safe="", errors="surrogateescape"), SIGNATURE_MARK)
    return query


# -- the moment and the nonces ----------------------------------------------------------------


def place_of(name: str) -> re.Pattern[bytes]:
    """Where a field's digits are: in JSON, in a form, in percent-encoded JSON.

    What comes before them is the first group, they are the second.
    """
    field = re.escape(name.encode())
    json = rb'"' + field + rb'"\s*:\s*"?'
    form = rb"(?:^|&)" + field + rb"="
    percent = rb"%22" + field + rb"%22(?:\+|%20)*%3A(?:\+|%20)*(?:%22)?"
    return re.compile(rb"(" + json + rb"|" + form + rb"|" + percent + rb")([0-9]{9,20})(?![0-9])")


def _digits_in(body: bytes, name: str) -> int | None:
    found = place_of(name).search(body)
    return int(found[2]) if found else None


def _moment_offset(body: bytes, callback: Callback, now: float) -> int | None:
    sent_at = callback.sent_at
    value = _digits_in(body, sent_at.field) if sent_at else None
    if sent_at is None or value is None:
        return None
    offset = round(sent_at.read(value) - now)
    if abs(offset) <= _ON_THE_WAY:
        return 0
    return offset if abs(offset) <= _TWO_DAYS else None


def _fresh_nonces(body: bytes, callback: Callback, now: float) -> Iterator[str]:
    """The nonces that hold the second of their making, as the sender's own do."""
    for name in callback.signature.nonces:
        value = _digits_in(body, name)
        if value is not None and abs((value >> 32) - now) <= _TWO_DAYS:
            yield name


def _fresh_values(
    stored: StoredRequest, callback: Callback, now: float, chance: random.Random
) -> Iterator[tuple[str, bytes]]:
    if stored.moment is not None and callback.sent_at:
        yield callback.sent_at.field, b"%d" % callback.sent_at.written(now + stored.moment)
    for name in stored.nonces:
        yield name, b"%d" % ((int(now) << 32) | chance.getrandbits(32))
