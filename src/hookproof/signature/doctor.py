"""Finds out why a signature does not verify: the usual mistakes are made, and compared.

Whoever makes a wrong signature has made one mistake, as a rule, and a digest that follows
from a mistake is as sure a sign of it as a signature is of its sender. Nothing here tells
the secret or the right signature, whatever is asked.
"""

from __future__ import annotations

import hmac
import re
from base64 import b64decode
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from hookproof.signature.mistakes.attempt import Attempt
from hookproof.signature.mistakes.explain import Told, explained, looked_for
from hookproof.signature.mistakes.places import Around
from hookproof.signature.mistakes.reading import LONGEST, read_signature
from hookproof.signature.mistakes.shown import string_to_sign
from hookproof.signature.mistakes.table import MISTAKES
from hookproof.signature.schemes import ENCODINGS, digest_of
from hookproof.signature.verify import (
    SignatureState,
    claimed,
    find_signature,
    query_of,
    signed_values,
    verify,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hookproof.contract.model import Place, SignatureFacts

__all__ = ["MISTAKES", "Diagnosis", "diagnose", "holds_right_digest"]

_NOT_BASE64: Final = re.compile(r"[^A-Za-z0-9+/]")
_AT_REST: Final = {SignatureState.VALID, SignatureState.MISSING}
_STANDARD: Final = str.maketrans("-_", "+/")

_NO_OTHERS: Final[Mapping[str, bytes]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is to be signed, and the mistake that explains the signature that came.

    `string_to_sign` has the secret masked. `mistake` is a key of MISTAKES, "" where none
    matches; `explanation` says what the signer did and what to do, or what can be seen
    where no mistake matches. No field ever holds the secret or the right signature.
    """

    string_to_sign: str
    mistake: str = ""
    explanation: str = ""


def diagnose(  # noqa: PLR0913 - what came, piece by piece
    facts: SignatureFacts,
    secret: bytes,
    *,
    payload: Any,
    body: bytes,
    headers: Iterable[tuple[str, str]] = (),
    url: str = "",
    other_secrets: Mapping[str, bytes] = _NO_OTHERS,
    sample: Any = None,
) -> Diagnosis:
    """Explain a signature that does not verify; never raises, whatever was sent.

    `other_secrets` are further ones by names that may be shown. Of several signatures the first one
    that is there and wrong is looked at. `sample` has the names in the sender's order.
    """
    carried = tuple(headers)
    facts = _wrong_form(facts, secret, payload=payload, body=body, headers=carried, url=url)
    values = tuple(signed_values(facts, payload, carried, url=url))
    attempt = Attempt(
        facts,
        secret,
        values=values,
        payload=payload,
        body=body,
        others=other_secrets,
        sample=sample,
        url=url,
    )
    found, given = find_signature(facts.place, payload, carried, url=url)
    around = Around(carried, tuple(query_of(url)))
    if found and isinstance(given, str) and given:
        told = _explained(attempt, given, around)
    else:
        told = looked_for(attempt, around)
    return Diagnosis(string_to_sign(attempt), *told)


def _explained(attempt: Attempt, given: str, around: Around) -> Told:
    """What is wrong with the text in the signature's place; what stands before a digest too."""
    if attempt.facts.is_token:
        given = given.rpartition(".")[2]
    texts = claimed(attempt.facts, given)
    if texts:
        return explained(attempt, texts[0], around)
    told = explained(attempt, given, around)
    if told == ("", ""):
        prefix = f'"{attempt.facts.text.prefix}"'
        return "prefix-missing", MISTAKES["prefix-missing"].format(detail=prefix)
    return told


def holds_right_digest(
    facts: SignatureFacts,
    secret: bytes,
    *,
    payload: Any,
    body: bytes,
    headers: Iterable[tuple[str, str]] = (),
    url: str = "",
) -> bool:
    """Whether a request carries the right digest, in whatever writing; never raises.

    Nobody without the secret can make it: more characters after it, another letter case of
    hexadecimal digits, blanks, another padding are all read over by one library or another.
    """
    carried = tuple(headers)
    for form in (*facts.forms, *facts.together):
        values = signed_values(form, payload, carried, url=url)
        right = digest_of(form, secret, inputs=values, body=body, url=url)
        given = list(_signatures_in(form.place, payload, carried, url))
        # A key that comes twice was read once.
        texts = [*given, body.decode("utf-8", "replace")] if form.place.in_body else given
        if any(write(right) in text for text in texts for write in ENCODINGS.values()):
            return True
        if any(_reads_as(text, right) for text in given):
            return True
    return False


def _signatures_in(
    place: Place, payload: Any, headers: tuple[tuple[str, str], ...], url: str
) -> Iterator[str]:
    """Every text in the signature's place."""
    if place.in_body:
        value = payload.get(place.field) if isinstance(payload, dict) else None
        yield from [value] if isinstance(value, str) else []
    elif place.in_query:
        yield from (value for name, value in query_of(url) if name == place.field)
    else:
        wanted = place.field.lower()
        yield from (value for name, value in headers if name.lower() == wanted)


def _reads_as(text: str, digest: bytes) -> bool:
    """Whether a lenient reader takes a text for a digest, with or without more after it."""
    if digest.hex() in text.lower():
        return True
    reading = read_signature(text)
    if reading and hmac.compare_digest(reading.raw, digest):
        return True
    letters = _NOT_BASE64.sub("", text.translate(_STANDARD)[:LONGEST])
    # A last letter alone holds no whole byte, and is dropped.
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    return b64decode(letters + "=" * (-len(letters) % 4)).startswith(digest)


def _wrong_form(facts: SignatureFacts, secret: bytes, **request: Any) -> SignatureFacts:
    """The form that is there and does not verify; else one that is there; else what is sent."""
    known = [replace(form, together=()) for form in (*facts.forms, *facts.together)]
    found = [(form, verify(form, secret, **request)) for form in known]
    wrong = [form for form, verdict in found if verdict.state not in _AT_REST]
    there = [form for form, verdict in found if verdict.state is not SignatureState.MISSING]
    return next(iter(wrong or there or known))
