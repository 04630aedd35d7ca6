"""Where a value stands in a body, also inside JSON that is text in JSON.

Every layer of decoding (percent escapes, a JSON string literal) keeps a list that
leads from a character of the decoded text back to the one it came from, so a place
in the innermost text is followed out to line and column of the body as captured.
It runs for findings only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hookproof.payload.body import Body, BodyForm
from hookproof.payload.problem import Position, position_at
from hookproof.payload.scan import Path, Scan, scan

if TYPE_CHECKING:
    from collections.abc import Sequence

_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)"
)


def locate(body: Body, path: Path) -> Position:
    """Line and column, from 1, of the value at a path, or of the nearest one above it."""
    text = body.raw.decode(errors="replace")
    if body.form is BodyForm.JSON:
        return position_at(text, _offset(text, path))
    if body.form is BodyForm.PERCENT_JSON:
        start = len(text) - len(text.lstrip())
        decoded, origins = percent_origins(text.strip())
        return position_at(text, start + _outer(origins, _offset(decoded, path)))
    return position_at(text, _field_offset(body.form, text, path))


def percent_origins(text: str) -> tuple[str, list[int]]:
    """Decode percent escapes; for each character of the result the offset it came from."""
    octets = bytearray()
    starts = []
    at = 0
    while at < len(text):
        starts.extend([at] * len(text[at].encode()) if text[at] != "%" else [at])
        if text[at] == "%":
            octets.append(int(text[at + 1 : at + 3], 16))
            at += 3
        else:
            octets += b" " if text[at] == "+" else text[at].encode()
            at += 1
    decoded = octets.decode(errors="replace")
    return decoded, [starts[i] for i in range(len(octets)) if octets[i] & 0xC0 != 0x80]


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
    found = scan(text)
    depth = _deepest(found, path)
    span = found.values.get(path[:depth])
    if span is None:
        return 0
    nested = _nested_offset(text[span[0] : span[1]], path[depth:])
    return span[0] if nested is None else span[0] + nested


def _deepest(found: Scan, path: Path) -> int:
    depth = len(path)
    while depth and path[:depth] not in found.values:
        depth -= 1
    return depth


def _nested_offset(literal: str, rest: Path) -> int | None:
    if not rest or not literal.startswith('"'):
        return None
    inner = scan(literal)
    if not isinstance(inner.value, str):
        return None
    return _outer(string_origins(literal), _offset(inner.value, rest))


def _field_offset(form: BodyForm, text: str, path: Path) -> int:
    if not path:
        return 0
    name = re.escape(str(path[0]))
    pattern = rf"(?:^|&){name}=" if form is BodyForm.FORM else rf"(?m)^[ \t]*\[{name}\] => ?"
    match = re.search(pattern, text)
    if match is None:
        return 0
    return match.end() + _in_field(form, text[match.end() :], path[1:])


def _in_field(form: BodyForm, rest_of_text: str, path: Path) -> int:
    if not path:
        return 0
    if form is BodyForm.PRINT_R:
        return _offset(rest_of_text.split("\n", 1)[0], path)
    decoded, origins = percent_origins(rest_of_text.split("&", 1)[0])
    return _outer(origins, _offset(decoded, path))


def _outer(origins: Sequence[int], offset: int) -> int:
    if not origins:
        return 0
    return origins[min(offset, len(origins) - 1)]
