"""The one strict JSON decoder: UTF-8, exact integers, no guessing.

orjson decides quickly. What it lets pass but we do not (duplicate keys, integers it
turns into floating-point numbers, deep nesting) is spotted by cheap signs in the
bytes, and any sign or refusal hands the text to the slow reader, which judges exactly
and says why.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Any, Final

import orjson

from hookproof.payload.problem import Position, ReadProblem, position_at
from hookproof.payload.scan import MAX_DEPTH, scan

MAX_BYTES: Final = 16 * 1024 * 1024

_DIGITS_TO_ZERO: Final = bytes(48 if 48 <= byte <= 57 else byte for byte in range(256))
# 64 bits hold every number of 19 digits, and every negative one of 18; orjson makes floats
# of what they do not hold.
_LONG_NUMBER: Final = b"0" * 20
_LONG_NEGATIVE: Final = b"-" + b"0" * 19
# What orjson takes for an integer has at most 64 bits.
_WHOLE: Final = 2.0**63
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What decoding gave: a value, or the reason there is none.

    `complete` tells whether there is a value (None is one). Problems can stand
    beside a value: a duplicate key leaves the last one, as most decoders do.
    `text` is the decoded text as far as it is text at all.
    """

    value: Any
    complete: bool
    problems: tuple[ReadProblem, ...] = ()
    text: str = ""

    def position(self, problem: ReadProblem) -> Position:
        """Line and column of a problem."""
        return position_at(self.text, problem.offset)


def decode(raw: bytes) -> Reading:
    """Read JSON bytes; never raises, whatever the bytes hold."""
    if len(raw) <= MAX_BYTES:
        try:
            value = orjson.loads(raw)
        except orjson.JSONDecodeError:
            return _explain(raw)
        if not _suspicious(raw, value):
            return Reading(value, complete=True)
    return _explain(raw)


def decode_text(text: str) -> Reading:
    """Read the JSON text inside a string; the rules are those of `decode`."""
    try:
        return decode(text.encode())
    except UnicodeEncodeError:
        return _from_scan(text)


def repeats_a_key(raw: bytes, anew: bytes) -> bool:
    """Whether a JSON text may name a key twice, by what it is written `anew`; False is sure.

    What is written as it came names no key twice, be it that slashes were escaped. Else the
    quotes tell: a decoder drops the first of two equal keys, and its quotes with it.
    """
    return (
        anew != raw
        and raw.replace(b"\\/", b"/") != anew
        and (anew.count(b'"') != raw.count(b'"') or b"\\u0022" in raw)
    )


def too_deep(raw: bytes) -> bool:
    """Whether a JSON text may nest too deep; False is sure."""
    return raw.count(b"{") + raw.count(b"[") > MAX_DEPTH


def has_long_number(raw: bytes) -> bool:
    """Whether a JSON text may hold an integer that orjson takes for a fraction; False is sure."""
    zeroed = raw.translate(_DIGITS_TO_ZERO)
    return _LONG_NUMBER in zeroed or _LONG_NEGATIVE in zeroed


def _suspicious(raw: bytes, value: Any) -> bool:
    # A long list of objects, or a text of many digits, gives the first two signs as well.
    signs = too_deep(raw) or has_long_number(raw)
    return (signs and _may_be_odd(value)) or repeats_a_key(raw, orjson.dumps(value))


def _may_be_odd(value: Any) -> bool:
    """Whether a value may nest too deep, or hold an integer that orjson took for a fraction.

    False is sure. Level by level, for the slow reader takes many times as long.
    """
    containers: list[Any] = [[value]]
    for _ in range(MAX_DEPTH):
        inner = []
        for one in containers:
            for item in one.values() if type(one) is dict else one:
                kind = type(item)
                if kind is dict or kind is list:
                    inner.append(item)
                elif kind is float and not -_WHOLE < item < _WHOLE:
                    return True
        if not inner:
            return False
        containers = inner
    return True


def _explain(raw: bytes) -> Reading:
    if len(raw) > MAX_BYTES:
        return _refuse("HP109", f"{len(raw):,} bytes; the limit is {MAX_BYTES:,}")
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _refuse("HP101", f"this is {name}, not UTF-8", hint="convert it to UTF-8")
    if raw.startswith(codecs.BOM_UTF8):
        return _refuse("HP111", "a byte order mark stands before the text", hint="remove it")
    # JSON begins with an ASCII character, of which UTF-16 and UTF-32 make a pair with NUL.
    if b"\x00" in raw[:2] and len(raw) % 2 == 0:
        return _refuse("HP101", "this looks like UTF-16 or UTF-32, not UTF-8", hint="convert it")
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode()
        problem = ReadProblem(
            "HP101",
            f"not UTF-8: byte 0x{raw[error.start]:02x} at offset {error.start} ({error.reason})",
            len(before),
        )
        return Reading(None, complete=False, problems=(problem,), text=before)
    return _from_scan(text)


def _from_scan(text: str) -> Reading:
    result = scan(text)
    value = result.value if result.complete else None
    return Reading(value, result.complete, tuple(result.problems), text)


def _refuse(code: str, message: str, *, hint: str = "") -> Reading:
    return Reading(None, complete=False, problems=(ReadProblem(code, message, 0, hint),))
