"""The items of a JSON list, or a request that is a document by itself: a capture each.

A broken item is one fault, and the next one is read all the same. Only one is held at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from hookproof.capture.capture import Capture, Origin, Unreadable
from hookproof.capture.formats.fields import as_bytes
from hookproof.capture.formats.format import ReadOptions, Refused, too_large
from hookproof.capture.formats.json_values import pass_over, value_at
from hookproof.capture.formats.request_lines import is_request, read_request
from hookproof.capture.formats.window import Window
from hookproof.payload.decode import decode

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from hookproof.capture.formats.format import Found

# An item holds headers too, and a body as Base64 is longer than it is.
MAX_ITEM: Final = 32 * 1024 * 1024
_CUT: Final = "is the copy whole?"


class Item(NamedTuple):
    """An item as it stands, and where. It is `whole` if its end was seen; None is one too long."""

    text: str | None
    value: Any
    line: int
    column: int
    whole: bool = True


class Fault(NamedTuple):
    """Something between the items that does not belong there."""

    line: int
    column: int
    code: str
    message: str
    hint: str = ""


def read(stream: io.BufferedReader, file: str, options: ReadOptions) -> Found:
    """Yield what the items of a document hold, and what cannot be read of it."""
    window = Window(stream)
    record = 0
    for item in items_in(window):
        origin = Origin(file, record + 1, item.line, item.column)
        if isinstance(item, Fault):
            record += 1
            yield Unreadable(origin, item.code, item.message, item.hint)
        elif found := _found(item, origin, options):
            record += 1
            yield found
    if window.broken:
        raise window.broken


def items_in(window: Window) -> Iterator[Item | Fault]:
    """The items of a list and the faults between them, or the one value that is no list."""
    if window.peek() != "[":
        # Nothing follows, so its reader tells what is wrong wherever it is.
        yield _rest(window)
        return
    window.advance(window.at + 1)
    while window.peek() not in ("]", ""):
        item = _item(window)
        if item.whole:
            yield item
        elif not window.broken:
            # What is missing at its end is told of it, and of the list no more.
            yield item
            return
        char = window.peek()
        if char not in (",", "]", ""):
            message = f'a comma or "]" was expected, "{char}" came'
            yield Fault(window.line, window.column, "HP103", message)
            # What may begin an item is read as one, and of brackets one may be too many.
            if char not in '{["}':
                return
        if char in (",", "}"):
            window.advance(window.at + 1)
            if char == "}" and window.peek() == ",":
                window.advance(window.at + 1)
    yield from _end(window)


def _end(window: Window) -> Iterator[Fault]:
    """What is wrong with the end of a list."""
    if window.peek():
        window.advance(window.at + 1)
        if window.peek():
            message, hint = "more text follows the list", "a file holds one list"
            yield Fault(window.line, window.column, "HP107", message, hint)
    elif not window.broken:
        message = "the file ends before the list does"
        yield Fault(window.line, window.column, "HP103", message, _CUT)


def _item(window: Window) -> Item:
    """The value that begins here, right or not."""
    line, column = window.line, window.column
    while True:
        value, end = value_at(window.text, window.at)
        if end is None and len(window.text) - window.at > MAX_ITEM:
            return Item(None, None, line, column, pass_over(window))
        if (end is None or end == len(window.text)) and window.more():
            continue
        text = window.text[window.at : end]
        window.advance(len(window.text) if end is None else end)
        return Item(text, value, line, column, end is not None)


def _rest(window: Window) -> Item:
    """All that is left, as one value."""
    line, column = window.line, window.column
    if window.hold(MAX_ITEM + 1):
        return Item(None, None, line, column)
    text = window.text[window.at :]
    value, end = value_at(text, 0)
    return Item(text, value, line, column, end is not None)


def _found(item: Item, origin: Origin, options: ReadOptions) -> Capture | Unreadable | None:
    """What an item holds; None where it is a request that carries nothing."""
    if item.text is None:
        return Unreadable(origin, *too_long())
    raw = as_bytes(item.text)
    try:
        found = _capture(item, raw, origin, options)
    except Refused as refused:
        return refused.at(origin)
    if isinstance(found, Capture) and len(found.body) > options.max_body:
        return too_large(origin, "the body", options)
    return found


def _capture(
    item: Item, raw: bytes, origin: Origin, options: ReadOptions
) -> Capture | Unreadable | None:
    if is_request(item.value, options):
        return read_request(raw, origin, options)
    if isinstance(item.value, dict):
        return Capture(origin, raw)
    reading = decode(raw)
    if not reading.complete:
        fault = reading.problems[-1]
        place = origin.shift(reading.position(fault))
        at = Origin(origin.file, origin.record, *place)
        return Unreadable(at, fault.code, fault.message, fault.hint)
    if isinstance(reading.value, str):
        inside = Origin(origin.file, origin.record, origin.line, origin.column, item.text)
        return Capture(inside, as_bytes(reading.value))
    return Capture(origin, raw)


def too_long() -> tuple[str, str, str]:
    """Code, message and hint for an item that is too long to be held."""
    message = f"an item is longer than {MAX_ITEM:,} characters"
    return "HP109", message, "one item holds one body; is this an archive?"
