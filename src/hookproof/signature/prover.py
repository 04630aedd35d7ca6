"""Proves the sender of a genuine request quickly, with all that a recipe says worked out before.

A prover's yes is that of `verify`. Its no only means that `verify` has to be asked: most recipes
are a few values of the body beside the secret, and for the others there is no quick way.
"""

from __future__ import annotations

import hashlib
import hmac
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, Protocol

from hookproof.signature.schemes import ENCODINGS, METHOD, key_of
from hookproof.signature.verify import find_signature, verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from hookproof.contract.model import Part, Place, SignatureFacts

    # A payload and the request that it came in, to what is asked of them.
    Proves = Callable[[dict[str, Any], "Asked"], bool]
    Signs = Callable[[dict[str, Any], "Asked"], str]
    Piece = Callable[[dict[str, Any], "Asked"], bytes]
    Finds = Callable[[dict[str, Any], "Asked"], Any]

_QUICK_PARTS: Final = frozenset({"literal", "secret", "value", "body", "method"})


class Asked(Protocol):
    """A request as far as a signature asks for it; most do not ask for its headers."""

    @property
    def body(self) -> bytes:
        """The body as it came."""

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """The headers as texts."""

    @property
    def url(self) -> str:
        """The URL, "" where it is not known."""


def prover(facts: SignatureFacts, secrets: Iterable[bytes]) -> Proves:
    """What says whether any of the secrets, in any documented form, has signed a request."""
    known = tuple(secrets)
    quick = all(map(_is_quick, facts.together))
    ways = [
        _all_of(_way(one, secret) for one in (form, *facts.together))
        for form in facts.forms
        if quick and _is_quick(form)
        for secret in known
    ]
    # Of one secret and one form, as of most, there is nothing to choose from.
    if len(ways) == 1:
        return ways[0]
    return lambda payload, request: any(way(payload, request) for way in ways)


def _all_of(ways: Iterable[Proves]) -> Proves:
    """What says whether all signatures that are sent side by side are there, and right."""
    first, *others = ways
    if not others:
        return first
    return lambda payload, request: all(way(payload, request) for way in (first, *others))


def signer(facts: SignatureFacts, secret: bytes) -> Signs | None:
    """What signs as `sign` does, in the first encoding; None where there is no quick way.

    It raises KeyError, TypeError or UnicodeError for a signed value that is missing, or no text.
    """
    if facts.is_token or not _is_quick(facts):
        return None
    message, digest = _messenger(facts, key := key_of(facts.secret, secret)), _digester(facts, key)
    write = ENCODINGS[facts.encodings[0]]
    return lambda payload, request: write(digest(message(payload, request)))


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
        return lambda payload, request: (
            verify(
                facts,
                secret,
                payload=payload,
                body=request.body,
                headers=request.headers,
                url=request.url,
            ).valid
        )
    message, digest = _messenger(facts, key := key_of(facts.secret, secret)), _digester(facts, key)
    in_body, given_at = facts.place.in_body and facts.place.field, _finder(facts.place)
    prefix, same = facts.text.prefix, hmac.compare_digest
    is_body = [part.kind for part in facts.parts] == ["body"]
    first, *others = [ENCODINGS[name] for name in facts.encodings]

    def way(payload: dict[str, Any], request: Asked) -> bool:
        given = payload.get(in_body) if in_body else given_at(payload, request)
        if type(given) is not str or not given.isascii():
            return False
        try:
            raw = digest(request.body if is_body else message(payload, request))
        except (KeyError, TypeError, UnicodeError):
            # A signed value that is missing, or no text.
            return False
        right = first(raw)
        if same(given, prefix + right if prefix else right):
            return True
        return any(same(given, prefix + write(raw)) for write in others)

    names = _sorted_members(facts)
    is_hex = in_body and not (prefix or facts.is_keyed) and facts.encodings[0] == "hex"
    return _hashed(facts, key, names, way) if names and is_hex else way


