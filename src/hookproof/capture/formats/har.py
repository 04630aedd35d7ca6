"""HAR 1.2, what the network tab of a browser saves: the POST requests of its log."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote_plus

from hookproof.capture.capture import Capture, Origin, Unreadable
from hookproof.capture.formats.fields import as_bytes, from_base64, headers_of, moment_of
from hookproof.capture.formats.format import (
    Format,
    ReadOptions,
    Refused,
    Start,
    too_large,
)
from hookproof.capture.formats.window import Window
from hookproof.payload.problem import position_at
from hookproof.payload.scan import scan

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from hookproof.capture.formats.format import Found
    from hookproof.payload.scan import Path

_POST_DATA: Final = ("request", "postData")
_HAR: Final = re.compile(
    rb'\{\s*"log"\s*:\s*\{\s*"(?:version|creator|browser|pages|entries|comment)"'
)
_BLANKS: Final = re.compile(r"[ \t\r\n]*")
# Only where entries begin and end is asked for here; bodies are judged by the strict decoder.
_FRAME: Final = json.JSONDecoder(strict=False, parse_int=str)
# As much may be missing of a word or an escape at the end of a window.
_LONGEST_WORD: Final = len(r"\ud83d\ude00") + 4
# An entry holds the answer too. One this large is no callback's.
_MAX_ENTRY: Final = 64 * 1024 * 1024
# An encoded value needs no escape; of a decoded one with such a character nobody can tell.
_ESCAPED: Final = re.compile(r"%[0-9A-Fa-f]{2}")
_ENCODED: Final = re.compile(r"[A-Za-z0-9\-._~*+%!'()]*")


def _looks(start: Start, options: ReadOptions) -> bool:
    del options
    return _HAR.match(start.head) is not None


def _read(stream: io.BufferedReader, file: str, options: ReadOptions) -> Found:
    har = _Har(Window(stream), file)
    record = 0
    try:
        for entry, text, line, column in har.entries():
            origin = Origin(file, record + 1, line, column, text)
            try:
                found: Capture | Unreadable | None = _capture(entry, origin, options)
            except Refused as refused:
                found = refused.at(Origin(file, record + 1, line, column))
            if found:
                record += 1
                yield found
    except Refused as damaged:
        if not har.window.broken:
            yield damaged.at(Origin(file))
    if har.window.broken:
        raise har.window.broken


def _capture(entry: Any, origin: Origin, options: ReadOptions) -> Capture | Unreadable | None:
    request = entry.get("request") if isinstance(entry, dict) else None
    if not isinstance(request, dict):
        raise Refused("the entry holds no request", code="HP115")
    if str(request.get("method")).upper() != "POST":
        return None
    raw, path = _body(request)
    if len(raw) > options.max_body:
        return too_large(origin, "the body", options)
    return Capture(
        Origin(origin.file, origin.record, origin.line, origin.column, origin.text, path),
        raw,
        headers_of(request.get("headers")),
        moment_of(entry.get("startedDateTime")),
        str(request.get("url") or ""),
    )


def _body(request: dict[str, Any]) -> tuple[bytes, Path]:
    """The body's bytes, and where in the entry they are from."""
    data = request.get("postData")
    if data is None and str(request.get("bodySize")) == "0":
        return b"", ("request",)
    if not isinstance(data, dict):
        raise Refused(
            "the request has a body, but it was not saved",
            hint="save the HAR with content, and soon: browsers forget bodies",
        )
    text, params = data.get("text"), data.get("params")
    if isinstance(params, list) and params and not text:
        return _form(params), (*_POST_DATA, "params")
    if not isinstance(text, str):
        raise Refused("postData holds neither a text nor params", code="HP102")
    how = (data.get("encoding"), data.get("_encoding"), data.get("comment"))
    if any(isinstance(word, str) and word.lower() == "base64" for word in how):
        return from_base64(text), (*_POST_DATA, "text")
    return as_bytes(text), (*_POST_DATA, "text")


