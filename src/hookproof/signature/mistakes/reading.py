"""A signature's text read in every usual way of writing a digest."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote

from hookproof.signature.mistakes.attempt import DIGEST_SIZES

if TYPE_CHECKING:
    from collections.abc import Callable

# No digest is longer in any of the ways below.
LONGEST: Final = 1024
_SIZES: Final = frozenset(DIGEST_SIZES.values())
_AROUND: Final = " \t\r\n\v\f\0\u00a0\u200b\ufeff"
_HEX: Final = re.compile(r"[0-9a-fA-F]+")
_BASE64: Final = re.compile(r"([A-Za-z0-9+/]+)={0,2}")
_BASE64URL: Final = re.compile(r"([A-Za-z0-9_-]+)={0,2}")
_APART: Final = re.compile(r"[0-9a-fA-F]{2}(?:[-: ][0-9a-fA-F]{2})+")
# "sha1=", "v1:", "SHA1(stdin)= ", "(stdin)= ", "0x", "HMAC-SHA1 ".
_PREFIX: Final = re.compile(
    r"(?:[a-z][a-z0-9-]{0,15})?(?:\(stdin\))?[=:] ?(?=[^=])"
    r"|0x(?=[0-9a-f]+$)|(?:bearer|basic|hmac|signature|sha|md5)[a-z0-9-]{0,10} ",
    re.IGNORECASE | re.ASCII,
)


class Reading(NamedTuple):
    """The digest in a signature, and the ways in which its writing is not the usual one."""

    raw: bytes
    encoding: str
    peeled: tuple[str, ...] = ()

    def unusual(self, documented: tuple[str, ...]) -> tuple[str, ...]:
        """The mistakes in the writing alone; `documented` are the encodings of the contract."""
        if self.encoding in documented:
            return self.peeled
        if self.encoding == "base64" and "percent-base64" in documented:
            return tuple(one for one in self.peeled if one != "percent-encoded")
        plain = self.encoding in {"hex", "base64"}
        encoding = f"{self.encoding}-for-{documented[0]}" if plain else self.encoding
        return (*self.peeled, encoding)


def read_signature(text: str) -> Reading | None:
    """The digest that a text holds, None where it holds none. Never raises."""
    if len(text) > LONGEST:
        return None
    peeled: list[str] = []
    for mistake, peel in _PEELS:
        bare = peel(text)
        if bare != text:
            peeled.append(mistake)
            text = bare
    raw, encoding = _decoded(text)
    return Reading(raw, encoding, tuple(peeled)) if len(raw) in _SIZES else None


def _decoded(text: str) -> tuple[bytes, str]:
    # Hex of a digest's length is taken for hex: Base64 that looks so does not occur by chance.
    if _HEX.fullmatch(text) and len(text) % 2 == 0:
        return bytes.fromhex(text), "hex" if text == text.lower() else "upper-case"
    if match := _BASE64.fullmatch(text):
        return _from_base64(text, match[1], "base64")
    if match := _BASE64URL.fullmatch(text):
        standard = match[1].replace("-", "+").replace("_", "/")
        return _from_base64(text, standard, "base64url")
    return b"", ""


def _from_base64(text: str, letters: str, encoding: str) -> tuple[bytes, str]:
    if len(letters) % 4 == 1:
        return b"", ""
    padded = letters + "=" * (-len(letters) % 4)
    raw = b64decode(padded)
    if b64encode(raw).decode() != padded:
        return b"", ""
    inner = raw.decode("latin-1")
    if _HEX.fullmatch(inner) and len(inner) % 2 == 0 and len(inner) // 2 in _SIZES:
        return bytes.fromhex(inner), "base64-of-hex"
    unpadded = encoding == "base64" and len(text) != len(padded)
    return raw, "base64-unpadded" if unpadded else encoding


def _without_quotes(text: str) -> str:
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'`"
    return text[1:-1] if quoted else text


def _without_percent(text: str) -> str:
    return unquote(text) if text.isascii() and "%" in text else text


def _without_prefix(text: str) -> str:
    match = _PREFIX.match(text)
    return text[match.end() :] if match else text


def _together(text: str) -> str:
    return re.sub("[-: ]", "", text) if _APART.fullmatch(text) else text


def _with_plus(text: str) -> str:
    return text.replace(" ", "+")


def _on_one_line(text: str) -> str:
    return text.replace("\r", "").replace("\n", "")


_PEELS: Final[tuple[tuple[str, Callable[[str], str]], ...]] = (
    ("blanks-around", lambda text: text.strip(_AROUND)),
    ("quotes-around", _without_quotes),
    ("percent-encoded", _without_percent),
    # Before the prefix, for "AB:" would look like one.
    ("bytes-apart", _together),
    ("prefix", _without_prefix),
    ("line-ends-inside", _on_one_line),
    ("plus-as-blank", _with_plus),
)
