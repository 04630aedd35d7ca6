"""Takes secrets and signatures out of what strangers say, before it is shown or stored.

A receiver knows the secret too: its debug page may print it, or the signature it expected.
"""

from __future__ import annotations

import html
import json
from base64 import b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from collections.abc import Iterable

SECRET: Final = "<secret>"  # noqa: S105 - what is shown in place of one
SIGNATURE: Final = "<signature>"
# Shorter ones are found in any text, and hiding them would tell where they are.
_SHORTEST: Final = 4
# How a quotation ends that was cut.
_CUT: Final = b"'..."


@dataclass(frozen=True, slots=True)
class Veil:
    """Words that are not to be seen, each with what is shown in its place; longest first."""

    words: tuple[tuple[bytes, bytes], ...] = field(default=(), repr=False)

    def over(self, raw: bytes) -> bytes:
        """The bytes with every such word replaced."""
        for word, shown in self.words:
            raw = raw.replace(word, shown)
        return self._over_a_cut(raw) if _CUT in raw else raw

    def _over_a_cut(self, raw: bytes) -> bytes:
        """What is quoted may have been cut in the middle of a word."""
        for word, shown in self.words:
            for length in range(len(word) - 1, _SHORTEST - 1, -1):
                raw = raw.replace(word[:length] + _CUT, shown + _CUT)
        return raw

    def over_text(self, text: str) -> str:
        """The same of text."""
        return self.over(text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")


def veil_of(secrets: Iterable[bytes], *, signatures: Iterable[str] = ()) -> Veil:
    """What hides these secrets and signatures, in each way they are commonly written."""
    found: dict[bytes, bytes] = {}
    for signature in signatures:
        found |= dict.fromkeys(_spellings(signature.encode()), SIGNATURE.encode())
    for secret in secrets:
        found |= dict.fromkeys(_spellings(secret), SECRET.encode())
    words = sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0]))
    return Veil(tuple(words))


def _spellings(word: bytes) -> set[bytes]:
    """A word plain, escaped for JSON, HTML, Python and URLs, and as hexadecimal and Base64."""
    if len(word) < _SHORTEST:
        return set()
    text = word.decode("utf-8", "surrogateescape")
    spellings = {
        quote(word),
        quote(word, safe=""),
        quote_plus(word),
        json.dumps(text)[1:-1],
        json.dumps(text, ensure_ascii=False)[1:-1],
        json.dumps(text)[1:-1].replace("/", "\\/"),
        html.escape(text),
        repr(text)[1:-1],
        word.hex(),
        b64encode(word).decode(),
    }
    return {word, *(one.encode("utf-8", "surrogateescape") for one in spellings)}
