"""A payload written as JSON again, in the layouts of the usual libraries."""

from __future__ import annotations

import json
import re
from functools import lru_cache, partial
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from hookproof.payload.pointer import with_leaves
from hookproof.signature.mistakes.numbers import javascript_number

if TYPE_CHECKING:
    from collections.abc import Iterator

# Stand for what follows a comma and for a colon until a text is laid out. JSON escapes these
# characters inside of strings, as it does line ends and tabs: all that are found are structure.
_AFTER_COMMA: Final = "\x01"
_COLON: Final = "\x00"
# A backslash before it is none of it: only every second one begins an escape.
_NUMBERED: Final = re.compile(r"(?<!\\)((?:\\\\)*)\\u([0-9a-f]{4})")
_QUOTE: Final = re.compile(r'(?<!\\)((?:\\\\)*)\\"')
_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]")
# Above this, not every integer is a floating-point number.
_EXACT: Final = 2**53
_HTML: Final = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
_HTML_AND_QUOTES: Final = _HTML | {ord("="): "\\u003d", ord("'"): "\\u0027"}
# Capitals throughout, and the quote in a text by its number too.
_CAPITALS: Final = str.maketrans({char: f"\\u{ord(char):04X}" for char in "<>&'+`"})
# Above this, a text is written anew in the ways of the most libraries alone.
_LONG: Final = 64 * 1024


class _Layout(NamedTuple):
    """Where a library puts blanks; without an indent all stands on one line."""

    mistake: str
    detail: str
    after_comma: str
    colon: str
    indent: str | None = None


_ON_ONE_LINE: Final = (
    _Layout("reserialised-compact", "without blanks", "", ":"),
    _Layout("reserialised-blanks", "with a blank after commas and colons", " ", ": "),
    _Layout("reserialised-blanks", "with a blank after commas", " ", ":"),
    _Layout("reserialised-blanks", "with a blank after colons", "", ": "),
    _Layout("reserialised-blanks", "with blanks around colons", "", " : "),
    _Layout("reserialised-blanks", "with a blank after commas, blanks around colons", " ", " : "),
)
_ON_LINES: Final = tuple(
    _Layout("reserialised-indented", detail, "", colon, indent)
    for detail, colon, indent in (
        ("indented by 2 blanks", ": ", "  "),
        ("indented by 4 blanks", ": ", "    "),
        ("indented by 3 blanks", ": ", "   "),
        ("indented by tabs", ": ", "\t"),
        ("indented by tabs, a tab after colons", ":\t", "\t"),
        ("indented by 2 blanks, blanks around colons", " : ", "  "),
        ("indented by 3 blanks, blanks around colons", " : ", "   "),
        ("indented by 4 blanks, blanks around colons", " : ", "    "),
        ("on lines without an indent", ":", ""),
        ("on lines without an indent, a blank after colons", ": ", ""),
    )
)


def json_layouts(payload: Any, *, sample: Any = None) -> Iterator[tuple[str, str, bytes]]:
    """Mistake, few words on the layout, and the text; nothing for what is not JSON.

    The names are tried in their order, sorted, and in the order of a `sample`, for what keeps
    a payload as an object may have sorted them.
    """
    for order, sort in _orders(payload):
        for layout, detail, text in _in_all_layouts(payload, sort=sort):
            yield layout.mistake, _words(detail, order), text
    for order, arranged in _arranged_like(payload, sample):
        for layout, detail, text in _in_all_layouts(arranged):
            yield layout.mistake, _words(detail, order), text
    # The plain layouts of all ways come before the rare ones of any.
    ways = [
        [(_words(detail, how), text) for _, detail, text in _in_all_layouts(doubled)]
        for how, doubled in _through_doubles(payload)
    ]
    for row in zip_longest(*ways):
        yield from (("reserialised-doubles", *one) for one in row if one)


def one_line_layouts(payload: Any) -> Iterator[tuple[str, bytes]]:
    """The layouts without blanks and with all of them, in the given order and sorted."""
    for order, sort in _orders(payload):
        text = _written(payload, sort=sort)
        for layout in _ON_ONE_LINE[:2]:
            yield _words(layout.detail, order), _laid_out(text, layout)


def _orders(payload: Any) -> Iterator[tuple[str, bool]]:
    """The orders of names that differ; nothing where the payload cannot be written."""
    if given := _written(payload):
        yield "", False
        if _written(payload, sort=True) not in {given, ""}:
            yield "names sorted", True


def _arranged_like(payload: Any, sample: Any) -> Iterator[tuple[str, Any]]:
    """The payload with its names in the order of a sample, if that differs."""
    try:
        arranged = _in_order_of(sample, payload)
    except RecursionError:
        return
    if sample is not None and _written(arranged) not in {_written(payload), ""}:
        yield "names in the documented order, and sorted since", arranged


def _in_order_of(sample: Any, value: Any) -> Any:
    if isinstance(value, list):
        first = sample[0] if isinstance(sample, list) and sample else None
        return [_in_order_of(first, item) for item in value]
    if not isinstance(value, dict):
        return value
    known = sample if isinstance(sample, dict) else {}
    # What the sample does not name stays behind it.
    names = [*(name for name in known if name in value), *value]
    return {name: _in_order_of(known.get(name), value[name]) for name in names}


