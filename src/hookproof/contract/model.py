"""What is known of a callback: frozen values, read from the contract's files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Source:
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
    is one; `separator` stands between the pairs.
    """

    within: str
    field: str
    pair: str = ""
    separator: str = ","

    @property
    def in_body(self) -> bool:
        """Whether it is a field of the body."""
        return self.within == "body"

    @property
    def in_query(self) -> bool:
        """Whether it is a parameter of the URL's query."""
        return self.within == "query"

    def __str__(self) -> str:
        """What it is called in a message: `header Sign`."""
        kind = {"body": "field", "query": "query parameter"}.get(self.within, self.within)
        return f"{self.pair} in the {kind} {self.field}" if self.pair else f"{kind} {self.field}"


# Where the signature of a vendor stands that signs nothing.
NOWHERE: Final = Place("nowhere", "")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of what is signed.

    `kind` is "literal" for its text, "value" for what is at its place, "secret", or what of the
    request it is: "body", "method", "url", or "form" for the names and values of the body,
    sorted by name and joined.
    """

    kind: str
    text: str = ""
    place: Place | None = None


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
class SignatureFacts:
    """How a callback is signed: a recipe that the engine carries out.

    `inputs` are the places of the signed values, in the order in which they are signed, and
    `covers` is what a forger cannot change: "body", or the names of signed fields. Schemes with a
    name are recipes that are used often; `secret_at` is the secret's place among the inputs, from
    0, where those are joined. Of the schemes `hash` and `hmac`, `message` says what is signed piece
    by piece, in `order` "given" or "sorted", with `separator` between.

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

    @property
    def is_unsigned(self) -> bool:
        """Whether the vendor signs nothing, so that nobody can prove who has sent it."""
        return self.scheme == "none"

    @property
    def sent(self) -> tuple[SignatureFacts, ...]:
        """All signatures that a request carries, this one first."""
        return (self, *self.together)

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
        return self.scheme.startswith("hmac")

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


@dataclass(frozen=True, slots=True)
class Success:
    """The answer that counts as received: a status ("2XX", "200") and perhaps an exact body."""

    status: str
    body: str | None = None
    documented: bool = True

    def accepts_status(self, status: int) -> bool:
        """Whether an HTTP status is the wanted one."""
        text = str(status)
        return all(want in ("X", got) for want, got in zip(self.status, text, strict=True))


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one dated version of a page says about answers and retries.

    `timeout` and `retry_after` are seconds; None where the page is silent. `answer_max_bytes` is
    the largest answer that the vendor takes, headers included; None where the page knows none.
    """

    source: Source
    success: Success
    timeout: float | None
    retry_when: tuple[str, ...]
    retry_after: tuple[float, ...] | None
    answer_max_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class EncodingFacts:
    """One way in which the body is written, and how well that is documented."""

    encoding: str
    documented: str
    source: Source


@dataclass(frozen=True, slots=True)
class RequestField:
    """A header or a query parameter that each request has beside its body and its signature.

    Its value is that of the payload's field at `pointer`, or `text`: always this one, or with
    `is_sample` one that stands for the customer's own. `account` names what of the customer's
    account with the vendor it is, "" for anything else. `moment` is the unit of one that holds
    when it is sent, or with `after` so many seconds later, "" for any other, and `tolerance` the
    seconds from now that a page wants that held to. Where it `is_unique`, each event has another
    value of the sample's form.
    """

    place: Place
    text: str
    source: Source
    pointer: str = ""
    account: str = ""
    is_sample: bool = False
    moment: str = ""
    tolerance: int | None = None
    is_unique: bool = False
    after: int = 0


@dataclass(frozen=True, slots=True)
class SentAt:
    """The field that holds the moment of sending, in "seconds" or "milliseconds".

    With `after` it holds the moment so many seconds later, until which the request is valid.
    """

    field: str
    unit: str
    after: int = 0

    def written(self, seconds: float) -> int:
        """What stands there in a request of a moment in Unix seconds."""
        return int((seconds + self.after) * self.per_second)

    def read(self, number: int) -> float:
        """The moment of sending, in Unix seconds, by what stands there."""
        return number / self.per_second - self.after

    @property
    def per_second(self) -> int:
        """How many of its units are a second."""
        return 1000 if self.unit == "milliseconds" else 1


@dataclass(frozen=True, slots=True)
class Quirk:
    """A contradiction of the page; `seen` is a schema that only the second reading fits."""

    id: str
    where: str
    says: str
    shows: str
    seen: dict[str, Any]
    source: Source


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What no page answers; `where` is a pointer, or "" where it is about the whole callback."""

    where: str
    question: str
    source: Source


@dataclass(frozen=True, slots=True)
class Answer:
    """The body that a receiver has to answer with, where the vendor reads it.

    `schema` has every `$ref` replaced; `status` is the one it goes with ("2XX", "200").
    """

    status: str
    schema: dict[str, Any]
    example: Any


@dataclass(frozen=True, slots=True)
class Example:
    """A valid payload. `origin` is "page" or "made"; `mended` lists what was made real."""

    name: str
    payload: dict[str, Any]
    origin: str
    mended: tuple[tuple[str, Any, str], ...]
    source: Source


def fields_of(discriminator: dict[str, tuple[str | int, ...]]) -> dict[str, tuple[str | int, ...]]:
    """The fields of a payload, with their values, among what names a callback."""
    return {
        name: values
        for name, values in discriminator.items()
        if values and not name.startswith(("/", "header ", "query "))
    }


@dataclass(frozen=True, slots=True)
class Listing:
    """What is known of a callback before its schema is read: enough to list and to identify it.

    `discriminator` is what names it, with the values that mean this one: fields, pointers,
    `header NAME`, `query NAME`. Where there are no values it is enough that it is there.
    """

    area: str
    event: str
    vendor: str
    summary: str
    discriminator: dict[str, tuple[str | int, ...]]
    is_unsigned: bool = False

    @property
    def path(self) -> str:
        """`<area>/<event>`, its name everywhere."""
        return f"{self.area}/{self.event}"


@dataclass(frozen=True, slots=True)
class Callback:
    """One callback of a vendor. `schema` has every `$ref` replaced by what it points to.

    `discriminator` is that of its listing. `ordering` are pointers to what tells earlier from
    later, the strongest first; `answer` is None where the body of the answer does not matter.
    """

    area: str
    event: str
    vendor: str
    title: str
    description: str
    schema: dict[str, Any]
    examples: tuple[Example, ...]
    quirks: tuple[Quirk, ...]
    sources: tuple[Source, ...]
    discriminator: dict[str, tuple[str | int, ...]]
    signature: SignatureFacts
    deliveries: tuple[Delivery, ...]
    encodings: tuple[EncodingFacts, ...]
    dedupe_key: tuple[str, ...]
    sent_at: SentAt | None
    ordering: tuple[str, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()
    answer: Answer | None = None
    request_fields: tuple[RequestField, ...] = ()

    @property
    def path(self) -> str:
        """`<area>/<event>`, its name everywhere."""
        return f"{self.area}/{self.event}"

    @property
    def naming_fields(self) -> dict[str, tuple[str | int, ...]]:
        """The fields of the payload that name it, with the values that mean this callback."""
        return fields_of(self.discriminator)

    @property
    def tells_moment(self) -> bool:
        """Whether a request says when it was sent, or until when it is valid."""
        return self.sent_at is not None or any(field.moment for field in self.request_fields)

    @property
    def source(self) -> Source:
        """The newest page."""
        return self.sources[0]
