"""Tables as CSV, what databases and consoles export: a body in each row, and more beside it."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from hookproof.captures.capture import Capture, Origin, Remark, Unreadable
from hookproof.captures.formats.fields import as_bytes, from_base64, headers_of, moment_of
from hookproof.captures.formats.format import (
    OPAQUE,
    Format,
    ReadOptions,
    Refused,
    Start,
    guarded,
    too_large,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hookproof.captures.formats.format import Found

_DELIMITERS: Final = ",;\t|"
_SAMPLE: Final = 30
# What the columns of exports are called, the likeliest first.
_BODIES: Final = ("body", "request_body", "rawbody", "payload", "content", "@message", "message")
_TIMES: Final = ("received_at", "@timestamp", "timestamp", "time", "created_at", "date")
_URLS: Final = ("url", "request_uri", "uri", "path")
_HEADERS: Final = ("headers", "request_headers")
_FORM: Final = r"[A-Za-z_][\w.\-\[\]%]*=[^\s&]*(?:&[A-Za-z_][\w.\-\[\]%]*=[^\s&]*)+"


def _looks(start: Start, options: ReadOptions) -> bool:
    if len(start.lines) < 2 or not any(mark in start.lines[0] for mark in b",;\t|"):
        return False
    # The first line names columns; what begins with a brace or a bracket is JSON.
    if start.head[:1] in b"{[<" or b"{" in start.lines[0]:
        return False
    if options.body.encode() not in start.lines[0] and not re.search(rb"[{=]", start.text):
        return False
    table = _table(start.text.decode("utf-8", "replace"))
    return table is not None and _body_column(*table[1:], options) is not None


def _table(text: str) -> tuple[str, list[str], list[list[str]]] | None:
    """The delimiter, the names of the columns and some rows; None where this is no table."""
    for delimiter in _DELIMITERS:
        try:
            rows = [row for row, _ in zip(_rows(text, delimiter), range(_SAMPLE), strict=False)]
        except csv.Error:
            continue
        names = [name.strip() for name in rows[0]] if rows else []
        if len(names) < 2 or not all(re.fullmatch(r"[\w@$ .:/()#-]{1,80}", n) for n in names):
            continue
        whole = [row for row in rows[1:] if len(row) == len(names)]
        # The last row of the start may be cut off.
        if whole and len(whole) >= len(rows) - 2:
            return delimiter, names, whole
    return None


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)


def _body_column(
    names: Sequence[str], rows: Sequence[Sequence[str]], options: ReadOptions
) -> int | None:
    """The number of the column with the bodies, by its name or by what it holds."""
    for wanted in (options.body, options.body_base64):
        if wanted in names:
            return names.index(wanted)
    lower = [name.lower() for name in names]
    likely = [lower.index(name) for name in _BODIES if name in lower]
    others = [n for n in range(len(names)) if n not in likely and lower[n] not in _HEADERS]
    for number in (*likely, *others):
        if any(_seems_a_body(row[number]) for row in rows):
            return number
    return None


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


class _Table:
    """Reads the rows below the names of the columns."""

    def __init__(self, names: list[str], column: int, file: str, options: ReadOptions) -> None:
        self._names = [name.strip().lower() for name in names]
        self._column = column
        self._file = file
        self._options = options
        self._base64 = names[column] == options.body_base64 != options.body
        self._record = 0

    def captures(self, rows: Any) -> Found:
        """The body of each row that has one."""
        line = rows.line_num + 1
        try:
            for row in rows:
                origin = Origin(self._file, self._record + 1, line, 1, OPAQUE)
                line = rows.line_num + 1
                if len(row) <= self._column or row[self._column].strip() in {"", "-"}:
                    if row:
                        name = self._names[self._column]
                        yield Remark(origin, f'a row with nothing in the column "{name}"')
                    continue
                self._record += 1
                raw = as_bytes(",".join(row))
                yield from guarded(partial(self._captures, row, origin), origin, raw)
        except csv.Error as error:
            origin = Origin(self._file, self._record + 1, line)
            yield Unreadable(origin, "HP103", f"the table cannot be read on: {error}")

    def _captures(self, row: list[str], origin: Origin) -> Found:
        try:
            yield self._capture(row, origin)
        except Refused as refused:
            yield refused.at(origin)

    def _capture(self, row: list[str], origin: Origin) -> Capture | Unreadable:
        cell = row[self._column]
        raw = from_base64(cell) if self._base64 else as_bytes(cell)
        if len(raw) > self._options.max_body:
            return too_large(origin, "the body", self._options)
        headers = self._beside(row, self._options.headers, _HEADERS)
        received_at = self._beside(row, self._options.received_at, _TIMES)
        url = self._beside(row, self._options.url, _URLS)
        note = f'bodies were taken from the column "{self._names[self._column]}" of a table'
        return Capture(
            origin, raw, headers_of(headers or None), moment_of(received_at), url, note=note
        )

    def _beside(self, row: list[str], wanted: str, usual: Sequence[str]) -> str:
        """What stands in the column of a name, or of one of the usual names."""
        for name in (wanted.lower(), *usual):
            if name in self._names:
                number = self._names.index(name)
                return row[number] if number < len(row) and number != self._column else ""
        return ""


CSV = Format("csv", _looks, _read, "no row of this table holds a body")
