"""Guesses with the right rule, and signed values or a secret that were not taken as they are."""

from __future__ import annotations

import binascii
import json
from base64 import b64decode, b64encode
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


_LINE_ENDS: Final = {"LF": b"\n", "CR LF": b"\r\n", "CR": b"\r"}
_BLANKS: Final = {
    "a blank before it": (b" ", b""),
    "a blank after it": (b"", b" "),
    "a blank before and after it": (b" ", b" "),
    "a tab after it": (b"", b"\t"),
}
_QUOTES: Final = {
    "double quotes": (b'"', b'"'),
    "single quotes": (b"'", b"'"),
    "angle brackets": (b"<", b">"),
    "a double quote after it": (b"", b'"'),
}
# Where a shell or a file of settings ends a value that was not quoted.
_ENDS: Final = (b"#", b"$", b"&", b";", b"=", b" ", b"\0")

Variant = tuple[str, str, bytes]


def with_other_secrets(attempt: Attempt) -> Iterator[Guess]:
    """The documented rule with each of the other secrets at hand."""
    yield from _signed(attempt, (("other-secret", name, one) for name, one in _others(attempt)))


def with_misread_secret(attempt: Attempt) -> Iterator[Guess]:
    """The documented rule with the secret as it is when read or stored carelessly."""
    yield from _signed(attempt, secret_variants(attempt.secret))


def secret_variants(secret: bytes) -> Iterator[Variant]:
    """Mistake, few words on it, and what became of the secret by it."""
    for variants in (_with_line_end, _wrapped, _bared, _in_other_case, _decoded, _encoded):
        for variant in variants(secret):
            if variant[2] != secret:
                yield variant
    if secret:
        yield "secret-empty", "", b""


def _signed(attempt: Attempt, variants: Iterator[Variant]) -> Iterator[Guess]:
    if attempt.documented not in attempt.digests:
        return
    for mistake, detail, secret in variants:
        yield Guess(mistake, attempt.documented, attempt.plain(secret), detail)


def _others(attempt: Attempt) -> Iterator[tuple[str, bytes]]:
    yield from ((name, one) for name, one in attempt.others.items() if one != attempt.secret)


def _with_line_end(secret: bytes) -> Iterator[Variant]:
    for name, line_end in _LINE_ENDS.items():
        yield "secret-line-end", name, secret + line_end


def _wrapped(secret: bytes) -> Iterator[Variant]:
    for name, (before, after) in _BLANKS.items():
        yield "secret-blanks", name, before + secret + after
    for name, (before, after) in _QUOTES.items():
        yield "secret-quotes", name, before + secret + after
    yield "secret-charset", "a byte order mark before it", b"\xef\xbb\xbf" + secret
    yield "secret-charset", "a NUL after it", secret + b"\0"


def _bared(secret: bytes) -> Iterator[Variant]:
    bare = secret.strip()
    yield "secret-trimmed", "the blanks or line ends around it", bare
    yield "secret-trimmed", "the line end after it", secret.rstrip(b"\r\n")
    yield "secret-trimmed", "the quotes around it", bare.strip(b"\"'`")
    yield "secret-trimmed", "the byte order mark before it", secret.removeprefix(b"\xef\xbb\xbf")
    for end in _ENDS:
        if cut := secret.partition(end)[0]:
            yield "secret-cut", "", cut


def _in_other_case(secret: bytes) -> Iterator[Variant]:
    yield "secret-letter-case", "upper case", secret.upper()
    yield "secret-letter-case", "lower case", secret.lower()


def _decoded(secret: bytes) -> Iterator[Variant]:
    for name, decode in (("hex", binascii.unhexlify), ("Base64", b64decode)):
        try:
            yield "secret-decoded", name, decode(secret)
        except ValueError:
            # It does not look like that, so nobody has decoded it.
            continue
    yield "secret-decoded", "percent escapes", unquote_to_bytes(secret)


def _encoded(secret: bytes) -> Iterator[Variant]:
    yield "secret-encoded", "hex", secret.hex().encode()
    yield "secret-encoded", "upper-case hex", secret.hex().upper().encode()
    yield "secret-encoded", "Base64", b64encode(secret)
    yield "secret-encoded", "percent escapes", quote_from_bytes(secret, safe="").encode()
    text = secret.decode("utf-8", "replace")
    yield "secret-charset", "UTF-16", text.encode("utf-16-le")
    yield "secret-charset", "UTF-16 with the high byte first", text.encode("utf-16-be")
    yield "secret-charset", "Latin-1 taken for UTF-8", secret.decode("latin-1").encode()
