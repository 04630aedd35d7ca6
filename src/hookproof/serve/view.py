"""What the page shows of captures, as plain JSON data; what strangers sent is text and no more."""

from __future__ import annotations

import json
from base64 import b64encode
from codecs import utf_8_decode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from hookproof.payload.decode import decode_text
from hookproof.payload.pointer import to_pointer
from hookproof.validation_run.fast_path_router import reading_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.serve.store import Stored

_OF_SIGNATURE: Final = "HP30"
# Values of these prove who somebody is, to whatever stands before the receiver.
_SECRET_HEADERS: Final = frozenset({"authorization", "cookie", "proxy-authorization"})
_MOST_LINES: Final = 5000
_LONGEST_VALUE: Final = 4000
_LONGEST_RAW: Final = 512 * 1024


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a payload: its depth, the key, the value as text, its kind, its pointer.

    `note` says of a text that it was opened, since it is JSON itself.
    """

    depth: int
    key: str | None
    value: str
    kind: str
    where: str
    note: str = ""


def summary(row: Stored) -> dict[str, Any]:
    """A capture as a row of the list."""
    worst = row.worst
    return {
        "id": row.id,
        "at": row.received_at,
        "method": row.method,
        "url": row.url,
        "callback": row.callback,
        "signature": row.signature,
        "status": row.status,
        "answer": row.answer,
        "size": len(row.body),
        "worst": worst.value if worst else "",
        "findings": len(row.findings),
        "told": row.findings[0].message[:160] if row.findings else "",
    }


def detail(row: Stored) -> dict[str, Any]:
    """A capture whole."""
    value = reading_of(row.body, row.headers).value
    findings = [
        {
            "code": one.code,
            "severity": one.severity.value,
            "where": one.where,
            "message": one.message,
            "hint": one.hint,
            "source": one.source,
            "signature": one.code.startswith(_OF_SIGNATURE),
        }
        for one in row.findings
    ]
    return {
        **summary(row),
        "headers": [
            [name, "<secret>" if name.lower() in _SECRET_HEADERS else text]
            for name, text in row.headers
        ],
        "lines": [
            [line.depth, line.key, line.value, line.kind, line.where, line.note]
            for line in lines_of(value)
        ],
        "found": findings,
        "raw": _raw(row.body),
    }


def _raw(body: bytes) -> dict[str, Any]:
    cut, is_cut = body[:_LONGEST_RAW], len(body) > _LONGEST_RAW
    try:
        # The last character of what is cut may have lost a part.
        text, _ = utf_8_decode(cut, "strict", not is_cut)
    except UnicodeDecodeError:
        return {"base64": b64encode(cut).decode(), "cut": is_cut}
    return {"text": text, "cut": is_cut}


def lines_of(value: Any) -> list[Line]:
    """A payload line by line, with JSON in texts opened; cut where it has no end."""
    found: list[Line] = []
    for line in _walk(value, None, 0, ""):
        if len(found) == _MOST_LINES:
            found.append(Line(0, None, "and more: see the raw body", "cut", ""))
            break
        found.append(line)
    return found


def _walk(value: Any, key: str | None, depth: int, where: str, note: str = "") -> Iterator[Line]:
    if isinstance(value, dict):
        yield Line(depth, key, "{}" if not value else "", "object", where, note)
        for name, item in value.items():
            yield from _walk(item, str(name), depth + 1, where + to_pointer((name,)))
    elif isinstance(value, list):
        yield Line(depth, key, "[]" if not value else "", "list", where, note)
        for number, item in enumerate(value):
            yield from _walk(item, str(number), depth + 1, f"{where}/{number}")
    elif isinstance(value, str) and (opened := _opened(value)) is not None:
        yield from _walk(opened, key, depth, where, note="JSON in a text")
    else:
        yield Line(depth, key, _text(value), _kind(value), where)


def _opened(text: str) -> Any:
    """The object or list that a text holds as JSON, None where it holds none."""
    if text[:1] not in {"{", "["}:
        return None
    reading = decode_text(text)
    return reading.value if reading.complete and not reading.problems else None


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value if len(value) <= _LONGEST_VALUE else f"{value[:_LONGEST_VALUE]}…"
    try:
        return json.dumps(value)
    except ValueError:
        return "a number of more than 4300 digits"


def _kind(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return "word"
    return "text" if isinstance(value, str) else "number"
