"""Sanitises a JSON document: a list of bodies or requests, or a request over several lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hookproof.capture.capture import Origin
from hookproof.capture.formats.fields import as_bytes
from hookproof.capture.formats.format import DEFAULTS
from hookproof.capture.formats.json_document import Fault, items_in, too_long
from hookproof.capture.formats.request_lines import is_request
from hookproof.capture.formats.window import Window
from hookproof.capture.sanitizing.edits import apply
from hookproof.capture.sanitizing.leaves import string_edits
from hookproof.capture.sanitizing.refusal import Refusal
from hookproof.capture.sanitizing.request_line import sanitize_request_line
from hookproof.payload.decode import decode
from hookproof.payload.problem import Position

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from hookproof.capture.formats.json_document import Item
    from hookproof.capture.sanitizing.sanitizer import Sanitized, Sanitizer


def sanitize_document(
    stream: io.BufferedReader, sanitizer: Sanitizer
) -> Iterator[tuple[bytes, Sanitized] | Refusal]:
    """Bytes to write with each capture in them, or why it is left out.

    Items keep their layout; between them stands a comma, and a line end where one stood. The
    bracket at the end stands as the one at the beginning does.
    """
    window = Window(stream)
    is_list = window.peek() == "["
    end = "]\n" if is_list else "\n"
    last: tuple[bytes, Sanitized] | None = None
    line = window.line
    for item in items_in(window):
        made = _refused(item) if isinstance(item, Fault) else _item(item, sanitizer)
        if made is None or isinstance(made, Refusal):
            yield from [made] if made else []
            continue
        between = f"\n{' ' * (item.column - 1)}" if item.line > line else " " if last else ""
        before = f"{',' if last else '['}{between}" if is_list else ""
        if last:
            yield last
        elif before.startswith("[\n"):
            end = "\n]\n"
        last = (before.encode() + made[0], made[1])
        line = item.line + made[0].count(b"\n")
    if last:
        yield last[0] + end.encode(), last[1]
    if window.broken:
        raise window.broken


def _item(item: Item, sanitizer: Sanitizer) -> tuple[bytes, Sanitized] | Refusal | None:
    """What an item becomes; None for a request that carries nothing."""
    if item.text is None:
        return _refused(Fault(item.line, item.column, *too_long()))
    raw = as_bytes(item.text)
    if is_request(item.value, DEFAULTS):
        request = sanitize_request_line(raw, sanitizer)
        if isinstance(request, Refusal):
            return Refusal(request.code, request.message, request.hint, item.line, item.column)
        return request
    # A text that only a lenient decoder reads is refused like any other broken item.
    text = decode(raw).value
    is_text = isinstance(text, str)
    made = sanitizer.sanitize(as_bytes(text) if isinstance(text, str) else raw)
    if isinstance(made, Refusal):
        origin = Origin("", 1, item.line, item.column, item.text if is_text else None)
        place = origin.shift(Position(max(made.line, 1), max(made.column, 1)))
        return Refusal(made.code, made.message, made.hint, *place)
    if not is_text:
        return made.raw, made
    edits = string_edits((), item.text, lambda *_: list(made.edits))
    return apply(item.text, edits).encode(), made


def _refused(fault: Fault) -> Refusal:
    return Refusal(fault.code, fault.message, fault.hint, fault.line, fault.column)
