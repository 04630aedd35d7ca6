"""Callbacks in JSON records: what loggers, queues, clouds and hook inspectors wrap them in.

A record is searched at any depth for an object that is a callback, or a text that holds one:
JSON, a form, a line of a log, Base64 of these, a whole HTTP request. No product is known here.
What says how a body is written (`isBase64Encoded`), and what else is known of the request
(`headers`, `url`), stands beside it.
"""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlencode

import orjson

from hookproof.captures.capture import Capture, Origin, ReadOptions, Remark, Unreadable
from hookproof.captures.formats.beside import (
    Beside,
    beside,
    is_base64,
    is_form,
    is_request,
    read_request,
)
from hookproof.captures.formats.continued import spread_over
from hookproof.captures.formats.embedded import bodies_in, is_body, packed_in
from hookproof.captures.formats.fields import (
    as_bytes,
    buffer_in,
    bytes_of,
    fields_of,
    from_base64,
    gunzipped,
    span_of,
)
from hookproof.captures.formats.format import OPAQUE, Refused, too_large
from hookproof.captures.formats.typed_values import has_types, plain
from hookproof.captures.formats.unread import broken, foreign
from hookproof.payload.pointer import item_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.captures.formats.format import Found
    from hookproof.payload.scan import Path

_MAX_DEPTH: Final = 24
# A callback takes more than this, in characters.
_SHORTEST: Final = 12
_NO_BODY: Final = ("", "-", "null")
# How a record tells of a request: by a field of its own, or by the first line of it.
_POST: Final = re.compile(
    rb'(?i)"[\w.@\-]*(?:method|verb)"\s*:\s*\[?\s*"POST"|"POST (?:https?:/)?/\S* HTTP/[0-9.]+"'
)
_PASSED: Final = "records without a callback were passed over"
_KEEP: Final = "if that was a callback, let the log keep the body too"
# What an answer repeats is no callback.
_ANSWER: Final = re.compile(r"(?i)response|answer|reply|\Ares\Z")
_HTTP: Final = (b"POST ", b"PUT ", b"post ")


class Hit(NamedTuple):
    """A body in a record: its bytes, the path to it, the objects around it, how it was got at.

    `place` is None where it does not stand in the record as it is; else it is a text in it, or
    an object from one place to another.
    """

    raw: bytes
    path: Path
    around: tuple[dict[str, Any], ...]
    value: Any = None
    is_object: bool = False
    is_opaque: bool = False
    note: str = ""
    request: Capture | None = None
    is_rewritten: bool = False


def read_record(
    raw: bytes, origin: Origin, options: ReadOptions, value: Any, *, loose: bool = False
) -> Found:
    """Yield the callback that a JSON value is, or those that it holds; else a remark.

    Where a reader is `loose`, the field that names callbacks is enough to be one.
    """
    sought = options.sought
    if options.wants_records:
        yield from captures_in(raw, origin, options, value)
        return
    is_object = isinstance(value, dict)
    if is_object and not value and sought and not sought.has_name(value):
        yield Remark(origin, _PASSED)
        return
    if is_object and sought and sought.fits(value):
        yield Capture(origin, raw)
        return
    # Without a contract, what is no request is taken for a body.
    found = list(captures_in(raw, origin, options, value)) if sought and value else []
    if any(isinstance(one, Capture) for one in found):
        yield from found
    elif is_object and is_request(value, options):
        request = _request(raw, origin, options)
        yield request or Remark(origin, "requests without a body were passed over")
    elif is_object and (
        sought is None or sought.expects(value) or (loose and sought.has_name(value))
    ):
        yield Capture(origin, raw)
    elif found:
        yield from found
    elif sought and _POST.search(raw):
        message = "a record tells of a POST, and no body stands in it"
        yield Unreadable(Origin(origin.file, 0, origin.line), "HP121", message, _KEEP)
    else:
        yield Remark(origin, _PASSED)


def _request(raw: bytes, origin: Origin, options: ReadOptions) -> Capture | Unreadable | None:
    try:
        return read_request(raw, origin, options)
    except Refused as refused:
        return refused.at(origin)


def captures_in(raw: bytes, origin: Origin, options: ReadOptions, value: Any = None) -> Found:
    """Yield what a JSON record holds; nothing where there is no callback in it.

    `value` is what the record was decoded to, where that is known.
    """
    if value is None:
        try:
            value = orjson.loads(raw)
        except orjson.JSONDecodeError:
            return
    record = _Record(raw, value, origin, options)
    yield from record.named() if options.wants_records else record.found()


