"""A file that is one body: JSON, right or broken, or one of the other forms."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hookproof.captures.capture import Capture, Origin, ReadOptions, Remark
from hookproof.captures.formats.format import OPAQUE, Format, too_large
from hookproof.captures.formats.lines import decoded
from hookproof.payload.body import BodyForm, detect_form

if TYPE_CHECKING:
    import io

    from hookproof.captures.formats.format import Found
    from hookproof.captures.stream import Start

_QUOTED: Final = (
    "the file is a JSON text that holds the callback, as jq writes it without -r; if it was sent"
    " like that, its sender encodes it twice"
)
_JSON: Final = re.compile(rb"[{\[\"]|(?:-?[0-9][0-9.eE+\-]*|true|false|null|NaN|-?Infinity)\s*$")
_ROW: Final = re.compile(rb'"(?:[^"\\]|\\.)*+"\s*,')


def _looks(start: Start, _: ReadOptions) -> bool:
    head = start.head
    if b"\0" in head[:4000] and not head.startswith(b"{"):
        return False
    form = detect_form(head)
    if form is BodyForm.FORM:
        return is_form(start)
    if form is not BodyForm.JSON or not head:
        return True
    if not _JSON.match(head) or is_row(head):
        return False
    if head.startswith(b"{") and decoded(head) is None:
        from hookproof.captures.formats.unread import is_foreign  # noqa: PLC0415 - many patterns

        return not is_foreign(head)
    return True


def is_row(head: bytes) -> bool:
    """Whether texts stand in a row, as `redis-cli --csv` writes a list."""
    return _ROW.match(head) is not None


def is_form(start: Start) -> bool:
    """Whether what begins like a form is one, and no line of names and values in a log."""
    # A form may hold raw JSON in one of its fields, and a log a body behind a name.
    before, opened, after = start.head.strip().partition(b"{")
    joined = not opened or b"&" in before or b"}&" in after
    return joined and len(start.lines) == 1 and not re.search(rb"\s", before)


def _read(stream: io.BufferedReader, file: str, options: ReadOptions) -> Found:
    raw = stream.read(options.max_body + 1)
    if raw.startswith(BOM_UTF8):
        # A sender that signs a mark is told of by the signature.
        raw = raw.removeprefix(BOM_UTF8)
        yield Remark(Origin(file), "a byte order mark before the body was left out")
    if len(raw) > options.max_body:
        yield too_large(Origin(file), "the body", options)
        return
    found = list(_within(raw, file, options)) if raw[:1] != b"{" and options.sought else []
    yield from found or [Capture(Origin(file), raw)]


def _within(raw: bytes, file: str, options: ReadOptions) -> Found:
    """The callback in a JSON text, as jq writes one, or in a field of a form."""
    import orjson  # noqa: PLC0415 - seldom

    from hookproof.captures.formats.records import captures_in  # noqa: PLC0415 - many patterns
    from hookproof.payload.body import read_body  # noqa: PLC0415

    body = read_body(raw)
    quoted, sought = isinstance(body.value, str), options.sought
    is_form = body.form is BodyForm.FORM and isinstance(body.value, dict)
    if not quoted and (not is_form or (sought and sought.expects(body.value))):
        return
    held = {"": body.value} if quoted else body.value
    for found in captures_in(orjson.dumps(held), Origin(file, text=OPAQUE), options):
        if isinstance(found, Capture):
            note = _QUOTED if quoted else f"{found.note} of a form"
            yield replace(found, origin=Origin(file, text=OPAQUE), note=note)


BODY = Format("body", _looks, _read, text=False)
