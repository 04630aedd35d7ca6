"""The finding and its severities, and the request behind one."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


# Stands in a body, a header or a query for the signature, which is never kept.
SIGNATURE_MARK = "@@signature@@"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRequest:
    """What a request was made of, and its bytes as they are shown, less the signature.

    body: text, or Base64 where `base64` is true, with SIGNATURE_MARK for the signature.
    query: what the URL's query holds besides the receiver's own.
    chunked: whether it goes without its length.
    moment: seconds between now and the moment of sending that the body names, None where the
        moment stays as it is. nonces: the fields that get a new nonce.
    reaction: what the receiver did.
    case: what the request was made of, as JSON text, from which it is made again.
    """

    body: str
    base64: bool
    headers: tuple[tuple[str, str], ...]
    reaction: str
    chunked: bool = False
    moment: int | None = None
    nonces: tuple[str, ...] = ()
    query: str = ""
    case: str = ""


def as_stored_text(body: bytes) -> tuple[bool, str]:
    """A body as text, or as Base64 (then True) where it is no printable text."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        text = "\0"
    if text.replace("\n", "").replace("\t", "").isprintable():
        return False, text
    return True, b64encode(body).decode()


class Severity(StrEnum):
    """How much a finding weighs, the heaviest first.

    An error breaks what is documented; a warning concerns what the documents leave open, or
    is advice; a note is a limit of the vendor's own.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def weight(self) -> int:
        """3 for an error, 1 for a note."""
        return {"error": 3, "warning": 2, "note": 1}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong: a stable code, where it is, what to do next, and the page.

    `where` is a JSON pointer that leads into nested JSON too; "" is the payload as a whole.
    """

    code: str
    severity: Severity
    callback: str
    where: str
    message: str
    hint: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureFinding(Finding):
    """A finding in a captured payload: the file, the place in it, the wanted and the found.

    Line and column count from 1, in characters of the capture as it is; 0 where it has none.
    """

    file: str
    line: int = 0
    column: int = 0
    expected: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One of the ways in which a finding showed: what was sent, what came back, how often.

    `case` is the number that the first of these requests told the receiver, if it did.
    """

    what: str
    got: str
    count: int = 1
    case: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiverFinding(Finding):
    """A finding in a receiver: the check it failed, its answer, how often, how to see it again.

    `status` is the HTTP status, None where none came. `symptom` is a word for what was odd about
    the exchange, "" where nothing was. `wanted` says in a few words what should have come.
    `variants` are all the ways in which it showed, the one of `request` among them, each once;
    empty where nothing that is sent makes a difference. `kind` is a word for what was special
    about the request, where findings are told apart by it: a forgery's hole, a layout.
    `also_fails` are further checks that failed by it: what they found has the same cause, and is
    counted here. `reproduce`
    holds lines for a shell, and `attached` what they read from a file where the body is long.
    `request` holds the bytes, `answer` what came back: status, headers and the start of the body.
    `case` is the number that the request told the receiver, None where it told none.
    """

    check: str
    status: int | None = None
    symptom: str = ""
    wanted: str = ""
    variants: tuple[Variant, ...] = ()
    kind: str = ""
    also_fails: tuple[str, ...] = ()
    count: int = 1
    reproduce: str = ""
    attached: bytes = field(default=b"", repr=False)
    answer: str = ""
    request: StoredRequest | None = None
    case: int | None = None


def joined(variants: Iterable[Variant]) -> tuple[Variant, ...]:
    """The variants with those that differ in their count or their answer alone put together."""
    found: dict[str, Variant] = {}
    for one in variants:
        known = found.get(one.what)
        found[one.what] = replace(known, count=known.count + one.count) if known else one
    return tuple(found.values())


def worst(findings: Iterable[Finding]) -> Severity | None:
    """The heaviest severity among findings, None without any."""
    return max((f.severity for f in findings), key=lambda s: s.weight, default=None)
