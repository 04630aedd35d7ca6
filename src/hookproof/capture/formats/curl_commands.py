"""`curl` command lines: what a browser copies, what a person tried, what a bug report holds.

They are read as a POSIX shell would, and never run: no file that one names is opened.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import quote_plus

from hookproof.capture.capture import Capture, Origin
from hookproof.capture.formats.fields import as_bytes
from hookproof.capture.formats.format import (
    OPAQUE,
    ReadOptions,
    Refused,
    too_large,
)
from hookproof.capture.formats.shell import Command, Literal, commands
from hookproof.payload.problem import Position

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from hookproof.capture.formats.format import Found

_ASSIGNMENT: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*=")
_FORM_TYPE: Final = "application/x-www-form-urlencoded"
_JSON_TYPE: Final = "application/json"

_DATA: Final = frozenset({"--data", "--data-ascii", "--data-raw", "--data-binary"})
_BODY: Final = _DATA | {"--data-urlencode", "--json"}
# What sends something that is no text of the command.
_NOT_READ: Final = frozenset({"--form", "--form-string", "--upload-file", "--config"})
_LONG: Final = {
    "d": "--data", "F": "--form", "T": "--upload-file", "K": "--config", "H": "--header",
    "X": "--request", "G": "--get", "I": "--head",
}  # fmt: skip
_SHORT_WITH_VALUE: Final = frozenset("AbcCdDeEFhHKmoPQrtTuUwxXyYz")
_OTHERS_WITH_VALUE: Final = """
    aws-sigv4 alt-svc cacert capath cert cert-type ciphers connect-timeout connect-to continue-at
    cookie cookie-jar dns-servers doh-url dump-header expect100-timeout header hsts interface
    keepalive-time key key-type limit-rate local-port max-filesize max-redirs max-time noproxy
    oauth2-bearer output output-dir pass pinnedpubkey preproxy proto proto-default proto-redir
    proxy proxy-header proxy-user range rate referer request request-target resolve retry
    retry-delay retry-max-time service-name socks4 socks5 socks5-hostname speed-limit speed-time
    stderr time-cond tls-max trace trace-ascii unix-socket url url-query user user-agent variable
    write-out
"""
_LONG_WITH_VALUE: Final = _BODY | _NOT_READ | {f"--{name}" for name in _OTHERS_WITH_VALUE.split()}


def read(stream: io.BufferedReader, file: str, options: ReadOptions) -> Found:
    """Yield the requests that the commands of a stream send, and what they do not show."""
    raw = stream.read(options.max_body + 1)
    if len(raw) > options.max_body:
        yield too_large(Origin(file), "the file", options)
        return
    text = raw.decode(errors="surrogateescape")
    places = _Places(text)
    record = 0
    for command in commands(text):
        place = places.at(command.at)
        origin = Origin(file, record + 1, place.line, place.column, OPAQUE)
        try:
            request = _request(command)
        except Refused as refused:
            record += 1
            yield refused.at(origin)
            continue
        if request:
            record += 1
            yield _capture(request, _place(request, command, origin, places))


def _capture(request: _Request, origin: Origin) -> Capture:
    body = as_bytes(request.body)
    return Capture(origin, body, tuple(request.all_headers()), None, request.url)


def _place(request: _Request, command: Command, origin: Origin, places: _Places) -> Origin:
    """Where the body stands; where it was written otherwise, the command is its place."""
    body = request.body
    for literal in command.literals:
        if literal.value != body:
            continue
        inside = literal.written.find(literal.value)
        place = places.at(literal.at + max(inside, 0))
        if inside >= 0:
            return Origin(origin.file, origin.record, place.line, place.column)
        if _is_json(literal):
            return Origin(origin.file, origin.record, place.line, place.column, literal.written)
    return origin


class _Places:
    """Lines and columns of offsets in a text, which must come in their order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = self._begin = 0
        self._line = 1

    def at(self, offset: int) -> Position:
        """Line and column of the next offset."""
        self._line += self._text.count("\n", self._at, offset)
        self._begin = max(self._begin, self._text.rfind("\n", self._at, offset) + 1)
        self._at = offset
        return Position(self._line, offset - self._begin + 1)


