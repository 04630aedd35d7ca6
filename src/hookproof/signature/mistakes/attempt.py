"""What a guess starts from: the facts, the right secret and the values as they came."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from hookproof.signature.schemes import METHOD, key_of, message_of
from hookproof.signature.schemes import digest_of as by_recipe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hookproof.contract.model import SignatureFacts

# Past this many bytes only the cheap guesses are made: no body is written anew, no value rewritten.
LARGEST_BODY: Final = 1_000_000
LARGEST_VALUE: Final = 4_096

DIGEST_NAMES: Final = {
    "sha1": "SHA-1",
    "sha256": "SHA-256",
    "md5": "MD5",
    "sha512": "SHA-512",
    "sha224": "SHA-224",
    "sha384": "SHA-384",
}
DIGEST_SIZES: Final = {
    "sha1": 20,
    "sha256": 32,
    "md5": 16,
    "sha512": 64,
    "sha224": 28,
    "sha384": 48,
}


class Guess(NamedTuple):
    """A digest that a mistaken signer would give: `detail` says in few words what it did."""

    mistake: str
    digest: str
    raw: bytes
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A callback whose signature is guessed at.

    `values` are the signed values in wire form, `others` further secrets by name, `digests`
    the ones worth computing: those of the size that the given signature has. `sample` is a
    payload of the vendor's page, whose order of names is the sender's. `url` is that of the
    request, which few schemes sign.
    """

    facts: SignatureFacts
    secret: bytes = field(repr=False)
    values: tuple[bytes, ...] = field(repr=False)
    payload: Any = field(repr=False)
    body: bytes = field(repr=False)
    others: Mapping[str, bytes] = field(repr=False)
    digests: tuple[str, ...] = ()
    sample: Any = field(default=None, repr=False)
    url: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the signed fields."""
        return tuple(place.field for place in self.facts.inputs)

    @property
    def documented(self) -> str:
        """The digest that the scheme asks for; the one over sorted values knows one only."""
        return self.facts.digest or "sha1"

    @property
    def wanted(self) -> str:
        """The name of that digest for a person, HMAC-SHA1 where it is keyed."""
        name = DIGEST_NAMES[self.documented]
        return f"HMAC-{name.replace('-', '')}" if self.facts.is_keyed else name

    @property
    def method(self) -> bytes:
        """The method where it is signed before the body, else nothing."""
        kinds = [part.kind for part in self.facts.parts]
        return METHOD if kinds == ["method", "body"] else b""

    @property
    def key(self) -> bytes:
        """The key of an HMAC: what the secret's text stands for."""
        return key_of(self.facts.secret, self.secret)

    @property
    def is_composed(self) -> bool:
        """Whether more is signed under a key than the body, or the method and the body."""
        return self.facts.is_keyed and len(self.facts.parts) > (2 if self.method else 1)

    def message(self, *, body: bytes | None = None) -> bytes:
        """What is signed by the documented rule, with another body where one is given."""
        body = self.body if body is None else body
        return message_of(self.facts, self.key, inputs=self.values, body=body, url=self.url)

    @property
    def right(self) -> bytes:
        """The right digest, which no one is told."""
        return self.plain(self.secret)

    @property
    def unspeakable(self) -> tuple[bytes, ...]:
        """All secrets, none of which may be shown wherever it stands."""
        return (self.secret, *self.others.values())

    @property
    def long_values(self) -> bool:
        """Whether a signed value is too long to be written in many ways."""
        return max(map(len, self.values), default=0) > LARGEST_VALUE

    @property
    def large_body(self) -> bool:
        """Whether the body is too large to be written in many ways."""
        return len(self.body) > LARGEST_BODY

    def plain(self, secret: bytes, *, values: Sequence[bytes] | None = None) -> bytes:
        """The digest by the documented rule, with another secret or other values."""
        inputs = self.values if values is None else values
        return by_recipe(self.facts, secret, inputs=inputs, body=self.body, url=self.url)


def digest_of(name: str, message: bytes) -> bytes:
    """The plain hash of a message."""
    return hashlib.new(name, message, usedforsecurity=False).digest()


def keyed(name: str, key: bytes, message: bytes) -> bytes:
    """The HMAC of a message."""
    return hmac.digest(key, message, name)
