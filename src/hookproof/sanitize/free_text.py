"""Finds in a text what may tell somebody's identity: numbers, words, dates, hosts; replaces it.

A text is taken apart in the same way wherever it stands, so what is put together from ids
(a file's name, a URL) holds their pseudonyms in the same places. Kept are punctuation and the
extensions of files.
"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from hookproof.payload.percent import percent_decode, percent_origins
from hookproof.sanitize.edits import Edit, apply, lift, shift

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.sanitize.known_ids import KnownIds
    from hookproof.sanitize.pseudonyms import Pseudonyms

HOST: Final = "example.com"
_EXTENSIONS: Final = (
    "aac|amr|avi|bin|bmp|csv|flv|gif|gz|htm|html|jpeg|jpg|js|json|log|m3u8|m4a|m4s|mkv|mov|mp3|mp4"
    "|mpd|mpeg|mpg|ogg|opus|pcm|pdf|png|srt|svg|tar|ts|txt|vtt|wav|webm|webp|wma|wmv|xml|zip"
)
_SCHEMES: Final = "[Hh][Tt][Tt][Pp][Ss]?|cos|ftp|obs|oss|rtmps?|rtsps?|s3|srt|wss?"
_TOKENS: Final = rf"""
      (?P<url>  (?<![A-Za-z0-9]) (?:{_SCHEMES}):// [^\s/?\#"'<>\\,;|&()]+ )
    | (?P<moment> (?<![0-9]) (?:19|20)[0-9]{{2}}(?P<sep>[-/.])[01][0-9](?P=sep)[0-3][0-9]
                (?: [\ T_\-](?P<time>[0-2][0-9][:.\-][0-5][0-9](?:[:.\-][0-5][0-9])?) )?
                (?![0-9]) )
    | (?P<kept> (?<=[^\s/.\\]) \.(?:{_EXTENSIONS}) (?![0-9A-Za-z]) )
    | (?P<ip>   (?<![0-9.]) (?:(?:0|[1-9][0-9]{{0,2}})\.){{3}} (?:0|[1-9][0-9]{{0,2}}) (?![0-9.]) )
    | (?P<hex>  (?<![0-9A-Za-z])
                [0-9a-fA-F]{{8}}(?:-[0-9a-fA-F]{{4}}){{3}}-[0-9a-fA-F]{{12}} (?![0-9A-Za-z]) )
    | (?P<run>  [0-9A-Za-z]+ )
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
# Within letters and digits, once a hexadecimal id at their end is taken off.
_PIECE: Final = re.compile("(?P<digits>[0-9]+)|(?P<word>[A-Za-z]+)")
_HEX_DIGITS: Final = ("0123456789abcdef", "0123456789ABCDEF")
_SHORTEST_HEX: Final = 12
_MANTISSA: Final = re.compile(r"-?([0-9]+)(?:\.([0-9]+))?")
_MOST_LAYERS: Final = 4


class Style(NamedTuple):
    """How a text is replaced: words that stay, and whether other letters count as one each.

    As a rule they count as many as they have bytes, for most vendors limit bytes.
    """

    words: frozenset[str] = frozenset()
    narrow: bool = False


_PLAIN: Final = Style()


class FreeText:
    """Replaces texts and numbers by the pseudonyms of a salt; ids in `known` are found in words."""

    def __init__(self, pseudonyms: Pseudonyms, known: KnownIds) -> None:
        self.pseudonyms = pseudonyms
        self.known = known

    def replaced(self, text: str) -> str:
        """The text with all of it replaced."""
        return apply(text, self.edits(text))

    def edits(self, text: str, *, style: Style = _PLAIN, layers: int = 0) -> list[Edit]:
        """What is to be replaced in a text, percent escapes read as often as they were written."""
        if "%" in text and layers < _MOST_LAYERS:
            decoded, problems = percent_decode(text)
            if not problems and len(decoded) != len(text):
                _, origins = percent_origins(text)
                inner = self.edits(decoded, style=style, layers=layers + 1)
                # Letters, digits and dots need no escape.
                return lift(inner, origins, end=len(text), write=str)
        return list(self._edits(text, style))

    def number_edits(self, literal: str) -> list[Edit]:
        """What is to be replaced in a JSON number: all digits but those of an exponent."""
        match = _MANTISSA.search(literal)
        if match is None:
            return []
        return [
            Edit(*match.span(group), self.pseudonyms.digits(match[group]))
            for group in (1, 2)
            if match[group] is not None
        ]

    def _edits(self, text: str, style: Style) -> Iterator[Edit]:
        tokens = _TOKEN_OF_JSON if text.lstrip()[:1] in ("{", "[", '"') else _TOKEN
        for match in tokens.finditer(text):
            token, start = match.group(), match.start()
            match match.lastgroup:
                case "url":
                    yield from _host(token, start)
                case "kept" | "half":
                    pass
                case "run":
                    yield from shift(self._run_edits(token, style), start)
                case "foreign":
                    yield from shift(self._foreign_edits(token, style), start)
                case _:
                    yield Edit(*match.span(), self._pseudonym(match, style))

    def _pseudonym(self, match: re.Match[str], style: Style) -> str:
        token = match.group()
        if match["moment"]:
            return self._moment(token, match["time"] or "")
        if match["ip"]:
            return ".".join(map(self.pseudonyms.octet, token.split(".")))
        if match["hex"]:
            return self.pseudonyms.hexadecimal(token)
        decoded = json.loads(f'"{token}"')
        return self.pseudonyms.foreign(decoded, length=_length(decoded, style))

    def _moment(self, text: str, time: str) -> str:
        """Another date, written alike; what is no date is replaced digit by digit."""
        year, month, day = (int(text[at : at + size]) for at, size in ((0, 4), (5, 2), (8, 2)))
        try:
            other = self.pseudonyms.day(date(year, month, day))
        except ValueError:
            return re.sub("[0-9]+", lambda match: self.pseudonyms.digits(match[0]), text)
        sep = text[4]
        written = f"{other.year}{sep}{other.month:02}{sep}{other.day:02}"
        return written + (f"{text[10]}{self._time(time)}" if time else "")

    def _time(self, text: str) -> str:
        parts = [int(part) for part in re.split("[^0-9]", text)]
        if parts[0] > 23:
            return re.sub("[0-9]+", lambda match: self.pseudonyms.digits(match[0]), text)
        number = 0
        for part in parts:
            number = number * 60 + part
        number = self.pseudonyms.time(number, size=24 * 60 ** (len(parts) - 1))
        written: list[str] = []
        for _ in parts[1:]:
            number, part = divmod(number, 60)
            written.insert(0, f"{part:02}")
        return text[2].join([f"{number:02}", *written])

    def _run_edits(self, run: str, style: Style) -> Iterator[Edit]:
        names = self.pseudonyms
        for start, end in self.known.split(run):
            part = run[start:end]
            if part in style.words:
                continue
            hex_at = _hex_at(part)
            for match in _PIECE.finditer(part, 0, hex_at):
                piece = match.group()
                if piece not in style.words:
                    other = names.digits(piece) if match["digits"] else names.word(piece)
                    yield Edit(start + match.start(), start + match.end(), other)
            if hex_at < len(part):
                yield Edit(start + hex_at, end, names.hexadecimal(part[hex_at:]))

    def _foreign_edits(self, run: str, style: Style) -> Iterator[Edit]:
        for start, end in self.known.split(run):
            piece = run[start:end]
            if piece not in style.words:
                other = self.pseudonyms.foreign(piece, length=_length(piece, style))
                yield Edit(start, end, other)


def _hex_at(run: str) -> int:
    """Where the hexadecimal id begins that a run ends with; its end where there is none."""
    for digits in _HEX_DIGITS:
        at = len(run.rstrip(digits))
        tail = run[at:]
        if len(tail) >= _SHORTEST_HEX and not tail.isdigit() and not tail.isalpha():
            return at
    return len(run)


def _length(text: str, style: Style) -> int:
    return len(text) if style.narrow else len(text.encode("utf-8", "surrogatepass"))


def _host(url: str, start: int) -> Iterator[Edit]:
    """The host of a URL, with the user and the port beside it; its path is read like any text."""
    scheme, _, _ = url.partition("://")
    if scheme.lower().startswith("http"):
        yield Edit(start, start + len(scheme), "https")
    yield Edit(start + len(scheme) + 3, start + len(url), HOST)
