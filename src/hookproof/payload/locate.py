"""Where a value stands in a body, also inside JSON that is text in JSON.

Every layer of decoding (percent escapes, a JSON string literal) keeps a list that
leads from a character of the decoded text back to the one it came from, so a place
in the innermost text is followed out to line and column of the body as captured.
It runs for findings only.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from hookproof.payload import print_r
from hookproof.payload.body import Body, BodyForm, detect_form
from hookproof.payload.form import fields as form_fields
from hookproof.payload.percent import percent_origins
from hookproof.payload.problem import Position, position_at
from hookproof.payload.scan import Path, scan

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)"
)

_LARGEST_KEPT: Final = 256 * 1024


def locate(body: Body, path: Path) -> Position:
    """Line and column, from 1, of the value at a path, or of the nearest one above it."""
    text = body.raw.decode(errors="replace")
    if not path and body.form is BodyForm.JSON and body.reading.complete:
        return position_at(text, len(text) - len(text.lstrip(" \t\r\n")))
    return position_at(text, _offset_in(body.form, text, path))


def locate_in_json(text: str, path: Path) -> Position:
    """Line and column in a JSON text of a value; the path may lead through a string in it.

    Such a string is a body in any form: JSON, a form, percent-encoded JSON, a dump.
    """
    spans = _spans(text)
    depth = _deepest(spans, path)
    start, end = spans.get(path[:depth], (0, 0))
    return position_at(text, start + _within(text[start:end], path[depth:]))


def locate_in_string(text: str, path: Path, place: Position) -> Position:
    """Line and column in a JSON text of a place in the string at a path.

    Where no string is at the path, this is the place of what is there.
    """
    start, end = _spans(text).get(path, (0, 0))
    literal = text[start:end]
    if not literal.startswith('"'):
        return position_at(text, start)
    lines = scan(literal).value.split("\n")
    offset = sum(len(line) + 1 for line in lines[: place.line - 1]) + place.column - 1
    # What is missing at the end of the string is missed at its closing quote.
    return position_at(text, start + _outer([*string_origins(literal), len(literal) - 1], offset))


def string_origins(literal: str) -> list[int]:
    """For each character of a JSON string's value, its offset in the literal (quotes included)."""
    origins = []
    at = 1
    while at < len(literal) - 1:
        origins.append(at)
        escape = _ESCAPE.match(literal, at) if literal[at] == "\\" else None
        at = escape.end() if escape else at + 1
    return origins


def _offset(text: str, path: Path) -> int:
    spans = _spans(text)
    depth = _deepest(spans, path)
    span = spans.get(path[:depth])
    if span is None:
        return 0
    return span[0] + _nested_offset(text[span[0] : span[1]], path[depth:])


def _spans(text: str) -> dict[Path, tuple[int, int]]:
    # One body often has several findings; a large one is not worth the memory.
    return _kept_spans(text) if len(text) <= _LARGEST_KEPT else scan(text).values


@lru_cache(maxsize=4)
def _kept_spans(text: str) -> dict[Path, tuple[int, int]]:
    return scan(text).values


def _deepest(known: Container[Path], path: Path) -> int:
    depth = len(path)
    while depth and path[:depth] not in known:
        depth -= 1
    return depth


def _nested_offset(literal: str, rest: Path) -> int:
    if not rest or not literal.startswith('"'):
        return 0
    inner = scan(literal)
    if not isinstance(inner.value, str):
        return 0
    return _outer(string_origins(literal), _offset(inner.value, rest))


def _within(literal: str, rest: Path) -> int:
    if not rest or not literal.startswith('"'):
        return 0
    inner = scan(literal).value
    form = detect_form(inner.encode(errors="replace"))
    return _outer([*string_origins(literal), len(literal) - 1], _offset_in(form, inner, rest))


def _offset_in(form: BodyForm, text: str, path: Path) -> int:
    match form:
        case BodyForm.FORM:
            return _form_offset(text, path)
        case BodyForm.PRINT_R:
            return _dump_offset(text, path)
        case BodyForm.PERCENT_JSON:
            return len(text) - len(text.lstrip()) + _percent_offset(text.strip(), path)
    return _offset(text, path)


def _percent_offset(text: str, path: Path) -> int:
    decoded, origins = percent_origins(text)
    return _outer(origins, _offset(decoded, path))


def _form_offset(text: str, path: Path) -> int:
    found = 0
    for field in form_fields(text):
        if path[:1] == (field.name,):
            nested = _percent_offset(field.written, path[1:]) if path[1:] else 0
            found = field.value_at + nested
    return found


def _dump_offset(text: str, path: Path) -> int:
    spans = print_r.spans(text)
    depth = _deepest(spans, path)
    if not depth:
        return 0
    start, end = spans[path[:depth]]
    return start + (_offset(text[start:end], path[depth:]) if path[depth:] else 0)


def _outer(origins: Sequence[int], offset: int) -> int:
    if not origins:
        return 0
    return origins[min(offset, len(origins) - 1)]
