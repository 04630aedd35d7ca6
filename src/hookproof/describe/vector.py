"""A signature worked out step by step on one request, for whoever has to make the same digest."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hookproof.contract.model import SecretForm
from hookproof.describe.wording import encoded_words, hash_words, key_words, piece_words
from hookproof.signature.schemes import ENCODINGS, digest_of, key_of, message_of, piece_of
from hookproof.signature.tokens import body_digest, claims_of, head_of
from hookproof.signature.verify import signed_values, whole, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.contract.model import SignatureFacts
    from hookproof.http.request import Request


@dataclass(frozen=True, slots=True)
class Step:
    """What is done, and the values that come out, each under what it is called."""

    told: str
    values: tuple[tuple[str, str], ...]


def worked(facts: SignatureFacts, request: Request, secret: bytes) -> tuple[Step, ...]:
    """The steps from a signed request and the secret to one of its signatures.

    `facts` are one form; its first encoding is shown. Bytes are shown as UTF-8, and a digest as
    hex. A vendor that signs nothing has no steps.
    """
    return () if facts.is_unsigned else tuple(_steps(facts, request, secret))


def _steps(facts: SignatureFacts, request: Request, secret: bytes) -> Iterator[Step]:
    key, body, url = key_of(facts.secret, secret), request.signed_body, request.address
    inputs = signed_values(facts, request.payload, request.headers, url=request.url)
    token = _text(inputs[0]) if facts.is_token else ""
    yield from _token(facts, token, body) if token else _pieces(facts, inputs, key, request)
    message = message_of(facts, key, inputs=inputs, body=body, url=url)
    if len(facts.parts) > 1 or token:
        joined = f'with "{facts.separator}" between' if facts.separator else "nothing between"
        yield Step(f"Join them, {'with a dot' if token else joined}", (("", _text(message)),))
    digest = digest_of(facts, secret, inputs=inputs, body=body, url=url)
    yield Step(_hashing(facts), (*_key(facts, secret, key), ("digest, in hex", digest.hex())))
    encoding = facts.encodings[0]
    signature = whole(facts, ENCODINGS[encoding](digest), beside=token, body=body)
    told = f"Write it as {encoded_words(encoding)}, in the {facts.place}"
    yield Step(told, ((facts.place.name, written(facts, signature)),))


def _pieces(
    facts: SignatureFacts, inputs: list[bytes], key: bytes, request: Request
) -> Iterator[Step]:
    """The pieces in the order of the contract, and where they are sorted in that order, too."""
    values = iter(inputs)
    found = [
        (
            piece_words(part),
            next(values)
            if part.kind == "value"
            else piece_of(part, key, request.signed_body, request.address),
        )
        for part in facts.parts
    ]
    yield Step("Take", tuple((name, _text(value)) for name, value in found))
    if facts.is_sorted:
        found.sort(key=lambda one: one[1])
        told = "Sort them as texts, not as numbers"
        yield Step(told, tuple((name, _text(value)) for name, value in found))


def _token(facts: SignatureFacts, token: str, body: bytes) -> Iterator[Step]:
    """Head and claims of a token, and the claim that holds the body."""
    claim = facts.body_claim
    told = f"Take the {hash_words(claim.digest)} of the body, as {encoded_words(claim.encoding)}"
    yield Step(told, (("the body", _text(body)), (claim.name, body_digest(facts, body))))
    head, claims = token.split(".")[:2]
    parts = ((head, head_of(facts)), (claims, claims_of(token)))
    told = "Write head and claims as JSON, each in Base64 of URLs without padding"
    yield Step(told, tuple((json.dumps(value), text) for text, value in parts))


def _hashing(facts: SignatureFacts) -> str:
    name = hash_words(facts.hash)
    return f"HMAC-{name} of it, keyed with the secret" if facts.is_keyed else f"{name} of it"


def _key(facts: SignatureFacts, secret: bytes, key: bytes) -> Iterator[tuple[str, str]]:
    """The key of a keyed scheme, where it is not the secret itself in hex as well."""
    if not facts.is_keyed:
        return
    yield "secret", _text(secret)
    if facts.secret != SecretForm():
        yield f"key, in hex: the secret is {key_words(facts.secret)}", key.hex()


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace")
