"""A request on each line: a JSON object with the body in one field, and what else was kept."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from hookproof.captures.capture import Capture, Origin, Unreadable
from hookproof.captures.formats import ndjson
from hookproof.captures.formats.beside import beside, is_base64
from hookproof.captures.formats.fields import as_bytes, field_of, from_base64, path_of, span_of
from hookproof.captures.formats.format import (
    Format,
    ReadOptions,
    Refused,
    Start,
    guarded,
    too_large,
)
from hookproof.captures.formats.lines import read_lines
from hookproof.payload.decode import decode
from hookproof.payload.problem import position_at
from hookproof.payload.scan import scan

if TYPE_CHECKING:
    import io

    from hookproof.captures.formats.format import Found
    from hookproof.payload.scan import Path


def is_request(record: Any, options: ReadOptions) -> bool:
    """Whether an object holds a body and what only a request has beside it."""
    beside = (options.headers, options.url, options.method, options.received_at)
    return _has_body(record, options) and any(path_of(record, name) for name in beside)


def _has_body(record: Any, options: ReadOptions) -> bool:
    return any(path_of(record, name) for name in (options.body, options.body_base64))


def _looks(start: Start, options: ReadOptions) -> bool:
    if not start.head.startswith(b"{"):
        return False
    if start.cut and b"\n" not in start.head:
        return options.wants_records or is_request(keys_in(start), options)
    if len(start.lines) != 1 and not ndjson.are_objects(start):
        return False
    if options.wants_records:
        return any(ndjson.objects_in(start))
    return any(is_request(record, options) for record in ndjson.objects_in(start))


def keys_in(start: Start) -> dict[str, Any]:
    """The fields of what is longer than the start, or broken, as far as they can be seen."""
    keys: dict[str, Any] = {}
    for path in scan(start.text.decode(errors="replace")).keys:
        inner = keys
        for part in path[:-1]:
            inner = inner.setdefault(str(part), {})
        inner.setdefault(str(path[-1]), {})
    return keys


def _read(stream: io.BufferedReader, file: str, options: ReadOptions) -> Found:
    if options.sought or options.wants_records:
        from hookproof.captures.formats.log_lines import LOG  # noqa: PLC0415 - many patterns

        yield from LOG.reader(stream, file, options)
        return
    record = 0
    for number, line in read_lines(stream, limit=options.max_body):
        record += 1
        origin = Origin(file, record, number)
        if line is None:
            yield too_large(origin, "the line", options)
            continue
        found = list(guarded(partial(_requests, line, origin, options), origin, line))
        record -= not found
        yield from found


def _requests(line: bytes, origin: Origin, options: ReadOptions) -> Found:
    try:
        found = read_request(line, origin, options)
    except Refused as refused:
        found = refused.at(origin)
    if found:
        yield found


def read_request(raw: bytes, origin: Origin, options: ReadOptions) -> Capture | Unreadable | None:
    """The request that an object is, at its origin; None for one that carries nothing.

    Raises Refused where it is no request, or says something that cannot be understood.
    """
    reading = decode(raw)
    request = reading.value
    if reading.complete and not isinstance(request, dict):
        raise Refused("the line is no object", code="HP115", hint="wanted is a request on a line")
    text = raw.decode() if reading.complete else ""
    body = _body_of(request, text, options) if reading.complete else None
    faults = [fault for fault in reading.problems if not body or not body.holds(fault.offset)]
    if body is None or faults:
        fault = faults[0]
        place = origin.shift(reading.position(fault))
        origin = Origin(origin.file, origin.record, *place)
        return Unreadable(origin, fault.code, fault.message, fault.hint)
    if not body.raw and str(field_of(request, options.method) or "POST").upper() != "POST":
        return None
    place = origin.shift(position_at(text, body.start))
    said = beside([request], options)
    return Capture(
        Origin(origin.file, origin.record, *place, body.text, body.path),
        body.raw,
        said.headers,
        said.received_at,
        said.url,
        said.note,
        rewritten=body.text is None,
    )


class _Body(NamedTuple):
    """A body's bytes, and where they stand: as a string in a text, or from start to end of it."""

    raw: bytes
    text: str | None = None
    path: Path = ()
    start: int = 0
    end: int = 0

    def holds(self, offset: int) -> bool:
        """Whether a place lies in a body that stands as it is; its own reading tells of it."""
        return self.start < offset < self.end


def _body_of(request: dict[str, Any], line: str, options: ReadOptions) -> _Body:
    encoded = field_of(request, options.body_base64)
    if encoded:
        path = path_of(request, options.body_base64) or ()
        if not isinstance(encoded, str):
            raise Refused(f"the field {options.body_base64} is no text", code="HP115")
        return _Body(from_base64(encoded), line, path)
    found = path_of(request, options.body)
    if found is None:
        raise Refused(
            f"the request has no field {options.body}",
            hint="which field holds the body? name it with --body-field",
        )
    value = field_of(request, options.body)
    if isinstance(value, str) and is_base64(_holder(request, found), str(found[-1])):
        return _Body(from_base64(value), line, found)
    if value is None or isinstance(value, str):
        return _Body(as_bytes(value or ""), line, found)
    # Written anew its numbers and blanks would be others, and its signature would not hold.
    start, end = span_of(line, found)
    return _Body(line[start:end].encode(), None, (), start, end)


def _holder(request: dict[str, Any], path: Path) -> dict[str, Any]:
    """The object that a field is a member of."""
    for part in path[:-1]:
        request = request[str(part)]
    return request


REQUESTS = Format("requests", _looks, _read, "no line holds a request with a body")
