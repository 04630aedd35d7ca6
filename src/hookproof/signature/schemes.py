"""The signature schemes: a table of small pure functions from secret and message to a digest."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64encode
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Scheme(Protocol):
    """Computes the digest of one callback."""

    def __call__(
        self, secret: bytes, *, inputs: Sequence[bytes], body: bytes, digest: str
    ) -> bytes:
        """The raw digest; `inputs` are the signed values as sent, `body` the untouched body."""
        ...  # pragma: no cover


def sorted_sha1(secret: bytes, *, inputs: Sequence[bytes], body: bytes, digest: str) -> bytes:
    """SHA-1 over secret and inputs, sorted as strings and joined. The body does not count."""
    del body, digest
    return hashlib.sha1(b"".join(sorted([secret, *inputs]))).digest()  # noqa: S324 - the vendor's


def hmac_body(secret: bytes, *, inputs: Sequence[bytes], body: bytes, digest: str) -> bytes:
    """HMAC with the secret as key over the body bytes as they travel."""
    del inputs
    return hmac.digest(secret, body, digest)


SCHEMES: Final[dict[str, Scheme]] = {"sorted-sha1": sorted_sha1, "hmac-body": hmac_body}

ENCODINGS: Final[dict[str, Callable[[bytes], str]]] = {
    "hex": bytes.hex,
    "base64": lambda raw: b64encode(raw).decode(),
}
