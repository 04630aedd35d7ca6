r"""Bodies in a text with other words around them: a line of a log, a message, a dump.

A body is a JSON object, one that is the text of a quoted string, a form, percent-encoded JSON,
or Base64 of them. Where a log has escaped it once more (`\x22`, `\\n`), that is undone: it
is never the sender's fault. What a body holds is for the decoder to judge.
"""

from __future__ import annotations

import binascii
import json
import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from hookproof.captures.formats import literals
from hookproof.captures.formats.fields import as_bytes
from hookproof.payload import form as wire_form
from hookproof.payload import print_r
from hookproof.payload.percent import percent_decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.validation.sought import Sought

# An object with a key, or cut off in it, or a string that holds an object: logs are full of
# other braces.
_OBJECT: Final = re.compile(
    r'\{\s*"(?:[^"\\]|\\.)*+(?:"\s*(?::|$)|$)'
    r'|"(?:\s|\\[nrt])*+\[?(?:\s|\\[nrt])*+\{(?:\s|\\[nrt])*\\"'
)
_ESCAPED_OBJECT: Final = re.compile(r"\{\s*(?:\\x22|\\\"|&quot;|&#34;)|%7B|\\x7B", re.IGNORECASE)
# A text without any of these has no body but one in the notation of a programming language.
_MARKS: Final = re.compile(r'["\\&%]|7[bB]|\[123|Array|(?:e[yw]|W[3w])[A-Za-z0-9+/_\-]{38}')
_NAME: Final = r"[A-Za-z_][A-Za-z0-9_.\-\[\]%]{0,99}="
_FORM: Final = re.compile(rf"(?<![\w.%\-]){_NAME}[^\s&]{{0,4000}}+&{_NAME}[^\s]*")
_NAMED: Final = re.compile(rf"{_NAME}[\"']?(?={_NAME})")
_PERCENT: Final = re.compile(r"%7[Bb](?:%[0-9A-Fa-f]{2}|[^\s\"'&%])+")
_DUMP: Final = re.compile(r"Array\s*\(\s*\[")
_BASE64: Final = re.compile(r"(?<![A-Za-z0-9+/_\-])[A-Za-z0-9+/_\-]{40,}={0,2}")
_ONLY_BASE64: Final = re.compile(r"[A-Za-z0-9+/_\-\s]{16,}={0,2}\s*")
# JSON and HTTP in hexadecimal digits, as databases and dissectors write bytes.
_ONLY_HEX: Final = re.compile(r"(?:\\x|0[xX])?((?:7[bB]|5[bB]|50)(?::?[0-9A-Fa-f]{2}){20,})\s*")
_HEX: Final = re.compile(
    r"(?<![0-9A-Za-z:])(?:\\x|0[xX])?(7[bB](?::?[0-9A-Fa-f]{2}){20,}+)(?![0-9A-Za-z:])"
)
# An object as a list of the numbers that its bytes are; some languages count to 127 and below 0.
_NUMBERS: Final = re.compile(r"\[123,? (?:34|10|13|32),? (?:-?[0-9]{1,3},? ?){20,9999999}+\]")
_NUMBER: Final = re.compile("-?[0-9]+")
# What JSON objects and lists look like in Base64.
_JSON_STARTS: Final = ("ey", "ew", "W3", "Ww")
_ESCAPE: Final = re.compile(rb"\\(x[0-9A-Fa-f]{2}|[^ux])", re.DOTALL)
_PLAIN_ESCAPES: Final = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    b"v": b"\v",
    b"a": b"\a",
    b"\\": b"\\",
    b'"': b'"',
    b"'": b"'",
    b"/": b"/",
}
_SINGLE: Final = re.compile(r"(?<!\\)(?:\\\\)*\\(?![\\'])")
_QUOTES_BEFORE: Final = re.compile(r"\b[bB]?['\"]$|'$")
# Numbers of any length and raw control characters do not hinder finding the end.
_FRAME: Final = json.JSONDecoder(strict=False, parse_int=float)
_MOST_BROKEN: Final = 100
_HTML_QUOTES: Final = ("&quot;", "&#34;", "&#x22;")
LITERAL: Final = (
    "the callback was printed in the notation of a programming language, and is judged as the JSON"
    " that it was"
)
ESCAPED: Final = "the log had escaped the callback once more, which was undone"


