"""Tables as CSV, what databases and consoles export: a body in each row, and more beside it."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from hookproof.captures.capture import Capture, Origin, ReadOptions, Remark, Unreadable
from hookproof.captures.formats.fields import as_bytes, from_base64, headers_of, moment_of
from hookproof.captures.formats.format import OPAQUE, Format, guarded, too_large

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hookproof.captures.formats.format import Found
    from hookproof.captures.stream import Start

_DELIMITERS: Final = ",;\t|"
_SAMPLE: Final = 30
# What the columns of exports are called, the likeliest first.
_BODIES: Final = ("body", "requestbody", "rawbody", "payload", "content", "@message", "message")
_TIMES: Final = ("receivedat", "@timestamp", "timestamp", "time", "createdat", "date")
_URLS: Final = ("url", "requesturi", "uri", "path")
_HEADERS: Final = ("headers", "requestheaders")
_MAY_HOLD: Final = re.compile(r"[{&]|%7[bB]|e[yw][A-Za-z0-9]{38}|POST ")
_FORM: Final = r"[A-Za-z_][\w.\-\[\]%]*=[^\s&]*(?:&[A-Za-z_][\w.\-\[\]%]*=[^\s&]*)+"


def _looks(start: Start, options: ReadOptions) -> bool:
    if len(start.lines) < 2 or not any(mark in start.lines[0] for mark in b",;\t|"):
        return False
    # The first line names columns; what begins with a brace or a bracket is JSON.
    if start.head[:1] in b"{[<" or b"{" in start.lines[0]:
        return False
    from hookproof.captures.formats.unread import is_packed  # noqa: PLC0415 - many patterns

    if is_packed(start.text):
        return False
    if options.body.encode() not in start.lines[0] and not re.search(rb"[{=]", start.text):
        return False
    table = _table(start.text.decode("utf-8", "replace"))
    if table is None:
        return False
    # A quote within a cell is doubled; where none is, this may be a log with commas.
    kept = options if b'""' in start.text else replace(options, sought=None)
    return _body_column(*table[1:], kept) is not None


def _table(text: str) -> tuple[str, list[str], list[list[str]]] | None:
    """The delimiter, the names of the columns and some rows; None where this is no table."""
    for delimiter in _DELIMITERS:
        try:
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
            rows = list(islice(reader, _SAMPLE))
        except csv.Error:
            continue
        names = [name.strip() for name in rows[0]] if rows else []
        if len(names) < 2 or not all(re.fullmatch(r"[\w@$ .:/()#\[\]-]{1,80}", n) for n in names):
            continue
        whole = [row for row in rows[1:] if len(row) == len(names)]
        # The last row of the start may be cut off.
        if whole and len(whole) >= len(rows) - 2:
            return delimiter, names, whole
    return None


def _body_column(
    names: Sequence[str], rows: Sequence[Sequence[str]], options: ReadOptions
) -> int | None:
    """The number of the column with the bodies, by its name or by what it holds."""
    for wanted in (options.body, options.body_base64):
        if wanted in names:
            return names.index(wanted)
    plain = list(map(_plain, names))
    likely = [plain.index(name) for name in _BODIES if name in plain]
    others = [n for n in range(len(names)) if n not in likely and plain[n] not in _HEADERS]
    # A callback may also stand behind other words, as in a message of a log.
    for test in (_seems_a_body, lambda cell: any(_in_text(cell, Origin(""), options))):
        for number in (*likely, *others):
            if any(test(row[number]) for row in rows):
                return number
    return None


def _plain(name: str) -> str:
    """A column's name as it is compared: requestBody, request_body and Request Body are one."""
    return re.sub(r"[\s_\-]", "", name).lower()


def _in_text(cell: str, origin: Origin, options: ReadOptions) -> Found:
    """The callbacks that a cell holds as a record would."""
    if options.sought is None or not _MAY_HOLD.search(cell):
        return
    from hookproof.captures.formats.records import captures_in  # noqa: PLC0415 - many patterns

    anywhere = replace(options, named=False)
    for found in captures_in(json.dumps({"": cell}).encode(), origin, anywhere):
        yield replace(found, origin=origin)