def _form(params: list[Any]) -> bytes:
    """The form that the fields come from; some tools list them encoded and some decoded."""
    pairs = [
        (str(field.get("name") or ""), str(field.get("value") or ""))
        for field in params
        if isinstance(field, dict)
    ]
    words = [word for pair in pairs for word in pair]
    encoded = all(map(_ENCODED.fullmatch, words)) and any(map(_ESCAPED.search, words))
    write = str if encoded else lambda word: quote_plus(word, errors="surrogatepass")
    return as_bytes("&".join(f"{write(name)}={write(value)}" for name, value in pairs))


class _Har:
    """Finds the entries of a HAR one after the other, and holds one at a time."""

    def __init__(self, window: Window, file: str) -> None:
        self.window = window
        self._file = file

    def entries(self) -> Iterator[tuple[Any, str, int, int]]:
        """Each entry, its text, and the line and column where it begins."""
        self._open("{")
        for name in self._members():
            if name != "log":
                self._value()
                continue
            self._open("{")
            for inner in self._members():
                if inner == "entries":
                    self._open("[")
                    yield from self._items()
                    return
                self._value()
        raise self._damaged("HP115", "there are no entries in a log", "is this a HAR file?")

    def _items(self) -> Iterator[tuple[Any, str, int, int]]:
        while self._peek() != "]":
            place = (self.window.line, self.window.column)
            value, text = self._value()
            yield value, text, *place
            if self._peek() == ",":
                self._skip()

    def _members(self) -> Iterator[str]:
        while self._peek() != "}":
            name, _ = self._value()
            self._open(":")
            yield name if isinstance(name, str) else ""
            if self._peek() == ",":
                self._skip()
        self._skip()

    def _open(self, char: str) -> None:
        found = self._peek()
        if found != char:
            came = f'"{found}" came' if found else "the file ends"
            raise self._damaged("HP103", f'"{char}" was expected, {came}')
        self._skip()

    def _skip(self) -> None:
        self.window.advance(self.window.at + 1)

    def _peek(self) -> str:
        """The next character that is not blank, "" at the end."""
        window = self.window
        while True:
            blank = _BLANKS.match(window.text, window.at)
            window.advance(blank.end() if blank else window.at)
            if window.at < len(window.text) or not window.more():
                return window.text[window.at : window.at + 1]

    def _value(self) -> tuple[Any, str]:
        """The value that begins here, and its text."""
        if not self._peek():
            raise self._damaged("HP103", "the file ends before the log does", "is the copy whole?")
        window = self.window
        while True:
            try:
                value, end = _FRAME.raw_decode(window.text, window.at)
            except json.JSONDecodeError as error:
                if not self._cut(error) or not self._more():
                    raise self._faulty() from None
                continue
            except RecursionError:
                raise self._damaged("HP108", "nested too deep") from None
            if end < len(window.text) or not window.more():
                text = window.text[window.at : end]
                window.advance(end)
                return value, text

    def _cut(self, error: json.JSONDecodeError) -> bool:
        """Whether a value cannot be read because the window ends in it."""
        unclosed = error.msg.startswith("Unterminated")
        return unclosed or error.pos > len(self.window.text) - _LONGEST_WORD

    def _more(self) -> bool:
        if len(self.window.text) - self.window.at > _MAX_ENTRY:
            raise self._damaged("HP109", f"an entry is longer than {_MAX_ENTRY:,} characters")
        return self.window.more()

    def _faulty(self) -> Refused:
        """Why the value that begins here cannot be read, and where exactly."""
        text = self.window.text[self.window.at :]
        for fault in scan(text).problems[-1:]:
            place = position_at(text, fault.offset)
            column = place.column + (self.window.column - 1 if place.line == 1 else 0)
            line = self.window.line + place.line - 1
            origin = Origin(self._file, 0, line, column)
            return Refused(fault.message, hint=fault.hint, code=fault.code, origin=origin)
        return self._damaged("HP103", "this cannot be read")

    def _damaged(self, code: str, message: str, hint: str = "") -> Refused:
        origin = Origin(self._file, 0, self.window.line, self.window.column)
        return Refused(message, hint=hint, code=code, origin=origin)


HAR = Format("har", _looks, _read, "no request in this HAR is a POST")
