"""Keeps the request behind a finding without its signature, and tells what in it is of its moment.

That is told from the bytes that were sent: where the moment and the nonces are, and whether they
were of now.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from hookproof.findings.finding import SIGNATURE_MARK, StoredRequest, as_stored_text
from hookproof.signature import sign
from hookproof.signature.verify import find_signature

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.conformance.cases.cases import Case
    from hookproof.contract import Callback
    from hookproof.http.request import Request

# What lies further from now was not put there by the clock.
_TWO_DAYS: Final = 2 * 24 * 60 * 60
# Seconds that may pass between the writing of a request and its storing.
_ON_THE_WAY: Final = 30
# A digest, or half of one, has more distinct characters; less tells nothing of the secret.
_FEWEST_CHARACTERS: Final = 5
# What is kept of a case as it is. It is read by another module, for pydantic takes its time.
TEXTS: Final = ("label", "nonce", "advice", "where", "kind")
FLAGS: Final = ("verbatim", "chunked", "followed", "may_refuse", "suspect", "may_close")


def store(
    request: Request, *, case: Case, callback: Callback, secret: bytes, now: float, reaction: str
) -> StoredRequest:
    """Keep the request of a case that was sent just `now` (Unix seconds), signed as `callback`."""
    body, headers, query = request.body, request.headers, request.query
    for signature in _signatures(request, callback, secret):
        raw = signature.encode("utf-8", "surrogatepass")
        body = body.replace(raw, SIGNATURE_MARK.encode())
        headers = tuple((name, text.replace(signature, SIGNATURE_MARK)) for name, text in headers)
        coded = quote(signature, safe="", errors="surrogateescape")
        query = query.replace(coded, SIGNATURE_MARK)
    is_base64, text = as_stored_text(body)
    return StoredRequest(
        body=text,
        base64=is_base64,
        headers=headers,
        query=query,
        chunked=case.chunked,
        moment=_moment_offset(body, callback, now),
        nonces=tuple(_fresh_nonces(body, callback, now)),
        reaction=reaction,
        case=case_as_text(case, signature=callback.signature.place.field),
    )


def _signatures(request: Request, callback: Callback, secret: bytes) -> list[str]:
    """All that may not be kept, the longest first: what was sent and what is right.

    Where a signature is sent twice, one of the two may be the right one.
    """
    found = set()
    payload, headers, url = request.payload, request.headers, request.url
    for facts in () if callback.signature.is_unsigned else callback.signature.sent:
        _, sent = find_signature(facts.place, payload, headers, url=url)
        if isinstance(sent, str) and len(set(sent)) >= _FEWEST_CHARACTERS:
            found.add(sent)
        body = request.signed_body
        found.add(sign(facts, secret, payload=payload, body=body, headers=headers, url=url))
    return sorted(found, key=len, reverse=True)


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


def case_as_text(case: Case, *, signature: str) -> str:
    """A case as JSON text, without the signature, which a payload may have in that field."""
    payload = case.payload
    if isinstance(payload, dict):
        payload = {name: "" if name == signature else value for name, value in payload.items()}
    raw = isinstance(payload, bytes)
    told: dict[str, Any] = {
        "check": case.check.value,
        "payload": b64encode(payload).decode() if isinstance(payload, bytes) else payload,
        "raw": raw,
        "form": case.form.value if case.form else None,
        "layout": case.layout.value,
        "kept": sorted(case.kept),
        "shift": case.shift,
        "content_type": case.content_type,
        "before": [one.value for one in case.before],
        "together": case.together,
        "named": is_code(case),
    }
    told |= {name: getattr(case, name) for name in (*TEXTS, *FLAGS)}
    return json.dumps(told, separators=(",", ":"))


def is_code(case: Case) -> bool:
    """Whether code says how it is made, so that it is kept by its name."""
    return any((case.forge, case.rewrite, case.tamper)) or case.secret is not None
