"""Decimal digits as the number types of other languages print them again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

_NUMBER: Final = re.compile(r"[0-9]{1,40}(?:\.[0-9]{1,20})?(?:[eE][+-]?[0-9]{1,2})?")
_DIGITS: Final = re.compile(r"[0-9]{1,40}")
_WIDEST: Final = 20


# Each yields few words and the text as it was printed; nothing for what is no such number.
_Forms = Iterator[tuple[str, str]]


def digit_forms(text: str) -> _Forms:
    """Digits without the zeros before them, and with more."""
    if not _DIGITS.fullmatch(text):
        return
    yield "without leading zeros", str(int(text))
    for width in range(len(text) + 1, _WIDEST + 1):
        yield f"with leading zeros, {width} digits", text.zfill(width)


def small_forms(text: str) -> _Forms:
    """Digits as integers that are too small for them."""
    if not _DIGITS.fullmatch(text):
        return
    whole = int(text)
    for bits in (32, 64):
        half = 2 ** (bits - 1)
        yield f"a signed {bits}-bit integer", str((whole + half) % (2 * half) - half)
        yield f"an unsigned {bits}-bit integer", str(whole % (2 * half))
        yield f"the largest {bits}-bit integer", str(min(whole, half - 1))


def float_forms(text: str) -> _Forms:
    """A number as floating-point ones are printed."""
    if not _NUMBER.fullmatch(text):
        return
    value = float(text)
    digits, exponent = _shortest(value)
    yield "a number in JavaScript", javascript_number(value)
    yield "a float in Python", repr(value)
    yield "a float cut to an integer", str(int(value))
    yield "a float64 in Go", f"{_joined(digits)}e{exponent:+03d}"
    yield "a double in Java", f"{_joined(digits, least=1)}E{exponent}"
    yield "a float in PHP", f"{value:.14G}"
    yield "%f in C", f"{value:f}"
    yield "%g in C", f"{value:g}"


def javascript_number(value: float) -> str:
    """A number that is not negative as JavaScript prints it: no exponent below 10^21."""
    digits, exponent = _shortest(value)
    if not value.is_integer():
        return repr(value)
    return digits.ljust(exponent + 1, "0") if exponent < 21 else f"{_joined(digits)}e+{exponent}"


def _shortest(value: float) -> tuple[str, int]:
    """The fewest digits that mean a number, and the exponent of the first one."""
    parts = Decimal(repr(value))
    digits = "".join(map(str, parts.as_tuple().digits)).rstrip("0")
    return digits or "0", parts.adjusted()


def _joined(digits: str, *, least: int = 0) -> str:
    rest = digits[1:].ljust(least, "0")
    return f"{digits[0]}.{rest}" if rest else digits
