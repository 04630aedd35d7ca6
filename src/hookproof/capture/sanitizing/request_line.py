"""Sanitises a request that is a JSON object, mostly a line: body, headers, URL, the rest."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from typing import TYPE_CHECKING, Final, NamedTuple

from hookproof.capture.capture import Capture, Origin, Unreadable
from hookproof.capture.formats.beside import UNKNOWN_HEADERS
from hookproof.capture.formats.fields import span_of
from hookproof.capture.formats.format import DEFAULTS, Refused
from hookproof.capture.formats.request_lines import read_request
from hookproof.capture.sanitizing.edits import Edit, apply, shift
from hookproof.capture.sanitizing.leaves import Token, json_tokens, string_edits, text_edits
from hookproof.capture.sanitizing.refusal import Refusal, RefusedError, our_fault
from hookproof.payload.decode import decode_text

if TYPE_CHECKING:
    from hookproof.capture.sanitizing.sanitizer import Sanitized, Sanitizer
    from hookproof.payload.scan import Path

_HEADER_LINE: Final = re.compile(r"[^:\r\n]*:[ \t]*([^\r\n]*)")
_KEPT: Final[dict[Path, re.Pattern[str]]] = {
    (DEFAULTS.method,): re.compile(r"[A-Za-z]{1,10}"),
    (DEFAULTS.received_at,): re.compile(r"[0-9TZ:.+\- ]{1,40}"),
}


def sanitize_request_line(
    line: bytes, sanitizer: Sanitizer
) -> tuple[bytes, Sanitized] | Refusal | None:
    """The line with its values replaced; None for a request that carries nothing."""
    capture = _read(line)
    if capture is None:
        return None
    if isinstance(capture, Unreadable):
        return Refusal(capture.code, capture.message, capture.hint)
    made = sanitizer.sanitize(capture.body, headers=capture.headers, url=capture.url)
    if isinstance(made, Refusal):
        return made
    text = line.decode()
    try:
        edits = _Line(text, capture, made, sanitizer).edits()
    except RefusedError as error:
        return error.refusal
    written = apply(text, edits).encode()
    again = _read(written)
    wanted = (made.raw, made.headers, made.url)
    if not isinstance(again, Capture) or (again.body, again.headers, again.url) != wanted:
        return our_fault("the line does not hold the sanitised request")
    return written, made


def _read(raw: bytes) -> Capture | Unreadable | None:
    origin = Origin("", 1)
    try:
        found = read_request(raw, origin, DEFAULTS)
        if isinstance(found, Capture) and found.note == UNKNOWN_HEADERS:
            # Nobody knows what they hold, so they are not copied.
            return Unreadable(origin, "HP100", found.note)
    except Refused as refused:
        return refused.at(origin)
    return found


class _Body(NamedTuple):
    """Where the body stands in a line; `inside` where it is an object there, not a text."""

    path: Path
    start: int
    inside: bool


class _Line:
    def __init__(self, text: str, capture: Capture, made: Sanitized, sanitizer: Sanitizer) -> None:
        self._text = text
        self._made = made
        self._unknown = sanitizer.unknown
        self._headers = iter(made.headers or ())
        self._body = _body_of(capture, text)

    def edits(self) -> list[Edit]:
        """All edits in the line."""
        found: list[Edit] = []
        if self._body.inside:
            found += shift(self._made.edits, self._body.start)
        for token in json_tokens(self._text):
            if self._in_body(token):
                continue
            if token.is_name:
                self._unknown.name(token.path)
            else:
                found += shift(self._value(token), token.start)
        return found

    def _in_body(self, token: Token) -> bool:
        return self._body.inside and token.path[: len(self._body.path)] == self._body.path

    def _value(self, token: Token) -> list[Edit]:
        if token.path == self._body.path:
            return self._body_text(token)
        if token.path[0] == DEFAULTS.headers:
            return self._header(token)
        return self._other(token)

    def _body_text(self, token: Token) -> list[Edit]:
        if token.path == (DEFAULTS.body_base64,):
            return [_whole(token, b64encode(self._made.raw).decode())]
        return string_edits(token.path, token.literal, lambda _, __: list(self._made.edits))

    def _header(self, token: Token) -> list[Edit]:
        if len(token.path) == 1:
            return string_edits(token.path, token.literal, lambda _, text: self._header_text(text))
        if not _is_header_value(token.path[1:]):
            return []
        new = self._next_header()
        if token.literal == "null" or json.loads(token.literal) == new:
            return []
        if token.literal.isdigit() and new.isdigit():
            return [Edit(0, len(token.literal), new)]
        return [_whole(token, new)]

    def _header_text(self, text: str) -> list[Edit]:
        """The edits where all headers are one text: JSON, or the lines of a request."""
        if isinstance(decode_text(text).value, (dict, list)):
            tokens = (token for token in json_tokens(text) if not token.is_name)
            return [
                edit
                for token in tokens
                for edit in shift(self._header(_deeper(token)), token.start)
            ]
        return [Edit(*m.span(1), self._next_header()) for m in _HEADER_LINE.finditer(text)]

    def _next_header(self) -> str:
        # Were there more values than headers, the request read again would tell.
        _, value = next(self._headers, ("", ""))
        return value

    def _other(self, token: Token) -> list[Edit]:
        """A field beside body and headers."""
        if token.literal.startswith('"'):
            if token.path == (DEFAULTS.url,):
                return string_edits(
                    token.path, token.literal, lambda *_: list(self._made.url_edits)
                )
            return string_edits(token.path, token.literal, self._other_text)
        if token.path == (DEFAULTS.received_at,) or token.literal in ("true", "false", "null"):
            return []
        return self._unknown.number(token.path, token.literal)

    def _other_text(self, path: Path, text: str) -> list[Edit]:
        kept = _KEPT.get(path)
        if kept and kept.fullmatch(text):
            return []
        return text_edits(path, text, self._unknown)


def _body_of(capture: Capture, text: str) -> _Body:
    origin = capture.origin
    if origin.text is not None:
        return _Body(origin.path, 0, inside=False)
    path = (DEFAULTS.body,)
    return _Body(path, span_of(text, path)[0], inside=True)


def _is_header_value(path: Path) -> bool:
    """Whether a value is a header's, by the path from all headers: see `headers_of`."""
    if isinstance(path[0], str):
        return True
    return len(path) == 2 and path[1] in (1, "value")


def _deeper(token: Token) -> Token:
    """A value in a text of headers, as if the text were no text."""
    return token._replace(path=(DEFAULTS.headers, *token.path))


def _whole(token: Token, text: str) -> Edit:
    """The edit that replaces a text, quotes and all."""
    return Edit(0, len(token.literal), json.dumps(text))
