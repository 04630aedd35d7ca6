"""The heads of HTTP/1.1 answers and requests: the first line and the headers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from hookproof.http.symptom import Symptom

MAX_HEADERS = 100
SHOWN = 80

_STATUS_LINE = re.compile(r"HTTP/1\.([0-9]) ([1-9][0-9]{2})(?: [^\r\n\0]*)?")
_REQUEST_LINE = re.compile(r"([A-Za-z]+) ([!-~]+) HTTP/[0-9](?:\.[0-9])?[ \t]*")
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_DIGITS = re.compile(r"[0-9]+")
# What is said in place of a status line, by how it begins: a TLS record, the settings of
# HTTP/2 or its status line, a page without a head, a status that is none.
_OTHERS = {
    re.compile(r"[\x14-\x17]\x03[\x00-\x04]"): Symptom.TLS_WHERE_PLAIN,
    re.compile(r"\0..\x04\0|HTTP/2", re.DOTALL): Symptom.HTTP_2,
    re.compile(r"\s*<"): Symptom.HTTP_0_9,
    re.compile(r"HTTP/1\.[0-9]"): Symptom.BAD_STATUS,
}
# More is beyond 64 bits and can only be meant to overflow somebody's counter.
_LENGTH_DIGITS = 19
_FRAMING = frozenset({"content-length", "transfer-encoding", "connection"})


class NotHttp(Exception):
    """What came is not HTTP/1.1; `detail` says why, `symptom` in a word."""

    def __init__(self, detail: str, symptom: Symptom = Symptom.NOT_HTTP) -> None:
        super().__init__(detail)
        self.detail = detail
        self.symptom = symptom


@dataclass(frozen=True, slots=True)
class Head:
    """A status, the headers in their order, and what they say about the body.

    length: the Content-Length, or None without one.
    codings: the Transfer-Encoding, lower case.
    persistent: whether the receiver lets the connection live on.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    length: int | None
    codings: tuple[str, ...]
    persistent: bool

    @property
    def is_chunked(self) -> bool:
        """Whether the body comes in chunks: "chunked" is the last coding, and only the last."""
        return self.codings.count("chunked") == 1 and self.codings[-1] == "chunked"


@dataclass(frozen=True, slots=True)
class HttpRequestHead:
    """The head of a request; `length` is its Content-Length, `chunked` that chunks were announced.

    The version is not kept: captures say HTTP/2 of what stands there as HTTP/1.1.
    """

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    length: int | None
    chunked: bool


def shown(text: str) -> str:
    """A piece of what came, quoted, in ASCII and at most 80 characters of it."""
    return ascii(text[:SHOWN]) + ("..." if len(text) > SHOWN else "")


def check_status_line(line: str) -> re.Match[str]:
    """The status line taken apart (minor version, status); raises NotHttp when it is none."""
    if match := _STATUS_LINE.fullmatch(line):
        return match
    detail = f"the status line is not HTTP: {shown(line)}"
    symptom = next((one for sign, one in _OTHERS.items() if sign.match(line)), Symptom.NOT_HTTP)
    if symptom is Symptom.TLS_WHERE_PLAIN:
        detail += " (it looks like TLS: is it an https URL?)"
    raise NotHttp(detail, symptom)


# A receiver begins most of its answers with the same bytes.
@lru_cache(maxsize=32)
def parse_head(raw: bytes) -> Head:
    """Read a head without the empty line that ends it; raises NotHttp when it is malformed."""
    first, *lines = [line.removesuffix("\r") for line in raw.decode("latin-1").split("\n")]
    minor, status = check_status_line(first).groups()
    if len(lines) > MAX_HEADERS:
        detail = f"more than {MAX_HEADERS} headers"
        raise NotHttp(detail, Symptom.ENDLESS_HEADERS)
    headers = _headers(lines)
    framing = _framing(headers)
    connection = _listed(framing["connection"])
    return Head(
        status=int(status),
        headers=headers,
        length=_length(framing["content-length"]),
        codings=_listed(framing["transfer-encoding"]),
        persistent=minor != "0" and "close" not in connection,
    )


def parse_request(text: str) -> HttpRequestHead:
    """Read the head of a request without the empty line; raises NotHttp when it is malformed."""
    first, *lines = [line.removesuffix("\r") for line in text.split("\n")]
    match = _REQUEST_LINE.fullmatch(first)
    if match is None:
        raise NotHttp(f"the request line is not HTTP: {shown(first)}")
    headers = _headers(lines)
    framing = _framing(headers)
    codings = _listed(framing["transfer-encoding"])
    if codings not in ((), ("chunked",)):
        raise NotHttp(f"its Transfer-Encoding is not chunked alone: {shown(', '.join(codings))}")
    length = _length(framing["content-length"])
    return HttpRequestHead(match[1].upper(), match[2], headers, length, bool(codings))


def _headers(lines: list[str]) -> tuple[tuple[str, str], ...]:
    """Header lines as pairs."""
    pairs: list[tuple[str, str]] = []
    for line in lines:
        if pairs and line.startswith((" ", "\t")):
            # A folded line: obsolete, but its meaning is defined.
            name, value = pairs.pop()
            pairs.append((name, f"{value} {_plain(line, line)}".strip(" ")))
        else:
            pairs.append(_pair(line))
    return tuple(pairs)


def _pair(line: str) -> tuple[str, str]:
    """One header line as name and value."""
    name, colon, value = line.partition(":")
    if not colon or not _NAME.fullmatch(name):
        detail = f"not a header line: {shown(line)}"
        raise NotHttp(detail, Symptom.CONTROL if "\0" in name else Symptom.BAD_HEADER)
    return name, _plain(value, line)


def _plain(value: str, line: str) -> str:
    """A header's value without the space around it."""
    if "\r" in value or "\0" in value:
        detail = f"a header holds a carriage return or a NUL: {shown(line)}"
        raise NotHttp(detail, Symptom.CONTROL)
    return value.strip(" \t")


def _framing(headers: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    """The values of the headers that say where the body ends."""
    found: dict[str, list[str]] = {name: [] for name in _FRAMING}
    for name, value in headers:
        if (lower := name.lower()) in _FRAMING:
            found[lower].append(value)
    return found


def _listed(values: list[str]) -> tuple[str, ...]:
    """The members of a header that is a comma-separated list, lower case."""
    return tuple(part.strip(" \t").lower() for value in values for part in value.split(","))


def _length(values: list[str]) -> int | None:
    """The one length that all the Content-Length headers name."""
    lengths = {_number(part.strip(" \t")) for value in values for part in value.split(",")}
    if len(lengths) > 1:
        detail = f"Content-Length contradicts itself: {shown(', '.join(values))}"
        raise NotHttp(detail, Symptom.TWO_LENGTHS)
    return lengths.pop() if lengths else None


def _number(text: str) -> int:
    """A length in decimal digits."""
    if not _DIGITS.fullmatch(text):
        detail = f"Content-Length is not a number: {shown(text)}"
        raise NotHttp(detail, Symptom.BAD_LENGTH)
    digits = text.lstrip("0") or "0"
    if len(digits) > _LENGTH_DIGITS:
        detail = f"Content-Length is beyond 64 bits: {shown(text)}"
        raise NotHttp(detail, Symptom.HUGE_LENGTH)
    return int(digits)
