"""What is known of a callback: frozen values, read from the contract's files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from hookproof.contract.recipe import (
    NOWHERE,
    BodyClaim,
    Part,
    Place,
    SecretForm,
    SignatureFacts,
    SignatureText,
    Source,
)
from hookproof.payload.pointer import from_pointer

__all__ = [
    "NOWHERE",
    "Answer",
    "BodyClaim",
    "Callback",
    "ChallengeForm",
    "Delivery",
    "Echo",
    "EncodingFacts",
    "Example",
    "Listing",
    "OpenQuestion",
    "Part",
    "Place",
    "Quirk",
    "RequestField",
    "SecretForm",
    "SentAt",
    "SignatureFacts",
    "SignatureText",
    "Source",
    "Success",
    "fields_of",
    "is_beside",
    "place_of",
]


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

    `timeout` and `retry_after` are seconds; None where the page is silent. `retry_times` is how
    many more attempts there are where it says that and not when. `answer_max_bytes` is
    the largest answer that the vendor takes, headers included; None where the page knows none.
    `transport` is "https", "https-or-http", or "" where the page is silent; `may_be` what it warns
    of: a callback may be "lost", "repeated" although it was received, or "late", after a later.
    """

    source: Source
    success: Success
    timeout: float | None
    retry_when: tuple[str, ...]
    retry_after: tuple[float, ...] | None
    answer_max_bytes: int | None = None
    retry_times: int | None = None
    transport: str = ""
    may_be: tuple[str, ...] = ()


class EncodingFacts(NamedTuple):
    """One way in which the body is written, and how well that is documented.

    `media_type` is what the request calls it, "" for the usual name of the encoding.
    """

    encoding: str
    documented: str
    source: Source
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class RequestField:
    """A header or a query parameter that each request has beside its body and its signature.

    Its value is that of the payload's field at `pointer`, or `text`: always this one, or with
    `is_sample` one that stands for the customer's own. `account` names what of the customer's
    account with the vendor it is, "" for anything else. `moment` is the unit of one that holds
    when it is sent (rfc3339 for a text), or with `after` so many seconds later, "" for any other,
    and `tolerance` the seconds from now that a page wants that held to. Where it `is_unique`, each
    event has another value of the sample's form. Of one that holds the body's digest, `digest` is
    the hash and `encoding` how it is written.
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
    digest: str = ""
    encoding: str = ""


class SentAt(NamedTuple):
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


class Quirk(NamedTuple):
    """A contradiction of the page; `seen` is a schema that only the second reading fits."""

    id: str
    where: str
    says: str
    shows: str
    seen: dict[str, Any]
    source: Source


class Edition(NamedTuple):
    """What an older edition asks; `says` is what differs from the newest.

    `schema` is whole: that of the callback, with what the edition asks in its place.
    """

    id: str
    says: str
    schema: dict[str, Any]
    source: Source


class OpenQuestion(NamedTuple):
    """What no page answers; `where` is a pointer, or "" where it is about the whole callback."""

    where: str
    question: str
    source: Source


class Answer(NamedTuple):
    """The body that a receiver has to answer with, where the vendor reads it.

    `schema` has every `$ref` replaced; `status` is the one it goes with ("2XX", "200").
    """

    status: str
    schema: dict[str, Any]
    example: Any


class Echo(NamedTuple):
    """A value of an answer: that of the payload at `pointer`, or its HMAC with the secret.

    `digest` names the hash of an HMAC, "" for the value itself; `encoding` says how it is written,
    `prefix` what stands before it.
    """

    pointer: str
    digest: str = ""
    encoding: str = "hex"
    prefix: str = ""


class ChallengeForm(NamedTuple):
    """One form of the answer to a challenge: "text", which is one value, "json" or "form".

    `members` are its names and what stands there; that of a text is "".
    """

    kind: str
    members: tuple[tuple[str, Echo], ...]


class AskedWith(NamedTuple):
    """A parameter of a confirmation: `text`, which it always is, or a `sample` of many.

    A token has neither: it is the customer's own.
    """

    name: str
    text: str = ""
    sample: str = ""
    is_token: bool = False


class Confirmation(NamedTuple):
    """The GET by which a vendor asks whose an address is, and the forms of the answer to it."""

    query: tuple[AskedWith, ...]
    forms: tuple[ChallengeForm, ...]
    success: Success
    source: Source

    @property
    def token(self) -> str:
        """The parameter that holds the customer's own word, "" without one."""
        return next((one.name for one in self.query if one.is_token), "")


class Example(NamedTuple):
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
        if values and not (name.startswith("/") or is_beside(name))
    }


def is_beside(name: str) -> bool:
    """Whether what names a callback comes beside the payload: `header NAME` or `query NAME`."""
    return name.startswith(("header ", "query "))


def place_of(name: str) -> tuple[str, ...]:
    """The members that lead from the payload to what names a callback: a field, or a pointer."""
    return from_pointer(name) if name.startswith("/") else (name,)


class Listing(NamedTuple):
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
    `challenge` are the forms of an answer that gives back what the payload asks for, and
    `confirmation` is how its vendor asks whose the address is before it sends anything.
    `basis` has the page that says what x-dedupe-key or x-ordering does, None where it is inferred.
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
    editions: tuple[Edition, ...] = ()
    basis: dict[str, Source | None] = field(default_factory=dict)
    challenge: tuple[ChallengeForm, ...] = ()
    confirmation: Confirmation | None = None

    @property
    def path(self) -> str:
        """`<area>/<event>`, its name everywhere."""
        return f"{self.area}/{self.event}"

    def is_inferred(self, word: str) -> bool:
        """Whether no page says what x-dedupe-key or x-ordering does, as the contract tells."""
        return word in self.basis and self.basis[word] is None

    @property
    def naming_fields(self) -> dict[str, tuple[str | int, ...]]:
        """The fields of the payload that name it, with the values that mean this callback."""
        return fields_of(self.discriminator)

    @property
    def wanted_body(self) -> str | None:
        """The body of an answer that satisfies every dated version of the page; None for any."""
        bodies = (one.success.body for one in self.deliveries)
        return next((body for body in bodies if body is not None), None)

    @property
    def tells_moment(self) -> bool:
        """Whether a request says when it was sent, or until when it is valid."""
        return self.sent_at is not None or any(field.moment for field in self.request_fields)

    @property
    def source(self) -> Source:
        """The newest page."""
        return self.sources[0]
