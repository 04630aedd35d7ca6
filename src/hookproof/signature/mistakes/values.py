"""Guesses with the right rule and signed values that were not taken as they are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final
from urllib.parse import quote_from_bytes, quote_plus, unquote_to_bytes

from hookproof.signature.mistakes.attempt import Guess
from hookproof.signature.mistakes.numbers import digit_forms, float_forms, small_forms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from hookproof.signature.mistakes.attempt import Attempt

# What languages print where there is no value.
_NOTHING: Final = (b"", b"null", b"None", b"undefined", b"nil", b"<nil>", b"0", b"[object Object]")

# Mistake, few words on it, and what was signed.
_Form = tuple[str, str, bytes]


def with_rewritten_values(attempt: Attempt) -> Iterator[Guess]:
    """The documented rule over each value in each other form, and over all of them in it."""
    if attempt.documented not in attempt.digests:
        return
    named = attempt.names
    for forms in _FORMS:
        for (mistake, how), changed in _changes(attempt.values, forms).items():
            for fields in _subsets(tuple(changed)):
                values = [
                    changed[at] if at in fields else value
                    for at, value in enumerate(attempt.values)
                ]
                raw = attempt.plain(attempt.secret, values=values)
                names = " and ".join(named[at] for at in fields)
                yield Guess(mistake, attempt.documented, raw, f"{names} {how}")


def _changes(
    values: Sequence[bytes], forms: Callable[[bytes], Iterator[_Form]]
) -> dict[tuple[str, str], dict[int, bytes]]:
    """Each form with the values that it changes, by their places."""
    changes: dict[tuple[str, str], dict[int, bytes]] = {}
    for at, value in enumerate(values):
        for mistake, how, changed in forms(value):
            if changed != value:
                changes.setdefault((mistake, how), {})[at] = changed
    return changes


def _subsets(fields: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    yield from ((at,) for at in fields)
    if len(fields) > 1:
        yield fields


def _trimmed(value: bytes) -> Iterator[_Form]:
    yield "value-trimmed", "without the blanks around it", value.strip()


def _in_other_unit(value: bytes) -> Iterator[_Form]:
    if not value.isdigit():
        return
    if len(value) in {9, 10}:
        yield "milliseconds", "in milliseconds", value + b"000"
    if len(value) in {12, 13}:
        yield "seconds", "in seconds", value[:-3]


def _in_other_digits(value: bytes) -> Iterator[_Form]:
    for name, digits in digit_forms(_number(value)):
        yield "leading-zeros", name, digits.encode()


def _as_number(value: bytes) -> Iterator[_Form]:
    for name, printed in float_forms(_number(value)):
        yield "number-as-float", f"as {name}", printed.encode()
    for name, printed in small_forms(_number(value)):
        yield "number-overflow", f"as {name}", printed.encode()


def _quoted(value: bytes) -> Iterator[_Form]:
    text = json.dumps(value.decode("utf-8", "replace"), ensure_ascii=False)
    yield "value-quoted", "as JSON text in quotes", text.encode()
    yield "value-quoted", "without the quotes around it", value.strip(b"\"'")


def _percent(value: bytes) -> Iterator[_Form]:
    mistake = "value-percent-encoded"
    yield mistake, "percent-encoded", quote_from_bytes(value, safe="").encode()
    yield mistake, "percent-encoded, blanks as +", quote_plus(value).encode()
    yield "value-percent-decoded", "percent-decoded", unquote_to_bytes(value)


def _missing(value: bytes) -> Iterator[_Form]:
    del value
    for nothing in _NOTHING:
        yield "empty-inputs", f'as "{nothing.decode()}"', nothing


def _number(value: bytes) -> str:
    return value.decode("utf-8", "replace").strip()


# The simplest first: several may give the same text.
_FORMS: Final = (
    _trimmed,
    _in_other_unit,
    _in_other_digits,
    _as_number,
    _quoted,
    _percent,
    _missing,
)
