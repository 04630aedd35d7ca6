"""Carries out the recipe of a signature: from secret, values and body to a digest and its text."""

from __future__ import annotations

import binascii
import hashlib
import hmac
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, quote

from hookproof.signature.tokens import base64url, signed_part

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hookproof.contract.model import Part, SecretForm, SignatureFacts

# Every callback is a POST: a contract's webhooks have no other operation.
METHOD: Final = b"POST"

ENCODINGS: Final[dict[str, Callable[[bytes], str]]] = {
    "hex": bytes.hex,
    # As b64encode does it, in half of the time.
    "base64": lambda raw: binascii.b2a_base64(raw, newline=False).decode(),
    "base64url": base64url,
    "percent-base64": lambda raw: quote(b64encode(raw), safe=""),
}


def digest_of(
    facts: SignatureFacts,
    secret: bytes,
    *,
    inputs: Sequence[bytes],
    body: bytes,
    url: str = "",
) -> bytes:
    """The raw digest of a callback.

    `inputs` are the signed values as sent, in the order of the facts, `body` the bytes as they
    travel and `url` the whole address, which only few schemes sign.
    """
    key = key_of(facts.secret, secret)
    message = message_of(facts, key, inputs=inputs, body=body, url=url)
    if facts.is_keyed:
        return hmac.digest(key, message, facts.hash)
    return hashlib.new(facts.hash, message, usedforsecurity=False).digest()


def message_of(
    facts: SignatureFacts, key: bytes, *, inputs: Sequence[bytes], body: bytes, url: str = ""
) -> bytes:
    """The bytes that are hashed, the secret among them where it is not the key of an HMAC."""
    if facts.is_token:
        return signed_part(facts, inputs[0].decode("utf-8", "replace"), body).encode()
    values = iter(inputs)
    pieces = [
        next(values) if part.kind == "value" else piece_of(part, key, body, url)
        for part in facts.parts
    ]
    ordered = sorted(pieces) if facts.is_sorted else pieces
    return facts.separator.encode().join(ordered)


def piece_of(part: Part, key: bytes, body: bytes, url: str) -> bytes:
    """A piece of what is hashed that is no value of the request: bytes of it, or the key."""
    match part.kind:
        case "literal":
            return part.text.encode()
        case "secret" | "method":
            return key if part.kind == "secret" else METHOD
        case "url":
            return url.encode("utf-8", "surrogatepass")
        case "form":
            pairs = parse_qsl(body.decode("utf-8", "surrogateescape"), keep_blank_values=True)
            joined = "".join(f"{name}{value}" for name, value in sorted(pairs))
            return joined.encode("utf-8", "surrogateescape")
        case "digest":
            return written_digest(part.text, part.encoding, body).encode()
        case _:
            return body


def written_digest(name: str, encoding: str, body: bytes) -> str:
    """The digest of a body by the name of a hash, as text."""
    return ENCODINGS[encoding](hashlib.new(name, body, usedforsecurity=False).digest())


def key_of(form: SecretForm, secret: bytes) -> bytes:
    """The key that a secret stands for; one that is not written so is taken as it is."""
    key = decoded(form, secret)
    return secret.removeprefix(form.prefix.encode()) if key is None else key


def decoded(form: SecretForm, secret: bytes) -> bytes | None:
    """The key that a secret stands for, None where it is not written in this form."""
    bare = secret.removeprefix(form.prefix.encode())
    try:
        if form.encoding == "base64":
            return b64decode(bare, validate=True)
        return binascii.unhexlify(bare) if form.encoding == "hex" else bare
    except ValueError:
        return None