class _Record:
    def __init__(self, raw: bytes, value: Any, origin: Origin, options: ReadOptions) -> None:
        self._raw = raw
        self._origin = origin
        self._options = options
        self._sought = options.sought
        self._missed: list[Unreadable] = []
        # Up to which item of a list nothing goes on to its end.
        self._barren = 0
        self._rewritten = has_types(raw)
        self._value = plain(value) if self._rewritten else value

    def found(self) -> Found:
        """What is found by looking everywhere, and what looks like a callback and is not read."""
        for hit in _unique(list(self._search(self._value, (), ()))):
            yield self._capture(hit)
        yield from self._missed

    def named(self) -> Found:
        """What stands in the field that was named."""
        there = False
        for name in (self._options.body, self._options.body_base64):
            for path, around, value in fields_of(self._value, name.split("."), name):
                there = True
                yield from self._named(path, around, value)
        if not there:
            yield Remark(self._origin, f"a record has no field {self._options.body}")

    def _named(self, path: Path, around: tuple[dict[str, Any], ...], value: Any) -> Found:
        options = self._options
        if value is None or (isinstance(value, str) and value.strip() in _NO_BODY):
            if beside(around, options).method == "POST" and value != "-":
                yield self._capture(Hit(b"", path, around))
            else:
                yield Remark(self._origin, f"a record has nothing in {options.body}")
            return
        hits = list(self._search(value, path, around))
        if hits:
            yield from map(self._capture, _unique(hits))
        elif isinstance(value, (dict, list)):
            yield self._capture(Hit(b"", path, around, is_object=True))
        else:
            yield from self._as_it_says(path, around, str(value))

    def _as_it_says(self, path: Path, around: tuple[dict[str, Any], ...], text: str) -> Found:
        if not is_base64(around[-1], str(path[-1])):
            yield self._capture(Hit(as_bytes(text), path, around))
            return
        try:
            yield self._capture(Hit(from_base64(text), path, around, is_opaque=True))
        except Refused as refused:
            yield refused.at(self._origin)

    def _search(self, value: Any, path: Path, around: tuple[dict[str, Any], ...]) -> Iterator[Hit]:
        if len(path) > _MAX_DEPTH:
            return
        if isinstance(value, dict):
            if path and self._sought and self._fits(value):
                yield Hit(b"", path, around, value, is_object=True)
            elif packed := buffer_in(value):
                yield from self._in_bytes(packed, path, around)
            else:
                for name, inner in value.items():
                    yield from self._search(inner, (*path, name), (*around, value))
        elif isinstance(value, list) and (packed := bytes_of(value)):
            yield from self._in_bytes(packed, path, around)
        elif isinstance(value, list):
            yield from self._items(value, path, around)
        elif isinstance(value, str) and len(value) >= _SHORTEST:
            yield from self._in_text(value, path, around)

    def _items(
        self, value: list[Any], path: Path, around: tuple[dict[str, Any], ...]
    ) -> Iterator[Hit]:
        ended = 0
        for number, inner in enumerate(value):
            if number < ended or isinstance(inner, (int, float)):
                continue
            missed = len(self._missed)
            found = list(self._search(inner, (*path, number), around))
            if not found and number >= self._barren:
                found, last = self._spread(value, number, path, around)
                self._barren = max(self._barren, last)
                if found:
                    ended = last + 1
                    del self._missed[missed:]
            yield from found
        self._barren = 0

    def _spread(
        self, items: list[Any], number: int, path: Path, around: tuple[dict[str, Any], ...]
    ) -> tuple[list[Hit], int]:
        """What stands over the texts of several items of a list, a line in each."""
        following = ((at, items[at]) for at in range(number + 1, len(items)))
        whole, last = spread_over(items[number], following, limit=self._options.max_body)
        hits = list(self._search(whole, (*path, number), around)) if whole else []
        return [hit._replace(is_opaque=True) for hit in hits], last

    def _fits(self, value: Any) -> bool:
        if self._sought is None or not isinstance(value, dict):
            return False
        return self._sought.fits(value) or self._sought.resembles(value)

    def _in_text(self, text: str, path: Path, around: tuple[dict[str, Any], ...]) -> Iterator[Hit]:
        """What a text holds: JSON, an HTTP request, Base64, or words around a body."""
        if text.lstrip()[:1] in {"{", "[", '"'}:
            try:
                value = orjson.loads(text)
            except (orjson.JSONDecodeError, UnicodeEncodeError):
                value = None
            if isinstance(value, dict) and is_body(value, self._sought):
                yield Hit(as_bytes(text), path, around, value)
                return
            if value is not None:
                yield from self._nested(text, value, path, around)
                return
        hits: list[Hit] = []
        if text.startswith(("POST ", "PUT ")) and "\n" in text:
            hits = list(self._in_http(as_bytes(text), path, around))
        elif (packed := packed_in(text)) is not None:
            hits = list(self._in_bytes(packed, path, around))
        yield from hits or self._among_words(text, path, around)

    def _among_words(
        self, text: str, path: Path, around: tuple[dict[str, Any], ...]
    ) -> Iterator[Hit]:
        found = False
        for body in bodies_in(text, self._sought):
            if body.raw is not None:
                found = True
                whole = body.raw == as_bytes(text)
                hit = Hit(body.raw, path, around, body.value, is_opaque=not whole, note=body.note)
                yield hit._replace(is_rewritten=bool(body.written))
            elif body.value is not None:
                inside = body.written or text[body.start : body.end]
                for hit in self._nested(inside, body.value, path, around):
                    found = True
                    yield hit
            elif missed := broken(text, body.start, self._opaque(), self._options):
                found = True
                self._miss(missed, path)
        if not found and self._sought and self._sought.is_mentioned(text):
            self._miss(foreign(text, Origin(self._origin.file, 0, self._origin.line)), path)

    def _miss(self, missed: Unreadable, path: Path) -> None:
        if not any(_ANSWER.search(name) for name in path if isinstance(name, str)):
            place = self._opaque() if missed.origin.record else missed.origin
            self._missed.append(replace(missed, origin=place))

    def _opaque(self) -> Origin:
        origin = self._origin
        return Origin(origin.file, origin.record, origin.line, origin.column, OPAQUE)

    def _nested(
        self, text: str, value: Any, path: Path, around: tuple[dict[str, Any], ...]
    ) -> Iterator[Hit]:
        """What a JSON text in the record holds; an object is cut out of that text."""
        for hit in self._search(value, path, around):
            if not hit.is_object:
                yield hit
                continue
            start, end = span_of(text, hit.path[len(path) :])
            yield hit._replace(raw=as_bytes(text[start:end]), is_opaque=True)

    def _in_bytes(
        self, packed: bytes, path: Path, around: tuple[dict[str, Any], ...]
    ) -> Iterator[Hit]:
        if packed.startswith(b"\x1f\x8b"):
            packed = gunzipped(packed, self._options.max_body)
        if packed.startswith(_HTTP):
            yield from self._in_http(packed, path, around)
            return
        try:
            text = packed.decode()
        except UnicodeDecodeError:
            return
        for hit in self._in_text(text, path, around):
            yield hit._replace(is_opaque=True)

    def _in_http(
        self, packed: bytes, path: Path, around: tuple[dict[str, Any], ...]
    ) -> Iterator[Hit]:
        from hookproof.captures.formats.http_messages import HTTP  # noqa: PLC0415 - seldom

        stream: Any = io.BufferedReader(io.BytesIO(packed))
        for found in HTTP.reader(stream, self._origin.file, self._options):
            if isinstance(found, Capture) and found.body:
                yield Hit(found.body, path, around, is_opaque=True, request=found)

    def _capture(self, hit: Hit) -> Capture | Unreadable:
        origin, raw = self._place(hit)
        facts = beside(hit.around, self._options)
        if facts.headers is None:
            # The line end is of the log, where nobody kept the request itself.
            raw = raw.rstrip(b"\r\n")
        if len(raw) > self._options.max_body:
            return too_large(origin, "the body", self._options)
        if hit.request:
            facts = Beside(hit.request.headers, facts.received_at, hit.request.url, facts.method)
        note = hit.note or facts.note
        if not note and hit.path != (self._options.body,):
            note = f"the callback was taken out of {_shown(hit.path)}"
        # Some tools keep a form as an object, whose values are texts for it.
        if hit.is_object and is_form(facts.headers, hit.value):
            origin, raw = self._opaque(), urlencode(hit.value).encode()
        rewritten = hit.is_object or hit.is_rewritten
        return Capture(origin, raw, facts.headers, facts.received_at, facts.url, note, rewritten)

    def _place(self, hit: Hit) -> tuple[Origin, bytes]:
        """Where a body stands in the file, and its bytes."""
        origin, opaque = self._origin, self._opaque()
        if self._rewritten and hit.is_object and not hit.is_opaque:
            return opaque, orjson.dumps(item_at(self._value, hit.path))
        if hit.is_opaque or self._rewritten:
            return opaque, hit.raw
        text = self._raw.decode(errors="replace")
        if hit.is_object:
            # Written anew its numbers and blanks would be others, and its signature would not hold.
            start, end = span_of(text, hit.path)
            line = origin.line + text.count("\n", 0, start)
            before = start - (text.rfind("\n", 0, start) + 1)
            column = before + (origin.column if line == origin.line else 1)
            return Origin(origin.file, origin.record, line, column), as_bytes(text[start:end])
        return Origin(
            origin.file, origin.record, origin.line, origin.column, text, hit.path
        ), hit.raw


def _unique(hits: list[Hit]) -> list[Hit]:
    """Hits without what a tool keeps twice in one item: as an object, as Base64, in two fields."""
    texts: dict[Path, list[Any]] = {}
    packed: dict[Path, list[Any]] = {}
    for hit in hits:
        if not hit.is_object:
            (packed if hit.is_opaque else texts).setdefault(_item(hit), []).append(hit.value)
    kept: list[Hit] = []
    names: dict[tuple[object, ...], Path] = {}
    for hit in hits:
        item = _item(hit)
        better = texts.get(item, []) if hit.is_object or hit.is_opaque else []
        better = [*better, *packed.get(item, [])] if hit.is_object else better
        if hit.value is not None and hit.value in better:
            continue
        if not hit.raw or names.setdefault((hit.raw, item), hit.path[-1:]) == hit.path[-1:]:
            kept.append(hit)
    return kept


def _item(hit: Hit) -> Path:
    """In which item of a list a hit stands, and of the list that holds that."""
    return tuple(part for part in hit.path if isinstance(part, int))


def _shown(path: Path) -> str:
    """A path as --body-field takes it; which item of a list it was does not matter."""
    return ".".join(part for part in path if isinstance(part, str)) or "a list"