def _is_json(literal: Literal) -> bool:
    """Whether quotes and escapes of the shell are those of JSON as well."""
    try:
        return bool(json.loads(literal.written) == literal.value)
    except json.JSONDecodeError:
        return False


def _request(command: Command) -> _Request | None:
    """The request that a command sends; None for another command, or where nothing is sent."""
    words = command.words()
    while words and (words[0] == "$" or _ASSIGNMENT.match(words[0])):
        words.pop(0)
    if not words or words.pop(0).rpartition("/")[2] not in {"curl", "curl.exe"}:
        return None
    if not command.closed:
        raise Refused("a quote is not closed", hint="is the command whole?")
    request = _Request()
    for option, value in _options(iter(words)):
        request.take(option, value)
    nothing = not request.pieces and request.method != "POST"
    return None if request.get or nothing else request


def _options(words: Iterator[str]) -> Iterator[tuple[str, str]]:
    """The options by their long names, with their values; what is none is the URL."""
    for word in words:
        if word.startswith("--") and len(word) > len("--"):
            yield word, _value_of(word, words) if word in _LONG_WITH_VALUE else ""
        elif word.startswith("-") and len(word) > 1:
            yield from _letters(word, words)
        else:
            yield "--url", word


def _letters(word: str, words: Iterator[str]) -> Iterator[tuple[str, str]]:
    for at, letter in enumerate(word[1:], 2):
        name = _LONG.get(letter, letter)
        if letter in _SHORT_WITH_VALUE:
            yield name, word[at:] or _value_of(f"-{letter}", words)
            return
        yield name, ""


def _value_of(option: str, words: Iterator[str]) -> str:
    value = next(words, None)
    if value is None:
        raise Refused(f"the option {option} has no value", hint="is the command whole?")
    return value


@dataclass(slots=True)
class _Request:
    """What the options of one command add up to."""

    url: str = ""
    method: str = ""
    get: bool = False
    json: bool = False
    pieces: list[str] = field(default_factory=list)
    headers: list[tuple[str, str]] = field(default_factory=list)
    removed: set[str] = field(default_factory=set)

    @property
    def body(self) -> str:
        """The body's text."""
        return "".join(self.pieces)

    def take(self, option: str, value: str) -> None:
        """Take an option into account; those that change nothing of a request are passed over."""
        if option in _BODY:
            self._add(option, value)
        elif option in _NOT_READ:
            raise Refused(
                f"the body comes from {option}, which is not read here",
                hint="validate the file that is sent, or capture the request",
            )
        elif option == "--header":
            self._header(value)
        elif option == "--request":
            self.method = value.upper()
        elif option in {"--get", "--head"}:
            self.get = True
        elif option == "--url":
            self.url = self.url or value

    def all_headers(self) -> Iterator[tuple[str, str]]:
        """The headers, with those that curl adds for a body."""
        yield from self.headers
        there = {name.lower() for name, _ in self.headers} | self.removed
        if self.pieces and "content-type" not in there:
            yield "Content-Type", _JSON_TYPE if self.json else _FORM_TYPE

    def _header(self, value: str) -> None:
        name, colon, rest = value.partition(":")
        if colon and rest.strip():
            self.headers.append((name.strip(), rest.strip()))
        elif colon:
            self.removed.add(name.strip().lower())
        elif value.endswith(";"):
            self.headers.append((value[:-1].strip(), ""))

    def _add(self, option: str, value: str) -> None:
        name, equals, rest = value.partition("=")
        encoded = option == "--data-urlencode"
        named, at, file = (name if encoded else value).partition("@")
        if at and not (encoded and equals) and (encoded or not named) and option != "--data-raw":
            raise Refused(
                f"the body is in the file {file[:80]!r}, which is not opened",
                hint="validate that file itself: no file that a command names is opened",
            )
        if encoded:
            text = quote_plus(as_bytes(rest if equals else value))
            value = f"{name}={text}" if name and equals else text
        self.json = self.json or option == "--json"
        self.pieces += ["&", value] if self.pieces and option != "--json" else [value]