class Body(NamedTuple):
    """A body in a text: its bytes and where it stands; as a quoted string, or as it is.

    `raw` is None for an object that is no body, but may hold one, and, where there is no
    `value` either, for what begins like a body and cannot be read. `note` tells what was undone.
    `written` is the JSON that was made of a value in another notation.
    """

    raw: bytes | None
    start: int
    end: int
    quoted: bool = False
    value: Any = None
    note: str = ""
    written: str = ""


def bodies_in(text: str, sought: Sought | None) -> list[Body]:
    """The bodies in a text, other objects, and what begins like a body and is broken."""
    found = list(_bodies(text, sought)) if _MARKS.search(text) else []
    whole = [body for body in found if body.raw is not None]
    other = _beside(text, whole, sought) if whole else _otherwise_written(text, sought)
    if other and not whole:
        return other
    if beside := [body for body in other if body.raw is not None]:
        return sorted([*found, *beside], key=lambda body: body.start)
    if "\\" not in text:
        return found
    literal = bool(whole) and _is_literal(text, whole[0])
    broken = any(body.raw is None and body.value is None for body in found)
    if whole and not literal and not broken:
        return found
    again = [body._replace(note=ESCAPED, quoted=False) for body in _bodies(unescaped(text), sought)]
    gained = sum(body.raw is not None for body in again) - len(whole)
    others = sum(body.value is not None for body in again)
    better = gained > 0 or (gained == 0 and (literal or (broken and others > len(found) - 1)))
    return again if better else found


def _beside(text: str, bodies: list[Body], sought: Sought | None) -> list[Body]:
    """The bodies that are written otherwise in what stands around some; seldom is there one."""
    around, at = [], 0
    for body in sorted(bodies, key=lambda body: body.start):
        around += [text[at : body.start], " " * (body.end - max(at, body.start))]
        at = max(at, body.end)
    around.append(text[at:])
    if sought and not any(map(sought.is_named_in, around[::2])):
        return []
    return _otherwise_written("".join(around), sought)


def _otherwise_written(text: str, sought: Sought | None) -> list[Body]:
    """The bodies in a text whose quotes were written otherwise, or in another notation."""
    if any(quote in text for quote in _HTML_QUOTES):
        from html import unescape  # noqa: PLC0415 - a large table

        return [
            body._replace(note=ESCAPED, quoted=False) for body in _bodies(unescape(text), sought)
        ]
    if '{""' in text:
        # As tables and some languages write quotes within a text.
        doubled = list(_bodies(text.replace('""', '"'), sought))
        if any(body.raw is not None for body in doubled):
            return [body._replace(note=ESCAPED, quoted=False) for body in doubled]
    return _literals(text, sought) if sought and sought.is_mentioned(text) else []


def begins_body(line: str) -> bool:
    """Whether something that may be a body stands on a line."""
    patterns = (_OBJECT, _FORM, _PERCENT, _ESCAPED_OBJECT, _HEX, _NUMBERS, literals.START)
    return any(pattern.search(line) for pattern in patterns)


def unescaped(text: str) -> str:
    """A text with one layer of the escapes of logs and of source code taken off."""

    def undo(match: re.Match[bytes]) -> bytes:
        escape = match[1]
        if escape[:1] == b"x":
            return bytes.fromhex(escape[1:].decode())
        return _PLAIN_ESCAPES.get(escape, match[0])

    raw = _ESCAPE.sub(undo, as_bytes(text))
    return raw.decode(errors="surrogateescape")


