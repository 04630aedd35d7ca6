"""Finds out why a signature does not verify: the usual mistakes are made, and compared.

Whoever makes a wrong signature has made one mistake, as a rule, and a digest that follows
from a mistake is as sure a sign of it as a signature is of its sender. Nothing here tells
the secret or the right signature, whatever is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from hookproof.signature.guesses.attempt import Attempt
from hookproof.signature.guesses.explain import explained, looked_for
from hookproof.signature.guesses.places import Around
from hookproof.signature.guesses.shown import string_to_sign
from hookproof.signature.guesses.table import MISTAKES
from hookproof.signature.verify import find_signature, query_of, wire_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hookproof.contract.facts import SignatureFacts

__all__ = ["MISTAKES", "Diagnosis", "diagnose"]

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
) -> Diagnosis:
    """Explain a signature that does not verify; never raises, whatever was sent.

    `other_secrets` are further ones by names that may be shown. Of several documented forms the
    first one that the callback carries is looked at.
    """
    carried = tuple(headers)
    facts = _carried_form(facts, payload, carried, url)
    fields = payload if isinstance(payload, dict) else {}
    values = tuple(wire_text(fields.get(place.field)) for place in facts.inputs)
    attempt = Attempt(
        facts, secret, values=values, payload=payload, body=body, others=other_secrets
    )
    found, given = find_signature(facts.place, payload, carried, url=url)
    around = Around(carried, tuple(query_of(url)))
    if found and isinstance(given, str) and given:
        told = explained(attempt, given, around)
    else:
        told = looked_for(attempt, around)
    return Diagnosis(string_to_sign(attempt), *told)


def _carried_form(
    facts: SignatureFacts, payload: Any, headers: tuple[tuple[str, str], ...], url: str
) -> SignatureFacts:
    forms = facts.forms
    carried = (f for f in forms if find_signature(f.place, payload, headers, url=url)[0])
    return next(carried, forms[0])
