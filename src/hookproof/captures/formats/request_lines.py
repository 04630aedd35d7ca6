"""A request on each line: a JSON object with the body in one field, and what else was kept."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from hookproof.captures.capture import Origin, ReadOptions
from hookproof.captures.formats.beside import is_request, read_request
from hookproof.captures.formats.format import Format, guarded, too_large
from hookproof.captures.formats.lines import are_objects, objects_in, read_lines
from hookproof.payload.scan import scan

if TYPE_CHECKING:
    import io

    from hookproof.captures.formats.format import Found
    from hookproof.captures.stream import Start


def _looks(start: Start, options: ReadOptions) -> bool:
    if not start.head.startswith(b"{"):
        return False
    if start.cut and b"\n" not in start.head:
        return options.wants_records or is_request(keys_in(start), options)
    if len(start.lines) != 1 and not are_objects(start):
        return False
    if options.wants_records:
        return any(objects_in(start))
    return any(is_request(record, options) for record in objects_in(start))


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
    if found := read_request(line, origin, options):
        yield found


REQUESTS = Format("requests", _looks, _read, "no line holds a request with a body")
