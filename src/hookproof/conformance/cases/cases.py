"""What is sent: the documented, the rearranged, the forged, each for one check."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from hookproof.conformance.checks import Check
from hookproof.http.request import Layout, content_type
from hookproof.payload.body import BodyForm

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from hookproof.contract import Callback
    from hookproof.http.request import Forger

    Rewriter = Callable[[bytes], bytes]
    from collections.abc import Callable

    # Makes a nonce of a serial number, another one of each as far as there are so many.
    Nonce = Callable[[int], int]


@dataclass(slots=True)
class Serials:
    """Numbers that rise over all that is sent: by the clock, so that a later run has later ones.

    They are even, or odd for what is sent in between, so that neither depends on the other.
    """

    odd: bool = False
    last: int = 0

    def next(self, now: int) -> int:
        """The number of the moment in milliseconds, or the first one after the last number."""
        self.last = max(self.last + 2, now - (now + self.odd) % 2)
        return self.last


# Six digits beginning with 2 to 9 sort after a ten-digit moment as text, and before it as numbers;
# eight beginning with 10 sort before it in both ways, unlike those of vendors. Sixteen digits are
# beyond 2^53 and odd, so that no double holds them.
NONCES: Final[dict[str, Nonce]] = {
    "six digits": lambda serial: 200_000 + serial * 7_919 % 800_000,
    "eight digits beginning with 10": lambda serial: 10_000_000 + serial * 7_919 % 1_000_000,
    "19 digits": lambda serial: 5_000_000_000_000_000_001 + serial * 1_000_002,
    "an odd number beyond 2^53": lambda serial: 2**53 + 1 + 2 * (serial % 10**14),
}
# There are few of these, so a receiver that remembers nonces may have had each one.
RARE_NONCES: Final[dict[str, Nonce]] = {
    "two digits": lambda serial: 10 + serial % 90,
    "one digit": lambda serial: serial % 10,
}


# The kind of cases that say the usual in other bytes.
LAYOUT: Final = "layout"
# The kind of those whose body is in another documented form.
FORM: Final = "form"
# The same with texts whose signs mean something in that form.
FORM_OF_SIGNS: Final = "form-of-signs"


class Before(StrEnum):
    """A delivery that comes before the case itself, of the same moment and nonce but for the last.

    SAME: the very same bytes. GIVEN_UP: the same, and the sender hung up before the answer.
    GENUINE: the same event, rightly signed, which the case then tells again in its own way.
    """

    SAME = "same"
    GIVEN_UP = "given-up"
    GENUINE = "genuine"


@dataclass(frozen=True, slots=True)
class Case:
    """One request to be: a payload (or raw bytes), how it is written, and what it is for.

    `form` is None for the way of writing that the run chose. `kept` are fields by name, or places
    by pointer, that keep their value although each sending has another one there. `nonce` is the
    kind of nonce that is drawn for it, "" for one as the vendor's, and `shift` moves the moment
    of sending by so many seconds. `rewrite` changes the body before it is signed, `tamper`
    after. `verbatim` payloads are sent as they are documented or generated; all others are
    given the identity of a new event, so that a receiver which knows the event already does
    not answer for that reason.

    `content_type` is the header to send, "" the one of the form, None none at all. `chunked`
    bodies are sent without their length, `before` are deliveries that come first, `together` says
    how often it is sent at once. Where it is `followed`, the genuine callback comes after it on the
    same connection, and what is judged is the answer to that.
    `advice` is the code of the finding where a failure is no more than a warning. `may_refuse`
    marks payloads that a correct receiver may accept or refuse, so that only a crash counts.
    `suspect` marks those that are refused for the signature alone. `where` points at what is
    special, where that is known. `altered` are headers and parameters by name that have another
    text, or with None are left out. `secret` signs in place of the right one. `may_close` marks
    what a server may hang up on without an answer. `kind` is a word for what is special about a
    case: findings of other kinds are told apart, though all else about them agrees.
    """

    check: Check
    label: str
    payload: Any
    form: BodyForm | None = None
    layout: Layout = Layout.COMPACT
    forge: Forger | None = None
    secret: bytes | None = field(default=None, repr=False)
    altered: tuple[tuple[str, str | None], ...] = ()
    rewrite: Rewriter | None = None
    tamper: Rewriter | None = None
    kept: frozenset[str] = field(default_factory=frozenset)
    nonce: str = ""
    shift: int = 0
    verbatim: bool = False
    content_type: str | None = ""
    chunked: bool = False
    before: tuple[Before, ...] = ()
    together: int = 1
    followed: bool = False
    advice: str = ""
    may_refuse: bool = False
    suspect: bool = False
    where: str = ""
    may_close: bool = False
    kind: str = ""

    @property
    def deliveries(self) -> int:
        """How many requests it takes."""
        return len(self.before) + self.together + self.followed

    @property
    def is_genuine(self) -> bool:
        """Whether it carries the signature that belongs to it."""
        return self.forge is None and self.tamper is None and self.secret is None


def documented_variants(callback: Callback) -> Iterator[Case]:
    """Every example of the contract, which has both readings of each quirk and every shape."""
    check = Check.ACCEPTS_DOCUMENTED_VARIANTS
    for example in callback.examples:
        label = f"the documented payload {example.name!r}"
        yield Case(check, label, example.payload)


def documented_encodings(
    callback: Callback, payload: dict[str, Any], *, base: BodyForm, required: Collection[str]
) -> Iterator[Case]:
    """The payload in each documented encoding but `base`, the one everything else is in.

    Refusing one of the `required` ones is an error, refusing another a warning.
    """
    for facts in callback.encodings:
        form = BodyForm(facts.encoding)
        if form is not base:
            label = f"the body written as {form.value} ({facts.documented})"
            advice = "" if facts.encoding in required else "HP415"
            yield Case(
                Check.ACCEPTS_DOCUMENTED_VARIANTS,
                label,
                payload,
                form=form,
                advice=advice,
                kind=FORM,
            )


def header_variants(
    callback: Callback, payload: dict[str, Any], *, base: BodyForm
) -> Iterator[Case]:
    """The same callback with headers as other senders and proxies write them."""
    check, plain = Check.ACCEPTS_DOCUMENTED_VARIANTS, content_type(callback, base)
    variants: tuple[tuple[str, str, str | None], ...] = (
        ("charset", "a Content-Type with a charset", f"{plain}; charset=utf-8"),
        ("upper-case", "a Content-Type in upper case", plain.upper()),
        ("no-type", "no Content-Type", None),
    )
    # Nothing but its header tells a form from anything else.
    for kind, label, written in variants[: 2 if base is BodyForm.FORM else 3]:
        yield Case(check, label, payload, content_type=written, advice="HP421", kind=kind)
    label = "a body in chunks, its length not told beforehand"
    yield Case(check, label, payload, chunked=True, advice="HP421", kind="chunks")


def conforming_probes(callback: Callback, payload: dict[str, Any]) -> Iterator[Case]:
    """What a receiver fails at that computes the signature in a way of its own."""
    check = Check.ACCEPTS_CONFORMING
    # Where the body is signed, what is written anew before it is hashed shows here.
    suspect = callback.signature.covers_body
    for label, layout in _LAYOUTS.items():
        yield Case(check, label, payload, layout=layout, suspect=suspect, kind=LAYOUT)
    for name in callback.signature.nonces:
        for nonce in NONCES | RARE_NONCES:
            label, rare = f"/{name} holding {nonce}", nonce in RARE_NONCES
            yield Case(
                check, label, payload, nonce=nonce, suspect=True, may_refuse=rare, where=f"/{name}"
            )
    for label, rewrite in _REWRITERS.items():
        yield Case(check, label, payload, rewrite=rewrite, suspect=suspect, kind=LAYOUT)


def freshness_probes(callback: Callback, payload: dict[str, Any]) -> Iterator[Case]:
    """Genuine callbacks of another time: refusing them is safer, accepting them no fault."""
    if not callback.tells_moment:
        return
    where = f"/{callback.sent_at.field}" if callback.sent_at else ""
    for label, shift in _SHIFTS.items():
        yield Case(Check.CHECKS_FRESHNESS, label, payload, shift=shift, where=where)


def unknown_fields(payload: dict[str, Any]) -> Iterator[Case]:
    """The payload with fields that no page knows: vendors add them without notice."""
    check = Check.TOLERATES_UNKNOWN_FIELDS
    additions: tuple[tuple[str, Any], ...] = (
        ("a text", {"x_unknown": "new"}),
        ("null", {"x_unknown": None}),
        ("an object", {"x_unknown": {"a": [1, 2.5, {"b": None}]}}),
        ("a number", {"x_unknown": 12345678901}),
        ("twenty fields", {f"x_unknown_{n}": str(n) for n in range(20)}),
    )
    for what, more in additions:
        yield Case(check, f"an unknown field holding {what}", {**payload, **more})


def tampered(callback: Callback, payload: dict[str, Any], *, accepted: Any) -> Iterator[Case]:
    """The genuine body changed after it was signed, where the signature covers the body.

    `accepted` is what the receiver has found right, of another body.
    """
    if not callback.signature.covers_body:
        return
    check = Check.REFUSES_TAMPERED
    yield Case(check, "a blank added after the body", payload, tamper=lambda body: body + b" ")
    yield Case(check, "a digit changed in the body", payload, tamper=_change_digit)
    yield Case(check, "a field added to the body", payload, tamper=_add_field)
    label = "a signature that was right for another body"
    yield Case(check, label, payload, forge=lambda _: accepted)


def _change_digit(body: bytes) -> bytes:
    digits = [at for at, byte in enumerate(body) if 0x30 <= byte <= 0x39]
    if not digits:
        return body + b" "
    changed = bytearray(body)
    changed[digits[-1]] = 0x30 + (changed[digits[-1]] - 0x30 + 1) % 10
    return bytes(changed)


def _add_field(body: bytes) -> bytes:
    return body.rstrip()[:-1] + b',"x_added":1}'


_LAYOUTS: Final = {
    "JSON laid out over several lines": Layout.PRINTED,
    "JSON with escaped slashes and letters": Layout.ESCAPED,
}

_DAY: Final = 24 * 60 * 60
_SHIFTS: Final = {"a moment a day ago": -_DAY, "a moment in a day": _DAY}


def _relaid(**options: Any) -> Rewriter:
    def rewrite(body: bytes) -> bytes:
        return json.dumps(json.loads(body), ensure_ascii=False, **options).encode()

    return rewrite


def _reversed(body: bytes) -> bytes:
    turned = dict(reversed(json.loads(body).items()))
    return json.dumps(turned, ensure_ascii=False, separators=(",", ":")).encode()


def _in_windows(body: bytes) -> bytes:
    return _relaid(indent=2)(body).replace(b"\n", b"\r\n")


# As vendors print it, and as other JSON writers do.
_REWRITERS: Final[dict[str, Rewriter]] = {
    "JSON with a blank after each comma and colon": _relaid(),
    "JSON indented by tabs, a tab after each colon": _relaid(indent="\t", separators=(",", ":\t")),
    "JSON with line ends of Windows": _in_windows,
    "JSON with a line end after it": lambda body: body + b"\n",
    "JSON with its fields in the reverse order": _reversed,
}