def _seems_a_body(cell: str) -> bool:
    cell = cell.strip()
    if re.fullmatch(_FORM, cell):
        return True
    try:
        return cell[:1] == "{" and isinstance(json.loads(cell), dict)
    except ValueError:
        return False


def _read(stream: io.BufferedReader, file: str, options: ReadOptions) -> Found:
    table = _table(stream.peek().decode("utf-8", "replace"))
    column = _body_column(*table[1:], options) if table else None
    if table is None or column is None:
        hint = "which column holds the body? name it with --body-field"
        yield Unreadable(Origin(file), "HP120", "no column of this table holds bodies", hint)
        return
    # A row holds a body and more, and the limit of the library is lower.
    csv.field_size_limit(4 * options.max_body)
    text = io.TextIOWrapper(stream, "utf-8", "surrogateescape", newline="")
    rows = csv.reader(text, delimiter=table[0])
    yield from _Table(next(rows), column, file, options).captures(rows)


def _as_it_was(cell: str) -> str:
    """A cell's JSON, with the escapes that some databases add to it taken off."""
    if "\\" not in cell or _seems_a_body(cell):
        return cell
    from hookproof.captures.formats.embedded import unescaped  # noqa: PLC0415 - many patterns

    plain = unescaped(cell)
    return plain if _seems_a_body(plain) else cell


class _Table:
    """Reads the rows below the names of the columns."""

    def __init__(self, names: list[str], column: int, file: str, options: ReadOptions) -> None:
        self._shown = names[column].strip()
        self._names = list(map(_plain, names))
        self._column = column
        self._file = file
        self._options = options
        self._base64 = names[column] == options.body_base64 != options.body
        self._record = 0
        usual = ((options.headers, _HEADERS), (options.received_at, _TIMES), (options.url, _URLS))
        self._beside = [self._place(*names) for names in usual]

    def captures(self, rows: Any) -> Found:
        """The body of each row that has one."""
        line = rows.line_num + 1
        try:
            for row in rows:
                origin = Origin(self._file, self._record + 1, line, 1, OPAQUE)
                line = rows.line_num + 1
                if len(row) <= self._column or row[self._column].strip() in {"", "-"}:
                    if row:
                        name = self._shown
                        yield Remark(origin, f'a row with nothing in the column "{name}"')
                    continue
                raw = as_bytes(",".join(row))
                for found in guarded(partial(self._captures, row, origin), origin, raw):
                    self._record += not isinstance(found, Remark)
                    # The record that it was read as is the right one, mostly.
                    at = found.origin
                    again = at.record != self._record
                    yield (
                        replace(found, origin=replace(at, record=self._record)) if again else found
                    )
        except csv.Error as error:
            origin = Origin(self._file, self._record + 1, line)
            yield Unreadable(origin, "HP103", f"the table cannot be read on: {error}")

    def _captures(self, row: list[str], origin: Origin) -> Found:
        cell = row[self._column]
        if self._base64 or cell.lstrip()[:1] in {"{", "["} or _seems_a_body(cell):
            raw = from_base64(cell) if self._base64 else as_bytes(_as_it_was(cell))
            yield self._capture(raw, row, origin)
            return
        within = list(_in_text(cell, origin, self._options))
        for found in within:
            body = found.body if isinstance(found, Capture) else None
            yield found if body is None else self._capture(body, row, origin)
        if not within and self._options.sought is None:
            yield self._capture(as_bytes(cell), row, origin)
        elif not within:
            yield Remark(origin, f'a row without a callback in the column "{self._shown}"')

    def _capture(self, raw: bytes, row: list[str], origin: Origin) -> Capture | Unreadable:
        if len(raw) > self._options.max_body:
            return too_large(origin, "the body", self._options)
        headers, received_at, url = (
            row[place] if place is not None and place < len(row) else "" for place in self._beside
        )
        note = f'bodies were taken from the column "{self._shown}" of a table'
        return Capture(
            origin, raw, headers_of(headers or None), moment_of(received_at), url, note=note
        )

    def _place(self, wanted: str, usual: Sequence[str]) -> int | None:
        """The column of a name, or of one of the usual names."""
        named = (name for name in (_plain(wanted), *usual) if name in self._names)
        place = next((self._names.index(name) for name in named), None)
        return None if place == self._column else place


CSV = Format("csv", _looks, _read, "no row of this table holds a body")
