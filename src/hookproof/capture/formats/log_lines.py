"""The lines of a log, with a JSON body somewhere in some of them.

The body is the first JSON object on a line that can be decoded, as it stands or as the text
of a quoted JSON string. It is only found here; whether it is JSON in every respect is for the
decoder to judge.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from hookproof.capture.capture import Capture, Origin, Unreadable
from hookproof.capture.formats.fields import as_bytes, moment_of
from hookproof.capture.formats.format import Format, ReadOptions, Start, too_large
from hookproof.capture.formats.lines import read_lines
from hookproof.payload.body import BodyForm, detect_form
from hookproof.payload.decode import decode_text
from hookproof.payload.locate import locate_in_string

if TYPE_CHECKING:
    import io

    from hookproof.capture.formats.format import Found

# An object with a key, or cut off in it, or a string that holds an object: logs are full of
# other braces.
_OBJECT: Final = re.compile(r'\{\s*"(?:[^"\\]|\\.)*+(?:"\s*(?::|$)|$)|"\s*\{\s*\\"')
_ARRAY: Final = re.compile(rb'\[\s*[\[{"\]]')
_FORM: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-\[\]%]*=")
_TIME: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9:]{8})(?:[.,]([0-9]{1,6}))?[0-9]*"
    r" ?(Z|[+-][0-9]{2}:?[0-9]{2})"
)
# Numbers of any length and raw control characters do not hinder finding the end.
_FRAME: Final = json.JSONDecoder(strict=False, parse_int=float)


class _Place(NamedTuple):
    """Where on a line a body stands: its text, whether that is a quoted string, its start."""

    text: str
    quoted: bool
    start: int
    end: int = 0


def _looks(start: Start, options: ReadOptions) -> bool:
    del options
    if start.head[:1] == b"{" or _ARRAY.match(start.head):
        return False
    if detect_form(start.text) is BodyForm.PRINT_R:
        return False
    return any(_looks_like_log(line.decode(errors="replace")) for line in start.lines)


def _looks_like_log(line: str) -> bool:
    first = _OBJECT.search(line)
    if first is None or first.start() == 0:
        return False
    if not _FORM.match(line) or " " in line[: first.start()]:
        return True
    # A form may hold raw JSON in one of its fields.
    body, _ = _find(line)
    following = line[body.end : body.end + 1] if body else ""
    return "&" not in line[: first.start()] and following != "&"


def _read(stream: io.BufferedReader, file: str, options: ReadOptions) -> Found:
    record = 0
    for number, line in read_lines(stream, limit=options.max_body):
        if line is None:
            record += 1
            yield too_large(Origin(file, record, number), "the line", options)
        elif b"{" in line:
            found = _capture(line.decode(errors="surrogateescape"), file, record + 1, number)
            if found:
                record += 1
                yield found


def _capture(line: str, file: str, record: int, number: int) -> Capture | Unreadable | None:
    body, failed = _find(line)
    if body is None:
        return _unreadable(line, failed, file, record, number) if failed is not None else None
    text = line[body.start : body.end]
    origin = Origin(file, record, number, body.start + 1, text if body.quoted else None)
    return Capture(origin, as_bytes(body.text), None, _time(line[: body.start]))


def _find(line: str) -> tuple[_Place | None, int | None]:
    """The first body on a line, or where the first thing that looks like one begins."""
    failed: int | None = None
    at = 0
    while match := _OBJECT.search(line, at):
        start = match.start()
        value, end = _decode(line, start)
        if isinstance(value, dict):
            return _Place(line[start:end], quoted=False, start=start, end=end), None
        if isinstance(value, str) and isinstance(_decode(value, 0)[0], dict):
            return _Place(value, quoted=True, start=start, end=end), None
        failed = start if failed is None else failed
        # What stands in a broken object is a part of it and no body.
        at = max(end, start + 1)
    return None, failed


def _decode(text: str, start: int) -> tuple[Any, int]:
    """The value at a place and its end, or None and where reading stopped."""
    try:
        return _FRAME.raw_decode(text, start)
    except json.JSONDecodeError as error:
        unclosed = error.msg.startswith("Unterminated")
        return None, len(text) if unclosed else error.pos
    except RecursionError:
        return None, len(text)


def _unreadable(line: str, at: int, file: str, record: int, number: int) -> Unreadable:
    text = line[at:]
    quoted = text.startswith('"')
    value = _decode(text, 0)[0] if quoted else None
    reading = decode_text(value if isinstance(value, str) else text)
    fault = reading.problems[0]
    place = reading.position(fault)
    if isinstance(value, str):
        place = locate_in_string(text, (), place)
    origin = Origin(file, record, number, at + place.column)
    return Unreadable(origin, fault.code, fault.message, fault.hint)


def _time(before: str) -> float | None:
    """The time a line begins with; without a zone it is nobody knows which."""
    match = _TIME.search(before)
    if match is None:
        return None
    day, clock, fraction, zone = match.groups()
    return moment_of(f"{day}T{clock}.{(fraction or '0').ljust(6, '0')}{zone}")


LOG = Format("log", _looks, _read, "no line holds a JSON object")
