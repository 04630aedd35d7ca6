"""The signature schemes: a table of small pure functions from secret and message to a digest."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64encode
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Scheme(Protocol):
    """Computes the digest of one callback."""

    def __call__(
        self,
        secret: bytes,
        *,
        inputs: Sequence[bytes],
        body: bytes,
        digest: str,
        secret_at: int = 0,
    ) -> bytes:
        """The raw digest; `inputs` are the signed values as sent, `body` the untouched body.

        `secret_at` is the secret's place among the inputs where their order counts.
        """
        ...  # pragma: no cover


def sorted_sha1(
    secret: bytes, *, inputs: Sequence[bytes], body: bytes, digest: str, secret_at: int = 0
) -> bytes:
    """SHA-1 over secret and inputs, sorted as strings and joined. The body does not count."""
    del body, digest, secret_at
    return hashlib.sha1(b"".join(sorted([secret, *inputs]))).digest()  # noqa: S324 - the vendor's


def joined(
    secret: bytes, *, inputs: Sequence[bytes], body: bytes, digest: str, secret_at: int = 0
) -> bytes:
    """A plain digest over the inputs in their order, the secret at its place among them."""
    del body
    parts = [*inputs[:secret_at], secret, *inputs[secret_at:]]
    return hashlib.new(digest, b"".join(parts), usedforsecurity=False).digest()


def hmac_body(
    secret: bytes, *, inputs: Sequence[bytes], body: bytes, digest: str, secret_at: int = 0
) -> bytes:
    """HMAC with the secret as key over the body bytes as they travel."""
    del inputs, secret_at
    return hmac.digest(secret, body, digest)


def hmac_method_body(
    secret: bytes, *, inputs: Sequence[bytes], body: bytes, digest: str, secret_at: int = 0
) -> bytes:
    """HMAC over the letters of the method and the body bytes right after them."""
    del inputs, secret_at
    return hmac.digest(secret, METHOD + body, digest)


# Every callback is a POST: a contract's webhooks have no other operation.
METHOD: Final = b"POST"

SCHEMES: Final[dict[str, Scheme]] = {
    "sorted-sha1": sorted_sha1,
    "joined": joined,
    "hmac-body": hmac_body,
    "hmac-method-body": hmac_method_body,
}

ENCODINGS: Final[dict[str, Callable[[bytes], str]]] = {
    "hex": bytes.hex,
    "base64": lambda raw: b64encode(raw).decode(),
    "percent-base64": lambda raw: quote(b64encode(raw), safe=""),
}