def _in_all_layouts(payload: Any, *, sort: bool = False) -> Iterator[tuple[_Layout, str, bytes]]:
    for layouts, indent in ((_ON_ONE_LINE, None), (_ON_LINES, "\t")):
        written = _written(payload, sort=sort, indent=indent)
        for spelling, text in _spellings(written):
            for layout in layouts:
                yield layout, _words(layout.detail, spelling), _laid_out(text, layout)
        # Few libraries write these, and in the usual layouts.
        for spelling, text in _rare_spellings(written):
            for layout in layouts[:2]:
                yield layout, _words(layout.detail, spelling), _laid_out(text, layout)
        for spelling, text in (("", written), ("only ASCII", _ascii(written))) if indent else ():
            for layout in layouts:
                laid_out = _laid_out(text, layout).replace(b"\n", b"\r\n")
                yield layout, _words(layout.detail, "lines end in CR LF", spelling), laid_out


def _written(payload: Any, *, sort: bool = False, indent: str | None = None) -> str:
    """The text from which layouts are made, "" where there is none."""
    between = ("," if indent else "," + _AFTER_COMMA, _COLON)
    try:
        return json.dumps(
            payload, ensure_ascii=False, sort_keys=sort, indent=indent, separators=between
        )
    except (ValueError, TypeError, RecursionError):
        # A number too long to print, a key that is no text, too deep: nobody writes that again.
        return ""


def _laid_out(text: str, layout: _Layout) -> bytes:
    if layout.indent is None:
        text = text.replace(_AFTER_COMMA, layout.after_comma)
    elif layout.indent != "\t":
        text = text.replace("\t", layout.indent)
    return text.replace(_COLON, layout.colon).encode("utf-8", "surrogatepass")


def _spellings(text: str) -> Iterator[tuple[str, str]]:
    """The ways to write the same strings; the marks of the layout stay untouched."""
    if not text:
        return
    slashes = text.replace("/", "\\/")
    yield "", text
    if slashes != text:
        yield "slashes escaped", slashes
    if not text.isascii():
        yield "only ASCII", _ascii(text)
        if slashes != text:
            yield "only ASCII, slashes escaped", _ascii(slashes)
    if any(char in text for char in "<>&"):
        yield "<, > and & escaped", text.translate(_HTML)


def _rare_spellings(text: str) -> Iterator[tuple[str, str]]:
    if not text or len(text) > _LONG:
        return
    if any(char in text for char in "='"):
        yield "<, >, &, = and ' escaped", text.translate(_HTML_AND_QUOTES)
    numbered = _QUOTE.sub(r"\1\\u0022", text.translate(_CAPITALS))
    for detail, other in (
        ("escapes in capitals", _in_capitals(text)),
        ("only ASCII, escapes in capitals", _in_capitals(_ascii(text))),
        ("only ASCII, escapes in capitals, quotes, < and > too", _in_capitals(_ascii(numbered))),
    ):
        if other != text:
            yield detail, other


def _in_capitals(text: str) -> str:
    """The text with its numbered escapes in capitals."""
    return _NUMBERED.sub(lambda escape: escape[1] + "\\u" + escape[2].upper(), text)


def _ascii(text: str) -> str:
    return _NOT_ASCII.sub(lambda match: _escape(match[0]), text)


@lru_cache(maxsize=4096)
def _escape(char: str) -> str:
    return json.dumps(char)[1:-1]


def _through_doubles(payload: Any) -> Iterator[tuple[str, Any]]:
    """The payload as a language reads it whose numbers are all floating-point, if that differs.

    JavaScript prints the fewest digits that mean a number, others all of them, or 1 as 1.0.
    """
    given = _written(payload)
    if not given:
        return
    try:
        ways = (
            ("", with_leaves(payload, _doubled)),
            ("each digit of them", with_leaves(payload, partial(_doubled, exact=True))),
            ("those beyond 64 bits", with_leaves(payload, _overflowed)),
            ("whole numbers with a point", with_leaves(payload, _pointed)),
        )
        written = {how: _written(changed) for how, changed in ways}
    except (RecursionError, OverflowError):
        # Deeper than any callback, or a number that no double holds.
        return
    met = {given}
    for how, changed in ways:
        if written[how] not in met:
            met.add(written[how])
            yield how, changed


def _overflowed(value: Any) -> Any:
    """What PHP and others make of a whole number that their own do not hold."""
    return float(value) if isinstance(value, int) and not -(2**63) <= value < 2**63 else value


def _pointed(value: Any) -> Any:
    return float(value) if type(value) is int else value


def _doubled(value: Any, *, exact: bool = False) -> Any:
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    if type(value) is int and _EXACT < value < 10**21:
        # What is left of a whole number in a floating-point one, as it is printed.
        return int(float(value)) if exact else int(javascript_number(float(value)))
    return value


def _words(*details: str) -> str:
    return ", ".join(filter(None, details))
