"""JSON documents: a list of bodies or requests, a record or a page of them, or several in a row.

A broken item is one fault, and the next one is read all the same. Only one is held at a time.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import orjson

from hookproof.captures.capture import Capture, Origin, ReadOptions, Remark, Unreadable
from hookproof.captures.formats.beside import is_request, read_request
from hookproof.captures.formats.continued import Lines, joined
from hookproof.captures.formats.fields import as_bytes
from hookproof.captures.formats.format import OPAQUE, Format, guarded, too_large
from hookproof.captures.formats.json_values import object_end, pass_over, value_at
from hookproof.captures.formats.lines import decoded
from hookproof.captures.formats.request_lines import keys_in
from hookproof.captures.formats.window import Window
from hookproof.payload.decode import decode

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from hookproof.captures.formats.format import Found
    from hookproof.captures.stream import Start

# An item holds headers too, and a body as Base64 is longer than it is.
MAX_ITEM: Final = 32 * 1024 * 1024
_CUT: Final = "is the copy whole?"
# A list of objects, or of texts that hold some; of anything else there is nothing to be had.
_LIST: Final = re.compile(rb'\[\s*(?:\{|"\s*\{)')


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


def _looks(start: Start, options: ReadOptions) -> bool:
    if not start.head.startswith(b"{"):
        return _is_list(start.head)
    if len(start.lines) > 1 and isinstance(decoded(start.lines[0]), dict):
        return False
    if options.wants_records:
        return True
    whole, sought = None if start.cut else decoded(start.text), options.sought
    if isinstance(whole, dict):
        # What is no callback itself may hold one.
        return not sought.expects(whole) if sought else is_request(whole, options)
    if start.cut and sought:
        # What is so long and has line ends in it is no body that came as it is.
        return True
    is_row = not start.cut and _goes_on(start.head.decode(errors="replace"))
    return is_row or (_may_hold(start, options) and is_request(keys_in(start), options))


def _is_list(head: bytes) -> bool:
    """Whether a text begins like a list of objects, as JSON writes them."""
    if not _LIST.match(head):
        return False
    from hookproof.captures.formats.unread import is_foreign  # noqa: PLC0415 - many patterns

    return not is_foreign(head[1:])


def _goes_on(text: str) -> bool:
    """Whether a second object follows the first one, as `jq .` writes them."""
    end = object_end(text, strict=True)
    return end is not None and text[end:].lstrip().startswith("{")


def _may_hold(start: Start, options: ReadOptions) -> bool:
    """Whether the name of a body's field is there at all, which spares bodies a closer look."""
    names = (options.body, options.body_base64)
    return any(name.rpartition(".")[2].encode() in start.text for name in names)


def _read(stream: io.BufferedReader, file: str, options: ReadOptions) -> Found:
    """Yield what the items of a document hold, and what cannot be read of it."""
    window = Window(stream)
    record = barren = 0
    items = Lines(enumerate(items_in(window), 1))
    for number, item in items:
        origin = Origin(file, record + 1, item.line, item.column)
        if isinstance(item, Fault):
            record += 1
            yield Unreadable(origin, item.code, item.message, item.hint)
            continue
        found = list(_found(item, origin, options))
        is_open = bool(options.sought and item.value and number >= barren)
        if is_open and not any(isinstance(f, Capture) for f in found):
            read = partial(_whole, origin=origin, options=options)
            whole, last = joined(item.value, items, _value_of, read, limit=options.max_body)
            barren = max(barren, last)
            found = whole or found
        for one in found:
            record += not isinstance(one, Remark)
            yield one
    if window.broken:
        raise window.broken


def items_in(window: Window) -> Iterator[Item | Fault]:
    """The items of a list and the faults between them, or the values that stand in a row."""
    if window.peek() != "[":
        yield from _row(window)
        return
    window.skip(1)
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
            window.skip(1)
            if char == "}" and window.peek() == ",":
                window.skip(1)
    yield from _end(window)


def _end(window: Window) -> Iterator[Fault]:
    """What is wrong with the end of a list."""
    if window.skip(1):
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
        if end is not None and end - window.at > MAX_ITEM:
            window.advance(end)
            return Item(None, None, line, column)
        text = window.text[window.at : end]
        window.advance(len(window.text) if end is None else end)
        return Item(text, value, line, column, end is not None)


def _row(window: Window) -> Iterator[Item | Fault]:
    """The values that follow one another; of one that is broken its reader tells all."""
    while True:
        item = _item(window)
        yield item
        if item.value is None or not window.peek():
            return
        if window.peek() not in "{[":
            hint = "one capture holds one JSON value; is this NDJSON or two bodies in a row?"
            message = "more text follows the JSON value"
            yield Fault(window.line, window.column, "HP107", message, hint)
            return


def _found(item: Item, origin: Origin, options: ReadOptions) -> Found:
    """What an item holds."""
    if item.text is None:
        yield Unreadable(origin, *too_long())
        return
    raw = as_bytes(item.text)
    for found in guarded(partial(_captures, item, raw, origin, options), origin, raw):
        if isinstance(found, Capture) and len(found.body) > options.max_body:
            yield too_large(origin, "the body", options)
        else:
            yield found


def _value_of(item: Item | Fault) -> Any:
    return item.value if isinstance(item, Item) else None


def _whole(value: Any, *, origin: Origin, options: ReadOptions) -> Found:
    """What a record gives in which a text was put together from several."""
    from hookproof.captures.formats.records import captures_in  # noqa: PLC0415 - many patterns

    return captures_in(orjson.dumps(value), replace(origin, text=OPAQUE), options)


def _captures(item: Item, raw: bytes, origin: Origin, options: ReadOptions) -> Found:
    if isinstance(item.value, dict) and (options.sought or options.wants_records):
        from hookproof.captures.formats.records import read_record  # noqa: PLC0415 - many patterns

        value = decoded(raw)
        if isinstance(value, dict):
            yield from read_record(raw, origin, options, value, loose=True)
            return
    if is_request(item.value, options):
        found = read_request(raw, origin, options)
        yield found or Remark(origin, "requests without a body were passed over")
    elif isinstance(item.value, dict):
        yield Capture(origin, raw)
    else:
        yield _other(item, raw, origin)


def _other(item: Item, raw: bytes, origin: Origin) -> Capture | Unreadable:
    """What an item holds that is no object, or none that can be read."""
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


JSON = Format("json", _looks, _read, "no object in it is a callback, and none holds one")