def base64_in(text: str) -> bytes | None:
    """What a text is the Base64 of, None where it is none."""
    if not _ONLY_BASE64.fullmatch(text):
        return None
    packed = "".join(text.split()).replace("-", "+").replace("_", "/")
    try:
        return binascii.a2b_base64(packed + "=" * (-len(packed) % 4), strict_mode=True)
    except ValueError:
        return None


def packed_in(text: str) -> bytes | None:
    """What a text is the hexadecimal digits or the Base64 of, None where it is neither."""
    if digits := _ONLY_HEX.fullmatch(text):
        return bytes.fromhex(digits[1].replace(":", ""))
    return base64_in(text)


def _is_literal(text: str, body: Body) -> bool:
    """Whether a body stands in a literal of source code, and has none but doubled escapes."""
    before = _QUOTES_BEFORE.search(text[: body.start])
    inside = text[body.start : body.end]
    if before is None or body.quoted or "\\" not in inside:
        return False
    return before[0][:1] in "bB" or not _SINGLE.search(inside)


def _bodies(text: str, sought: Sought | None) -> Iterator[Body]:
    """Dumps and forms, which may have JSON in them, then objects, then what is packed."""
    found = [*_dumps(text, sought), *_forms(text, sought)] if sought else []
    found += _outside(found, _objects(text, sought))
    whole = [body for body in found if body.raw is not None]
    found += _outside(whole, _packed(text, sought)) if sought else []
    yield from sorted(found, key=lambda body: body.start)


def _outside(taken: list[Body], bodies: Iterator[Body]) -> list[Body]:
    """The bodies that begin in none of those that are taken."""
    if not taken:
        return list(bodies)
    taken = sorted(taken, key=lambda one: one.start)
    starts = [one.start for one in taken]
    ends = list(accumulate((one.end for one in taken), max, initial=0))
    return [body for body in bodies if ends[bisect_right(starts, body.start)] <= body.start]


def _objects(text: str, sought: Sought | None) -> Iterator[Body]:
    """The objects that are bodies, and what begins like one and is broken."""
    at = broken = 0
    while match := _OBJECT.search(text, at):
        start = match.start()
        value, end = decode_at(text, start)
        quoted = isinstance(value, str)
        if quoted:
            yield from _quoted(value, start, end, sought)
        elif isinstance(value, dict):
            raw = as_bytes(text[start:end]) if is_body(value, sought) else None
            yield Body(raw, start, end, value=value)
        else:
            broken += 1
            # No log has so many on a line: the rest counts as one.
            end = len(text) if broken > _MOST_BROKEN else end
            if _may_be_body(text[start:end], sought):
                yield Body(None, start, end)
        # What stands in a broken object is a part of it and no body.
        at = max(end, start + 1)


def is_body(value: dict[str, Any], sought: Sought | None) -> bool:
    """Whether an object is a callback, or may be one for all that is known."""
    return sought is None or sought.expects(value)


def _may_be_body(text: str, sought: Sought | None) -> bool:
    return sought is None or sought.is_begun_in(text)


def _quoted(text: str, start: int, end: int, sought: Sought | None) -> Iterator[Body]:
    value, _ = decode_at(text, len(text) - len(text.lstrip()))
    if isinstance(value, list):
        for body in _objects(text, sought):
            yield body._replace(start=start, end=end)
    elif isinstance(value, dict):
        raw = as_bytes(text) if is_body(value, sought) else None
        yield Body(raw, start, end, quoted=True, value=value)
    elif _may_be_body(text, sought) and _OBJECT.match(text.lstrip()):
        yield Body(None, start, end, quoted=True)


def decode_at(text: str, start: int) -> tuple[Any, int]:
    """The value at a place and its end, or None and where reading stopped."""
    try:
        return _FRAME.raw_decode(text, start)
    except json.JSONDecodeError as error:
        unclosed = error.msg.startswith("Unterminated")
        return None, len(text) if unclosed else error.pos
    except RecursionError:
        return None, len(text)


