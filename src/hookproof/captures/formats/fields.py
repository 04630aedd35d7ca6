"""Reads what a record says beside its body: headers, times, Base64, fields by name."""

from __future__ import annotations

import binascii
import json
import math
import re
import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote_plus

from hookproof.captures.formats.format import Refused
from hookproof.captures.formats.json_values import FRAME
from hookproof.payload.decode import decode_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hookproof.payload.scan import Path

_FIRST_LINE: Final = re.compile(r"[A-Za-z]+ \S+ HTTP/[0-9.]+\s*$|HTTP/[0-9.]+ [0-9]{3}\b")
_NUMBER: Final = re.compile(r"[0-9]{1,19}(?:\.[0-9]{1,9})?")
# Seconds of this size are of the year 5138; milliseconds, micro- and nanoseconds are larger.
_LATEST_SECONDS: Final = 1e11
# No callback takes fewer bytes.
_SHORTEST: Final = 12


def path_of(record: Any, name: str) -> Path | None:
    """Where the field of a name stands in a record, None where it is not there.

    A name with dots is one key if there is such a key, else it leads into objects.
    """
    if not isinstance(record, dict):
        return None
    if name in record:
        return (name,)
    path = tuple(name.split("."))
    for part in path:
        if not isinstance(record, dict) or part not in record:
            return None
        record = record[part]
    return path


def field_of(record: Any, name: str) -> Any:
    """The value of a field, None where it is not there."""
    if isinstance(record, dict) and name in record:
        return record[name]
    path = path_of(record, name) if "." in name else None
    for part in path or ():
        record = record[part]
    return record if path else None


def span_of(text: str, path: Path) -> tuple[int, int]:
    """Where the value of a field stands in a JSON text that holds it, as a half-open span."""
    start, end = 0, len(text)
    for name in path:
        start, end = (_item if isinstance(name, int) else _member)(text, start, name)
    return start, end


def _member(text: str, at: int, name: str | int) -> tuple[int, int]:
    """The span of a member's value in the object that stands at a place; the last one counts."""
    found = (at, at)
    at = _skip(text, text.index("{", at) + 1)
    while text[at] != "}":
        key, at = FRAME.raw_decode(text, at)
        at = _skip(text, _skip(text, at) + 1)
        _, end = FRAME.raw_decode(text, at)
        found = (at, end) if key == name else found
        at = _skip(text, end)
        at = _skip(text, at + 1) if text[at] == "," else at
    return found


def _item(text: str, at: int, number: str | int) -> tuple[int, int]:
    """The span of an item of the list that stands at a place."""
    at = _skip(text, text.index("[", at) + 1)
    for _ in range(int(number)):
        _, at = FRAME.raw_decode(text, at)
        at = _skip(text, _skip(text, at) + 1)
    return at, FRAME.raw_decode(text, at)[1]


def _skip(text: str, at: int) -> int:
    while text[at] in " \t\r\n":
        at += 1
    return at


def headers_of(value: Any) -> tuple[tuple[str, str], ...] | None:
    """Headers as pairs, from the ways in which tools write them; None stays None.

    An object of texts or of lists of texts, a list of pairs, of objects with name and value, of
    objects with one header each, or of names and values by turns; a JSON text of these, or the
    lines of a request. Raises Refused for anything else.
    """
    if isinstance(value, str):
        reading = decode_text(value)
        if not isinstance(reading.value, (dict, list)):
            return tuple(_from_lines(value))
        value = reading.value
    if value is None:
        return None
    if isinstance(value, dict):
        inner = value.get("headers")
        if isinstance(inner, list) and inner and not isinstance(inner[0], (str, int)):
            # {"firstLine": …, "headers": [{"name": …, "value": …}]}
            value = inner
        else:
            return tuple(_from_object(value))
    if isinstance(value, list):
        if value and len(value) % 2 == 0 and all(isinstance(item, str) for item in value):
            return tuple(zip(value[::2], value[1::2], strict=True))
        return tuple(pair for item in value for pair in _from_item(item))
    raise _strange(value)


def _from_object(value: dict[Any, Any]) -> Iterator[tuple[str, str]]:
    for name, given in value.items():
        several = isinstance(given, list) and not _is_bytes(given)
        for one in given if several else [given]:
            yield str(name), _text(one)


def _from_item(item: Any) -> list[tuple[str, str]]:
    if isinstance(item, (list, tuple)) and len(item) == 2:
        return [(_text(item[0]), _text(item[1]))]
    if isinstance(item, str) and ":" in item:
        return list(_from_lines(item))
    if isinstance(item, dict):
        name = item.get("name", item.get("key"))
        if isinstance(name, str) and "value" in item:
            return [(name, _text(item["value"]))]
        if len(item) == 1:
            return list(_from_object(item))
    raise _strange(item)


