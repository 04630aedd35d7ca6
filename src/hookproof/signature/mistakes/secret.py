"""Guesses with the right rule and a secret that is not quite the right one."""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Final
from urllib.parse import quote_from_bytes, unquote_to_bytes

from hookproof.signature.mistakes.attempt import Guess

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.signature.mistakes.attempt import Attempt

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
    for variants in (_with_line_end, _wrapped, _trimmed, _in_other_case, _decoded, _encoded):
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


def _trimmed(secret: bytes) -> Iterator[Variant]:
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
