"""Proves the sender of a genuine request quickly, with all that a recipe says worked out before.

A prover's yes is that of `verify`. Its no only means that `verify` has to be asked: most recipes
are a few values of the body beside the secret, and for the others there is no quick way.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, Any, Final

from hookproof.signature.schemes import ENCODINGS, METHOD, key_of
from hookproof.signature.verify import find_signature, verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from hookproof.contract.model import Part, Place, SignatureFacts

    Headers = tuple[tuple[str, str], ...]
    # Payload, body, headers and URL of a request to what is asked of it.
    Proves = Callable[[dict[str, Any], bytes, Headers, str], bool]
    Piece = Callable[[dict[str, Any], bytes, Headers, str], bytes]
    Finds = Callable[[dict[str, Any], Headers, str], Any]

_QUICK_PARTS: Final = frozenset({"literal", "secret", "value", "body", "method"})


def prover(facts: SignatureFacts, secrets: Iterable[bytes]) -> Proves:
    """What says whether any of the secrets, in any documented form, has signed a request."""
    known = tuple(secrets)
    ways = [_way(form, secret) for form in facts.forms if _is_quick(form) for secret in known]

    def proves(payload: dict[str, Any], body: bytes, headers: Headers, url: str) -> bool:
        return any(way(payload, body, headers, url) for way in ways)

    # Of one secret and one form, as of most, there is nothing to choose from.
    return ways[0] if len(ways) == 1 else proves


def _is_quick(facts: SignatureFacts) -> bool:
    return (
        not facts.is_unsigned
        and not any(place.pair for place in (facts.place, *facts.inputs))
        and not facts.text.separator
        and all(part.kind in _QUICK_PARTS for part in facts.parts)
    )


def _way(facts: SignatureFacts, secret: bytes) -> Proves:
    if facts.is_token:
        # Its message is a part of what came, read exactly.
        return lambda payload, body, headers, url: (
            verify(facts, secret, payload=payload, body=body, headers=headers, url=url).valid
        )
    given_at, digest = _finder(facts.place), _digester(facts, key_of(facts.secret, secret))
    prefix = facts.text.prefix
    encodings = [ENCODINGS[name] for name in facts.encodings]

    def way(payload: dict[str, Any], body: bytes, headers: Headers, url: str) -> bool:
        given = given_at(payload, headers, url)
        if type(given) is not str or not given.isascii():
            return False
        try:
            raw = digest(payload, body, headers, url)
        except (TypeError, UnicodeError):
            # A signed value that is missing, or no text.
            return False
        said = given.encode()
        wanted = [f"{prefix}{write(raw)}".encode() for write in encodings]
        return any(hmac.compare_digest(said, one) for one in wanted)

    return way


def _finder(place: Place) -> Finds:
    """What gives the value at a place, None where there is none."""
    name = place.field
    if place.in_body:
        return lambda payload, headers, url: payload.get(name)  # noqa: ARG005 - one of three
    return lambda payload, headers, url: find_signature(place, payload, headers, url=url)[1]


def _digester(facts: SignatureFacts, key: bytes) -> Piece:
    message = _messenger(facts, key)
    if facts.is_keyed:
        name = facts.hash
        return lambda *request: hmac.digest(key, message(*request), name)
    hashed = getattr(hashlib, facts.hash)
    return lambda *request: hashed(message(*request), usedforsecurity=False).digest()


def _messenger(facts: SignatureFacts, key: bytes) -> Piece:
    """What gives the bytes that are signed."""
    places = iter(facts.inputs)
    pieces = [_piece(part, places, key) for part in facts.parts]
    between, is_sorted = facts.separator.encode(), facts.is_sorted

    def message(payload: dict[str, Any], body: bytes, headers: Headers, url: str) -> bytes:
        said = [
            piece if type(piece) is bytes else piece(payload, body, headers, url)
            for piece in pieces
        ]
        return between.join(sorted(said) if is_sorted else said)

    return message


def _piece(part: Part, places: Iterator[Place], key: bytes) -> Any:
    match part.kind:
        case "body":
            return lambda payload, body, headers, url: body  # noqa: ARG005 - one of three
        case "value":
            find = _finder(next(places))
            return lambda payload, body, headers, url: _written(  # noqa: ARG005 - the same
                find(payload, headers, url)
            )
        case "secret":
            return key
        case _:
            return METHOD if part.kind == "method" else part.text.encode()


def _written(value: Any) -> bytes:
    """A text or a whole number as it is signed; raises TypeError for anything else."""
    if type(value) is str:
        return value.encode()
    if type(value) is int:
        return str(value).encode()
    raise TypeError
