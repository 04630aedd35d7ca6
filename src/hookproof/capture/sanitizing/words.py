"""Finds in a text what may tell somebody's identity: numbers, words, hosts; and replaces it.

A text is taken apart in the same way wherever it stands, so what is put together from ids
(a file's name, a URL) holds their pseudonyms in the same places. Kept are punctuation,
dates, and the extensions of files.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from hookproof.capture.sanitizing.edits import Edit, lift
from hookproof.payload.percent import percent_decode, percent_origins

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.capture.sanitizing.pseudonyms import Pseudonyms

HOST: Final = "example.com"
_EXTENSIONS: Final = (
    "aac|amr|avi|bin|bmp|csv|flv|gif|gz|htm|html|jpeg|jpg|js|json|log|m3u8|m4a|m4s|mkv|mov|mp3|mp4"
    "|mpd|mpeg|mpg|ogg|opus|pcm|pdf|png|srt|svg|tar|ts|txt|vtt|wav|webm|webp|wma|wmv|xml|zip"
)
_SCHEMES: Final = "[Hh][Tt][Tt][Pp][Ss]?|cos|ftp|obs|oss|rtmps?|rtsps?|s3|srt|wss?"
_TOKENS: Final = rf"""
      (?P<url>  (?<![A-Za-z0-9]) (?:{_SCHEMES}):// [^\s/?\#"'<>\\,;|&()]+ )
    | (?P<kept> (?<![0-9]) (?:19|20)[0-9]{{2}}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])
                (?: [\ T_\-][0-2][0-9][:.\-][0-5][0-9](?:[:.\-][0-5][0-9])? )? Z? (?![0-9A-Za-z])
              | (?<=[^\s/.\\]) \.(?:{_EXTENSIONS}) (?![0-9A-Za-z]) )
    | (?P<hex>  (?<![0-9A-Za-z])
                (?: [0-9a-fA-F]{{8}}(?:-[0-9a-fA-F]{{4}}){{3}}-[0-9a-fA-F]{{12}}
                  | (?=[0-9]*[a-f]) (?=[a-f]*[0-9]) [0-9a-f]{{12,}}
                  | (?=[0-9]*[A-F]) (?=[A-F]*[0-9]) [0-9A-F]{{12,}} )
                (?![0-9A-Za-z]) )
    | (?P<digits> [0-9]+ )
    | (?P<word>   [A-Za-z]+ )
    | (?P<foreign> [^\x00-\x7f]+ )
    """
_TOKEN: Final = re.compile(_TOKENS, re.VERBOSE)
# In what was to be JSON and is none, escapes stay escapes and half a character half of one, or
# the text might become right.
_ESCAPE: Final = r"""
      (?P<escaped> (?: \\u[dD][89abAB][0-9a-fA-F]{2} \\u[dD][c-fC-F][0-9a-fA-F]{2}
                     | \\u(?![dD][89a-fA-F])[0-9a-fA-F]{4} )+ )
    | (?P<half> \\u[0-9a-fA-F]{4} | \\. )
    |
    """
_TOKEN_OF_JSON: Final = re.compile(_ESCAPE + _TOKENS, re.VERBOSE | re.DOTALL)
_STAYS: Final = frozenset({"kept", "half"})
_MANTISSA: Final = re.compile(r"-?([0-9]+)(?:\.([0-9]+))?")


class Style(NamedTuple):
    """How a text is replaced: words that stay, and whether other letters count as one each.

    As a rule they count as many as they have bytes, for most vendors limit bytes.
    """

    words: frozenset[str] = frozenset()
    narrow: bool = False


PLAIN: Final = Style()


def text_edits(text: str, pseudonyms: Pseudonyms, *, style: Style = PLAIN) -> list[Edit]:
    """What is to be replaced in a text, percent escapes read."""
    if "%" in text:
        decoded, problems = percent_decode(text)
        if not problems and len(decoded) != len(text):
            _, origins = percent_origins(text)
            inner = list(_edits(decoded, pseudonyms, style))
            # Letters, digits and dots need no escape.
            return lift(inner, origins, end=len(text), write=str)
    return list(_edits(text, pseudonyms, style))


def number_edits(literal: str, pseudonyms: Pseudonyms) -> list[Edit]:
    """What is to be replaced in a JSON number: all digits but those of an exponent."""
    match = _MANTISSA.search(literal)
    if match is None:
        return []
    return [
        Edit(*match.span(group), pseudonyms.digits(match[group]))
        for group in (1, 2)
        if match[group] is not None
    ]


def _edits(text: str, pseudonyms: Pseudonyms, style: Style) -> Iterator[Edit]:
    tokens = _TOKEN_OF_JSON if text.lstrip()[:1] in ("{", "[", '"') else _TOKEN
    for match in tokens.finditer(text):
        if match.lastgroup == "url":
            yield from _host(match)
        elif match.lastgroup not in _STAYS and match.group() not in style.words:
            yield Edit(*match.span(), _pseudonym(match, pseudonyms, style))


def _pseudonym(match: re.Match[str], pseudonyms: Pseudonyms, style: Style) -> str:
    token = match.group()
    match match.lastgroup:
        case "hex":
            return pseudonyms.hexadecimal(token)
        case "digits":
            return pseudonyms.digits(token)
        case "word":
            return pseudonyms.word(token)
        case "escaped":
            token = json.loads(f'"{token}"')
    length = len(token) if style.narrow else len(token.encode())
    return pseudonyms.foreign(token, length=length)


def _host(match: re.Match[str]) -> Iterator[Edit]:
    """The host of a URL, with the user and the port beside it; its path is read like any text."""
    scheme, _, _ = match.group().partition("://")
    start, end = match.span()
    if scheme.lower().startswith("http"):
        yield Edit(start, start + len(scheme), "https")
    yield Edit(start + len(scheme) + 3, end, HOST)
