"""A body on each line."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from hookproof.captures.capture import Capture, Origin, ReadOptions, Unreadable
from hookproof.captures.formats.format import Format, guarded, too_large
from hookproof.captures.formats.lines import are_objects, decoded, objects_in, read_lines

if TYPE_CHECKING:
    import io

    from hookproof.captures.formats.format import Found
    from hookproof.captures.stream import Start


def looks(start: Start, options: ReadOptions) -> bool:
    """Whether lines, and not the whole, are bodies.

    One line may be broken, the first too, so half of them have to look right and one to be so.
    Of lines that hold no callback, and of text between them, the reader of logs knows more.
    """
    if not are_objects(start):
        return False
    sought = options.sought
    if sought is None:
        return True
    opened = sum(line.startswith(b"{") for line in start.lines)
    return 4 * opened >= 3 * len(start.lines) and any(map(sought.expects, objects_in(start)))


def _read(stream: io.BufferedReader, file: str, options: ReadOptions) -> Found:
    for record, (number, line) in enumerate(read_lines(stream, limit=options.max_body), 1):
        origin = Origin(file, record, number)
        if line is None:
            yield too_large(origin, "the line", options)
        else:
            yield from body_lines(line, origin, options)


def body_lines(line: bytes, origin: Origin, options: ReadOptions) -> Found:
    """Yield the body that a line is; where it is a record or text, what stands in that."""
    return guarded(partial(_bodies, line, origin, options), origin, line)


def _bodies(line: bytes, origin: Origin, options: ReadOptions) -> Found:
    sought = options.sought
    value = decoded(line) if sought else None
    is_json = value is not None
    is_body = isinstance(value, dict) and sought is not None and sought.expects(value)
    if sought and not is_body and (is_json or _is_text(line)):
        from hookproof.captures.formats.log_lines import read_line  # noqa: PLC0415 - many patterns

        found = list(read_line(line, origin, options))
        # JSON that holds nothing is judged for what it is.
        if not is_json or any(isinstance(item, (Capture, Unreadable)) for item in found):
            yield from found
            return
    yield Capture(origin, line)


def _is_text(line: bytes) -> bool:
    """Whether a line is no JSON, not even broken JSON."""
    if not line.lstrip().startswith(b"{"):
        return True
    from hookproof.captures.formats.unread import is_foreign  # noqa: PLC0415 - many patterns

    return is_foreign(line)


NDJSON = Format("ndjson", looks, _read, "no line holds a callback")