def _from_lines(value: str) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(value.splitlines()):
        if number == 0 and _FIRST_LINE.match(line):
            continue
        name, colon, rest = line.partition(":")
        if line.strip() and not colon:
            raise _strange(line)
        if colon:
            yield name.strip(), rest.strip()


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    if isinstance(value, str) or value is None:
        return value or ""
    if isinstance(value, (int, float)):
        return json.dumps(value)
    if _is_bytes(value):
        return bytes(value).decode(errors="replace")
    if isinstance(value, dict):
        # Attributes of queues, and what a CDN makes of headers.
        for name in ("value", "Value", "stringValue", "StringValue"):
            if isinstance(value.get(name), str):
                return str(value[name])
    raise _strange(value)


def _is_bytes(value: Any) -> bool:
    """Whether a list is the bytes of a text, as some queues give them."""
    return (
        isinstance(value, list)
        and len(value) > 0
        and all(type(item) is int and 0 <= item < 256 for item in value)
    )


def _strange(value: Any) -> Refused:
    kind = "an object" if isinstance(value, dict) else type(value).__name__
    return Refused(
        f"these are no headers: {repr(value[:40]) if isinstance(value, str) else kind}",
        hint="wanted is an object, or a list of pairs or of objects with name and value",
    )


def moment_of(value: Any) -> float | None:
    """A moment in Unix seconds, None for what is none.

    Taken are Unix seconds and fractions of them down to nanoseconds, as a number or a text, and
    ISO 8601; without a zone that is UTC.
    """
    try:
        if isinstance(value, str):
            value = value.strip()
            is_number = _NUMBER.fullmatch(value)
            value = float(value) if is_number else datetime.fromisoformat(value)
        if isinstance(value, datetime):
            seconds = (value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp()
            # Some write the year 1 for no moment at all.
            return seconds if seconds >= 0 else None
    except (ValueError, OverflowError):
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    if isinstance(value, int) and value.bit_length() > 64:
        return None
    seconds = float(value)
    if not math.isfinite(seconds) or seconds < 0:
        return None
    while seconds >= _LATEST_SECONDS:
        seconds /= 1000
    return seconds


def from_base64(text: str) -> bytes:
    """The bytes of a Base64 text, blanks left out; raises Refused where it is none."""
    try:
        return binascii.a2b_base64("".join(text.split()), strict_mode=True)
    except ValueError as error:
        reason = str(error) if isinstance(error, binascii.Error) else "it is no ASCII"
        raise Refused(f"this is no Base64: {reason}", hint="is the capture cut off?") from None


def as_bytes(text: str) -> bytes:
    """The bytes of a text that was decoded with surrogateescape, or came from a JSON string."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        # Half a pair, which is no character: the decoder says so.
        return text.encode("utf-8", "surrogatepass")


def fields_of(
    value: Any, parts: list[str], name: str, path: Path = (), around: tuple[Any, ...] = ()
) -> Iterator[tuple[Path, tuple[dict[str, Any], ...], Any]]:
    """Each value of a field, with the path to it and the objects around it."""
    if isinstance(value, list):
        for number, inner in enumerate(value):
            yield from fields_of(inner, parts, name, (*path, number), around)
    elif not isinstance(value, dict):
        return
    elif name and name in value:
        yield (*path, name), (*around, value), value[name]
    elif len(parts) == 1 and parts[0] in value:
        yield (*path, parts[0]), (*around, value), value[parts[0]]
    elif len(parts) > 1 and parts[0] in value:
        inner = value[parts[0]]
        yield from fields_of(inner, parts[1:], "", (*path, parts[0]), (*around, value))


def buffer_in(value: dict[str, Any]) -> bytes | None:
    """The bytes of a buffer as JavaScript writes it."""
    data = value.get("data")
    return bytes_of(data) if value.get("type") == "Buffer" and isinstance(data, list) else None


def bytes_of(items: list[Any]) -> bytes | None:
    """The bytes that a list of numbers is, as journald writes a text with a colour in it."""
    if len(items) < _SHORTEST or type(items[0]) is not int:
        return None
    try:
        return bytes(items)
    except (TypeError, ValueError):
        return None


def form_of(pairs: Sequence[tuple[str, str]], unreserved: str) -> str:
    """Names and values that a tool took apart, as a form or a query again.

    Some tools list them as they were written, escapes and all: nothing but such, and what needs
    none (`unreserved`), stands in them.
    """
    words = [word for pair in pairs for word in pair]
    encoded = all(re.fullmatch(unreserved, word) for word in words)
    if not (encoded and any(re.search(r"%[0-9A-Fa-f]{2}", word) for word in words)):
        pairs = [(_quoted(name), _quoted(value)) for name, value in pairs]
    return "&".join(f"{name}={value}" for name, value in pairs)


def _quoted(word: str) -> str:
    return quote_plus(word, errors="surrogatepass")


def gunzipped(packed: bytes, limit: int) -> bytes:
    """What was packed, up to a limit; nothing where it is broken."""
    try:
        return zlib.decompressobj(wbits=31).decompress(packed, limit)
    except zlib.error:
        return b""