def _dumps(text: str, sought: Sought) -> Iterator[Body]:
    at = 0
    while match := _DUMP.search(text, at):
        end = _dump_end(text, match.start())
        if end is None:
            return
        written = text[match.start() : end]
        value = print_r.read(written).value
        if isinstance(value, dict) and is_body(value, sought):
            yield Body(as_bytes(written), match.start(), end, value=value)
        at = end


def _dump_end(text: str, start: int) -> int | None:
    """Where the first parenthesis is closed by one that stands as far in; None where it is not."""
    opened = text.index("(", start)
    indent = text[text.rfind("\n", 0, opened) + 1 : opened]
    closed = re.compile(rf"\n{re.escape(indent if not indent.strip() else '')}\)").search(
        text, opened
    )
    return closed.end() if closed else None


def _literals(text: str, sought: Sought) -> list[Body]:
    """The bodies in a notation of a programming language, and what holds one."""
    at, found, tried = 0, [], 0
    while (match := literals.START.search(text, at)) and tried < _MOST_BROKEN:
        literal = literals.read(text, match.start())
        value = json.loads(literal.written) if literal else None
        at = literal.end if literal else match.end()
        tried += literal is None
        if literal and isinstance(value, dict):
            # Programs print a few of the fields too, and that is no callback that lacks the others.
            whole = sought.fits(value) or sought.resembles(value)
            raw = as_bytes(literal.written) if whole else None
            body = Body(raw, match.start(), literal.end, value=value)
            found.append(body._replace(note=LITERAL, written=literal.written))
    return found if any(one.raw or _holds_more(one, sought) for one in found) else []


def _holds_more(body: Body, sought: Sought) -> bool:
    """Whether a value holds texts or objects in which a callback may be named."""
    inner = body.value.values()
    return any(isinstance(one, (dict, str)) and sought.is_mentioned(str(one)) for one in inner)


def _forms(text: str, sought: Sought) -> Iterator[Body]:
    for match in _FORM.finditer(text) if "&" in text else ():
        start = match.start()
        # The name of a log before the form is none of its fields: body=event=record&…
        while (named := _NAMED.match(text, start, match.end())) is not None:
            start = named.end()
        # The quote, bracket or comma of the log that follows is none of its last value.
        written = text[start : match.end()].rstrip("\"',;)]}>")
        value = _form_value(written)
        if isinstance(value, dict) and (sought.fits(value) or sought.resembles(value)):
            yield Body(as_bytes(written), start, match.end(), value=value)


def _form_value(written: str) -> Any:
    if "%" in written or "+" in written:
        return wire_form.read(written).value
    return dict(part.partition("=")[::2] for part in written.split("&") if part)


def _packed(text: str, sought: Sought) -> Iterator[Body]:
    for match in _PERCENT.finditer(text) if "%7" in text else ():
        value, _ = decode_at(percent_decode(match[0])[0], 0)
        if isinstance(value, dict) and is_body(value, sought):
            yield Body(as_bytes(match[0]), match.start(), match.end(), value=value)
    packed = [
        (match, bytes.fromhex(match[1].replace(":", "")), "hexadecimal digits")
        for match in (_HEX.finditer(text) if "7b" in text or "7B" in text else ())
    ]
    packed += [
        (match, base64_in(match[0]) or b"", "Base64")
        for match in _BASE64.finditer(text)
        if match[0].startswith(_JSON_STARTS)
    ]
    packed += [
        (match, bytes(int(one) & 255 for one in _NUMBER.findall(match[0])), "a list of numbers")
        for match in (_NUMBERS.finditer(text) if "[123" in text else ())
    ]
    for match, raw, how in packed:
        try:
            value, _ = decode_at(raw.decode(), 0) if raw else (None, 0)
        except UnicodeDecodeError:
            continue
        if raw and isinstance(value, dict) and is_body(value, sought):
            note = f"the callback was taken out of {how}"
            yield Body(raw, match.start(), match.end(), value=value, note=note)