def _hashed(facts: SignatureFacts, key: bytes, names: list[str], exactly: Proves) -> Proves:
    """A quicker way for sorted texts of the body, hashed to hexadecimal digits beside them.

    Of what is not as nearly all are, it asks the other one.
    """
    begun = hashlib.new(facts.hash, usedforsecurity=False)
    pieces = [_piece(part, iter(facts.inputs), key) for part in facts.parts if part.kind != "value"]
    texts = [one.decode(errors="surrogateescape") for one in pieces]
    values, space = itemgetter(*names), facts.separator
    given_at, same = facts.place.field, hmac.compare_digest

    def way(payload: dict[str, Any], request: Asked) -> bool:
        try:
            one = begun.copy()
            one.update(space.join(sorted([*texts, *values(payload)])).encode())
            if same(payload[given_at], one.hexdigest()):
                return True
        except (KeyError, TypeError, UnicodeError):
            pass
        return exactly(payload, request)

    return way


def _finder(place: Place) -> Finds:
    """What gives the value at a place, None where there is none."""
    name = place.field
    if place.in_body:
        return lambda payload, request: payload.get(name)  # noqa: ARG005 - one of three
    if place.within == "header" and not (place.pair or place.claim):
        return _header(name.lower())
    return lambda payload, request: find_signature(
        place, payload, request.headers, url=request.url
    )[1]


def _header(name: str) -> Finds:
    def find(payload: dict[str, Any], request: Asked) -> str | None:  # noqa: ARG001 - one of three
        for header, value in request.headers:
            if len(header) == length and header.lower() == name:
                return value
        return None

    length = len(name)

    return find


def _digester(facts: SignatureFacts, key: bytes) -> Callable[[bytes], bytes]:
    """What gives the digest of a message; to go on with one begun is cheaper than to begin it."""
    if not facts.is_keyed:
        begun = hashlib.new(facts.hash, usedforsecurity=False)

        def digest(message: bytes) -> bytes:
            one = begun.copy()
            one.update(message)
            return one.digest()

        return digest
    # As hmac does it, of which a copy takes twice as long: RFC 2104.
    size = hashlib.new(facts.hash).block_size
    key = (hashlib.new(facts.hash, key).digest() if len(key) > size else key).ljust(size, b"\0")
    inner = hashlib.new(facts.hash, bytes(byte ^ 0x36 for byte in key))
    outer = hashlib.new(facts.hash, bytes(byte ^ 0x5C for byte in key))

    def keyed_digest(message: bytes) -> bytes:
        one, other = inner.copy(), outer.copy()
        one.update(message)
        other.update(one.digest())
        return other.digest()

    return keyed_digest


def _messenger(facts: SignatureFacts, key: bytes) -> Piece:
    """What gives the bytes that are signed."""
    kinds = [part.kind for part in facts.parts]
    if kinds == ["body"]:
        return lambda payload, request: request.body  # noqa: ARG005 - one of three
    places, between = iter(facts.inputs), facts.separator.encode()
    pieces = [_piece(part, places, key) for part in facts.parts]
    if names := _sorted_members(facts):
        return _sorted_values(names, [one for one in pieces if type(one) is bytes], between)

    def message(payload: dict[str, Any], request: Asked) -> bytes:
        said = [piece if type(piece) is bytes else piece(payload, request) for piece in pieces]
        return between.join(sorted(said) if facts.is_sorted else said)

    return message


def _sorted_members(facts: SignatureFacts) -> list[str]:
    """The members of the body that are signed in order; none where anything else is signed."""
    names = [place.field for place in facts.inputs if place.in_body]
    alone = facts.is_sorted and all(part.kind != "body" for part in facts.parts)
    return names if alone and 1 < len(names) == len(facts.inputs) else []


def _sorted_values(names: list[str], constant: list[bytes], between: bytes) -> Piece:
    """Values of the body in order, beside what is always the same."""
    values = itemgetter(*names)
    texts, space = [one.decode(errors="surrogateescape") for one in constant], between.decode()

    def message(payload: dict[str, Any], request: Asked) -> bytes:  # noqa: ARG001 - one of three
        try:
            # Texts have the order of their bytes, but for bytes that are no text.
            return space.join(sorted([*texts, *values(payload)])).encode()
        except (TypeError, UnicodeError):
            # Some vendors write moments as numbers.
            return between.join(sorted([*constant, *map(_written, values(payload))]))

    return message


def _piece(part: Part, places: Iterator[Place], key: bytes) -> Any:
    match part.kind:
        case "body":
            return lambda payload, request: request.body  # noqa: ARG005 - one of two
        case "value":
            find = _finder(next(places))
            return lambda payload, request: _written(find(payload, request))
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
