"""How a callback is signed: a recipe of pieces, places and writings, as the contract says it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, NamedTuple


class Source(NamedTuple):
    """The page that a fact comes from, and the date of that version of it."""

    page: str
    date: str
    title: str = ""

    def __str__(self) -> str:
        """Page and date in one line."""
        return f"{self.page} ({self.date})"


@dataclass(frozen=True, slots=True)
class Place:
    """A field of the body, a header, or a parameter of the URL's query.

    `pair` is a name in a value that is a list of pairs such as `t=1,v1=ab`, "" where the value
    is one; `separator` stands between the pairs. `claim` is that of a JSON Web Token in the value.
    """

    within: str
    field: str
    pair: str = ""
    separator: str = ","
    claim: str = ""

    @property
    def in_body(self) -> bool:
        """Whether it is a field of the body."""
        return self.within == "body"

    @property
    def in_query(self) -> bool:
        """Whether it is a parameter of the URL's query."""
        return self.within == "query"

    @property
    def name(self) -> str:
        """What it is told by: the name of a header or a parameter, or what it is within one."""
        return str(self) if self.claim or self.pair else self.field

    def __str__(self) -> str:
        """What it is called in a message: `header Sign`."""
        kind = {"body": "field", "query": "query parameter"}.get(self.within, self.within)
        inner = f"claim {self.claim}" if self.claim else self.pair
        return f"{inner} in the {kind} {self.field}" if inner else f"{kind} {self.field}"


# Where the signature of a vendor stands that signs nothing.
NOWHERE: Final = Place("nowhere", "")


class Part(NamedTuple):
    """A piece of what is signed.

    `kind` is "literal" for its text, "value" for what is at its place, "secret", or what of the
    request it is: "body", "method", "url", "form" for the names and values of the body, sorted by
    name and joined, or "digest" for the body's digest of the hash `text`, written in `encoding`.
    """

    kind: str
    text: str = ""
    place: Place | None = None
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class SecretForm:
    """How the text of a secret becomes the key: as "text", or decoded from "base64" or "hex".

    `prefix` stands before it where it is shown to the customer, and is no part of it.
    """

    encoding: str = "text"
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class SignatureText:
    """How a digest is written where it sits: after a `prefix`, and in a list of several.

    `separator` stands between several signatures, any of which proves the sender; "" where there
    is one. Pairs of the same name in a place with pairs are several, too.
    """

    prefix: str = ""
    separator: str = ""


@dataclass(frozen=True, slots=True)
class BodyClaim:
    """The claim of a token that holds the `digest` of the body, written in an `encoding`."""

    name: str = ""
    digest: str = "sha256"
    encoding: str = "base64"


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    """How a callback is signed: a recipe that the engine carries out.

    `inputs` are the places of the signed values, in the order in which they are signed, and
    `covers` is what a forger cannot change: "body", or the names of signed fields. Schemes with a
    name are recipes that are used often; `secret_at` is the secret's place among the inputs, from
    0, where those are joined. Of the schemes `hash` and `hmac`, `message` says what is signed piece
    by piece, in `order` "given" or "sorted", with `separator` between.

    The scheme `jwt` is a JSON Web Token that stands whole in its place; of the body it holds
    the digest, as `body_claim` says. Its other claims are fields of the request.

    The scheme `none` is that of a vendor that signs nothing: its place is nowhere. `alternatives`
    are other forms that a page documents for the same callback, one of which is sent; `together`
    are signatures beside this one. `required` is False where accounts without a key get unsigned
    callbacks; whoever has a secret has a key. `printed_secrets` are those of the pages' samples.
    """

    scheme: str
    digest: str
    place: Place
    inputs: tuple[Place, ...]
    encodings: tuple[str, ...]
    covers: tuple[str, ...]
    required: bool
    source: Source
    secret_at: int = 0
    alternatives: tuple[SignatureFacts, ...] = ()
    message: tuple[Part, ...] = ()
    order: str = "given"
    separator: str = ""
    secret: SecretForm = SecretForm()
    text: SignatureText = SignatureText()
    together: tuple[SignatureFacts, ...] = ()
    printed_secrets: tuple[str, ...] = ()
    body_claim: BodyClaim = BodyClaim()

    @property
    def is_token(self) -> bool:
        """Whether the signature is a JSON Web Token, which signs itself and the body's digest."""
        return self.scheme == "jwt"

    @property
    def is_unsigned(self) -> bool:
        """Whether the vendor signs nothing, so that nobody can prove who has sent it."""
        return self.scheme == "none"

    @property
    def sent(self) -> tuple[SignatureFacts, ...]:
        """All signatures that a request carries, this one first."""
        return (self, *self.together)

    @property
    def body_fields(self) -> set[str]:
        """The fields of the body that hold the signature, or are signed by name."""
        return {place.field for place in (self.place, *self.inputs) if place.in_body}

    @property
    def covers_body(self) -> bool:
        """Whether a changed body shows."""
        return "body" in self.covers

    @property
    def parts(self) -> tuple[Part, ...]:
        """What is signed, piece by piece; of a keyed scheme without the secret."""
        if self.scheme == "hmac-body":
            return (Part("body"),)
        if self.scheme == "hmac-method-body":
            return (Part("method"), Part("body"))
        if self.is_token:
            return (Part("value", place=self.place),)
        if self.scheme in {"sorted-sha1", "joined"}:
            values = [Part("value", place=place) for place in self.inputs]
            return (*values[: self.secret_at], Part("secret"), *values[self.secret_at :])
        return self.message

    @property
    def covers_url(self) -> bool:
        """Whether the address of the receiver is signed, too."""
        forms = (*self.alternatives, *self.sent)
        return any(part.kind == "url" for form in forms for part in form.parts)

    @property
    def is_keyed(self) -> bool:
        """Whether the secret is the key of an HMAC; otherwise it is a part of what is hashed."""
        return self.is_token or self.scheme.startswith("hmac")

    @property
    def is_sorted(self) -> bool:
        """Whether what is signed is put in the order of its texts before it is joined."""
        return self.scheme == "sorted-sha1" or self.order == "sorted"

    @property
    def hash(self) -> str:
        """The name of the hash: md5, sha1, sha256, sha512."""
        return self.digest or "sha1"

    @property
    def nonces(self) -> tuple[str, ...]:
        """The signed fields of the body that are new in each sending, as their names say."""
        return tuple(p.field for p in self.inputs if p.in_body and "nonce" in p.field.lower())

    @property
    def forms(self) -> tuple[SignatureFacts, ...]:
        """All documented forms, each alone; the first one is what is sent."""
        own = replace(self, alternatives=()) if self.alternatives else self
        return (own, *self.alternatives)

    @property
    def is_ambiguous(self) -> bool:
        """Whether the pages leave open what the signature looks like."""
        return bool(self.alternatives) or len(self.encodings) > 1
