"""HAR 1.2, what the network tab of a browser saves: the POST requests of its log.

A log may be larger than the memory there is: one entry is held at a time. A list of entries, one
entry and one request, as people cut them out, are read too.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from hookproof.captures.capture import Capture, Origin, ReadOptions, Remark, Unreadable
from hookproof.captures.formats.fields import (
    as_bytes,
    form_of,
    from_base64,
    headers_of,
    moment_of,
)
from hookproof.captures.formats.format import ELSEWHERE, OPAQUE, Format, Refused, guarded, too_large
from hookproof.captures.formats.json_values import pass_over
from hookproof.captures.formats.window import Window
from hookproof.captures.stream import START_SIZE, Start
from hookproof.payload.problem import position_at
from hookproof.payload.scan import scan

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from hookproof.captures.formats.format import Found
    from hookproof.payload.scan import Path

# Keys come in any order; these are of a HAR alone where they stand in its log or its entries.
_LOG: Final = rb'[{,]\s*"log"\s*:\s*\{'
_IN_LOG: Final = rb'"(?:creator|browser|pages|entries)"\s*:\s*[{\[]|"version"\s*:\s*"1\.[0-9]"'
_ENTRY: Final = rb'"startedDateTime"\s*:\s*"|"postData"\s*:\s*\{\s*"(?:mimeType|text|params)"'
_REQUEST: Final = rb'"(?:request|postData|httpVersion|headersSize)"\s*:'

# Only where entries begin and end is asked for here; bodies are judged by the strict decoder.
_FRAME: Final = json.JSONDecoder(strict=False, parse_int=str)
# As much may be missing of a word or an escape at the end of a window.
_LONGEST_WORD: Final = len(r"\ud83d\ude00") + 4
# An entry holds the answer too. One this large, in characters, is no callback's.
MAX_ENTRY: Final = 32 * 1024 * 1024
_WHOLE: Final = "is the copy whole?"
_NO_REQUEST: Final = "the entry holds no request"


def _looks(start: Start, _: ReadOptions) -> bool:
    if start.head[:1] == b"{" and re.search(_LOG, start.text) and re.search(_IN_LOG, start.text):
        return True
    if re.match(rb'\[\s*\{|\{\s*"', start.head) is None or b"\n{" in start.text:
        return False
    return bool(re.search(_ENTRY, start.text) and re.search(_REQUEST, start.text))


def _entry(entry: Any, origin: Origin, options: ReadOptions) -> Found:
    """What an entry holds, if it is anything."""
    try:
        found = _found(entry, origin, options)
    except Refused as refused:
        found = refused.at(origin)
    if found:
        yield found
    if isinstance(entry, dict) and entry.get("_webSocketMessages") and options.sought:
        from hookproof.captures.formats.records import captures_in  # noqa: PLC0415 - seldom

        messages = {"_webSocketMessages": entry["_webSocketMessages"]}
        for inside in captures_in(json.dumps(messages).encode(), origin, options):
            yield replace(inside, origin=replace(origin, text=OPAQUE))


def _read(stream: io.BufferedReader, file: str, options: ReadOptions) -> Found:
    log = _Log(Window(stream), file)
    record = 0
    try:
        for entry, text, line, column in log.entries():
            origin = Origin(file, record + 1, line, column, text)
            if text and not isinstance(entry, dict):
                record += 1
                yield Unreadable(origin, "HP115", _NO_REQUEST)
                continue
            read = partial(_entry, entry, origin, options)
            for found in guarded(read, origin, as_bytes(text)):
                record += not isinstance(found, Remark)
                yield found
    except Refused as damaged:
        if not log.window.broken:
            unreadable = damaged.at(Origin(file))
            yield replace(unreadable, origin=replace(unreadable.origin, record=record + 1))
    if log.window.broken:
        raise log.window.broken


class _Log:
    """Finds the entries of a HAR one after the other, and holds one at a time."""

    def __init__(self, window: Window, file: str) -> None:
        self.window = window
        self._file = file

    def entries(self) -> Iterator[tuple[Any, str, int, int]]:
        """Each entry, its text, and the line and column where it begins.

        The text is empty where the entry is too long to be held.
        """
        if self.window.peek() == "[":
            self.window.skip(1)
            yield from self._items()
            return
        self.window.hold(START_SIZE)
        if not re.search(r'"(?:log|entries)"\s*:', self.window.text):
            yield self._placed()
            return
        self._open("{")
        for name in self._members():
            if name != "log":
                self._pass_over()
                continue
            self._open("{")
            for inner in self._members():
                if inner == "entries":
                    self._open("[")
                    yield from self._items()
                    return
                self._pass_over()
        raise self._damaged("HP115", "there are no entries in a log", "is this a HAR file?")

    def _items(self) -> Iterator[tuple[Any, str, int, int]]:
        while self.window.peek() != "]":
            yield self._placed()
            if self.window.peek() == ",":
                self.window.skip(1)

    def _placed(self) -> tuple[Any, str, int, int]:
        line, column = self.window.line, self.window.column
        return *self._value(), line, column

    def _members(self) -> Iterator[str]:
        while self.window.peek() != "}":
            name, _ = self._value()
            self._open(":")
            yield name if isinstance(name, str) else ""
            if self.window.peek() == ",":
                self.window.skip(1)
        self.window.skip(1)

    def _open(self, char: str) -> None:
        found = self.window.peek()
        if found != char:
            came = f'"{found}" came' if found else "the file ends"
            raise self._damaged("HP103", f'"{char}" was expected, {came}')
        self.window.skip(1)

    def _value(self) -> tuple[Any, str]:
        """The value that begins here, and its text; none of one that is too long."""
        self._expect_value()
        window = self.window
        while len(window.text) - window.at <= MAX_ENTRY:
            try:
                value, end = _FRAME.raw_decode(window.text, window.at)
            except json.JSONDecodeError as error:
                if not self._cut(error) or not window.more():
                    raise self._faulty() from None
                continue
            except RecursionError:
                raise self._damaged("HP108", "nested too deep") from None
            if end < len(window.text) or not window.more():
                text = window.text[window.at : end]
                window.advance(end)
                return value, text
        self._pass_over()
        return None, ""

    def _pass_over(self) -> None:
        """Pass over the value that begins here without holding it."""
        self._expect_value()
        window = self.window
        if window.text[window.at] not in '"{[':
            self._value()
            return
        if not pass_over(window):
            raise self._damaged("HP103", "the file ends within a value", _WHOLE)

    def _expect_value(self) -> None:
        if not self.window.peek():
            raise self._damaged("HP103", "the file ends before the log does", _WHOLE)

    def _cut(self, error: json.JSONDecodeError) -> bool:
        """Whether a value cannot be read because the window ends in it."""
        unclosed = error.msg.startswith("Unterminated")
        return unclosed or error.pos > len(self.window.text) - _LONGEST_WORD

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


def _found(
    entry: Any, origin: Origin, options: ReadOptions
) -> Capture | Unreadable | Remark | None:
    if not origin.text:
        raise Refused(f"an entry is longer than {MAX_ENTRY:,} characters", code="HP109")
    request, path = _request_of(entry)
    if str(request.get("method")).upper() != "POST":
        return None
    url = str(request.get("url") or "")
    if options.leaves_out(url):
        return Remark(origin, ELSEWHERE)
    body = _body(request)
    if body is None:
        return Remark(origin, "a POST request of which no body was saved was passed over")
    raw, within = body
    headers = headers_of(request.get("headers"))
    from hookproof.captures.formats.content_encoding import opened  # noqa: PLC0415

    content = opened(raw, headers, options)
    if len(content) > options.max_body:
        return too_large(origin, "the body", options)
    stands = {"path": (*path, *within)} if content is raw else {"text": OPAQUE}
    moment = moment_of(entry.get("startedDateTime"))
    return Capture(replace(origin, **stands), content, headers, moment, url)


def _request_of(entry: Any) -> tuple[dict[str, Any], Path]:
    """The request of an entry, and where it stands in it; an entry may be the request itself."""
    request = entry.get("request") if isinstance(entry, dict) else None
    if isinstance(request, dict):
        return request, ("request",)
    if isinstance(entry, dict) and "method" in entry and "url" in entry:
        return entry, ()
    raise Refused(_NO_REQUEST, code="HP115")


def _body(request: dict[str, Any]) -> tuple[bytes, Path] | None:
    """The body's bytes, and where in the request they are from; None where it seems to have none.

    Raises Refused where there was one and it is not here.
    """
    for name in ("postData", "_content"):
        data = request.get(name)
        if isinstance(data, dict) and (found := _from_data(data, name)):
            return found
    data = request.get("postData")
    if isinstance(data, dict):
        beside = data.get("_file") or data.get("_sha1")
        if beside:
            raise Refused(
                f"the body was saved beside the HAR, in the file {str(beside)[:80]}",
                code="HP120",
                hint="validate that file, or save the HAR with the content embedded",
            )
        raise Refused("postData holds neither a text nor params", code="HP102")
    if str(request.get("bodySize")) == "0":
        return b"", ()
    if data is None and not _had_a_body(request):
        return None
    raise Refused(
        "the request has a body, but it was not saved",
        hint="save the HAR with content, and soon: browsers forget bodies",
    )


def _from_data(data: dict[str, Any], name: str) -> tuple[bytes, Path] | None:
    text, params = data.get("text"), data.get("params")
    if isinstance(params, list) and params and not text:
        return _form(params), (name, "params")
    if not isinstance(text, str):
        return None
    how = (data.get("encoding"), data.get("_encoding"), data.get("comment"))
    if any(isinstance(word, str) and word.lower() == "base64" for word in how):
        return from_base64(text), (name, "text")
    return as_bytes(text), (name, "text")


def _had_a_body(request: dict[str, Any]) -> bool:
    """Whether a size says that there was a body."""
    if str(request.get("bodySize") or "-1").lstrip("+").isdigit():
        return True
    given = request.get("headers")
    headers = given if isinstance(given, list) else []
    return any(
        isinstance(header, dict)
        and str(header.get("name")).lower() in {"content-length", "content-type"}
        and str(header.get("value")) != "0"
        for header in headers
    )


def _form(params: list[Any]) -> bytes:
    """The form that the fields come from; some tools list them encoded and some decoded."""
    pairs = [
        (str(field.get("name") or ""), str(field.get("value") or ""))
        for field in params
        if isinstance(field, dict)
    ]
    # An encoded value needs no escape; of a decoded one with such a character nobody can tell.
    return as_bytes(form_of(pairs, r"[A-Za-z0-9\-._~*+%!'()]*"))


HAR = Format("har", _looks, _read, "no request in this HAR is a POST")
