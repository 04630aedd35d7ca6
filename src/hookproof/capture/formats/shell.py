"""Splits a text into the simple commands of a POSIX shell, and knows where its words stand.

Beyond what shlex does it knows `$'…'`, comments, where commands end and where words begin, and
it takes a long quoted text as a whole. Nothing is run, looked up or opened: `$NAME` stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from hookproof.capture.formats.fields import as_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_TOKEN: Final = re.compile(
    r"""
    (?P<ansi>\$'(?:[^'\\]|\\.)*+')
    | (?P<single>'[^']*+')
    | (?P<double>"(?:[^"\\]|\\.)*+")
    | (?P<word>[^\s'"\\;&|\#$]++)
    | (?P<joined>\\\r?\n)
    | (?P<escape>\\.)
    | (?P<end>\r?\n|;|&&|\|\|?|&(?=\s|\Z))
    | (?P<comment>(?:(?<=\s)|\A)\#[^\n]*+)
    | (?P<other>[ \t]++|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_IN_DOUBLE: Final = re.compile(r"\\(?:\r?\n|([$`\"\\]))")
_IN_ANSI: Final = re.compile(
    r"\\(?:(x[0-9A-Fa-f]{1,2}|u[0-9A-Fa-f]{1,4}|U[0-9A-Fa-f]{1,8}|[0-7]{1,3})|(.))", re.DOTALL
)
_LETTERS: Final = dict(zip("abeEfnrtv", "\a\b\x1b\x1b\f\n\r\t\v", strict=True))
_LAST_CHARACTER: Final = 0x10FFFF
_MOST_LITERALS: Final = 1000


class Literal(NamedTuple):
    """A word or a quoted part of one: what it means, how it is written, and where it begins."""

    value: str
    written: str
    at: int


@dataclass(slots=True)
class Command:
    """A command: where it begins, its words, and their parts with their places.

    `closed` is False where a quote is not; its words are then not those of the shell.
    """

    at: int
    literals: list[Literal] = field(default_factory=list)
    closed: bool = True
    _words: list[list[str]] = field(default_factory=list)
    _goes_on: bool = False

    def words(self) -> list[str]:
        """The words, each put together from its parts."""
        return ["".join(parts) for parts in self._words]

    def add(self, kind: str, token: re.Match[str]) -> None:
        """Take the next part of the command into account."""
        written = token[0]
        if written.isspace():
            self._goes_on = False
            return
        value = _MEANING[kind](written) if kind in _MEANING else written
        self.closed = self.closed and not (kind == "other" and written in {"'", '"'})
        if self._goes_on:
            self._words[-1].append(value)
        else:
            self._words.append([value])
        self._goes_on = True
        # Places are for bodies, and no person's command has so many parts.
        if value and len(self.literals) < _MOST_LITERALS:
            self.literals.append(Literal(value, written, token.start()))


def commands(text: str) -> Iterator[Command]:
    """The commands of a text, the empty ones left out."""
    command: Command | None = None
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup or ""
        if kind == "end":
            if command:
                yield command
            command = None
        elif kind not in {"joined", "comment"} and (command or not token[0].isspace()):
            command = command or Command(token.start())
            command.add(kind, token)
    if command:
        yield command


def _double(written: str) -> str:
    return _IN_DOUBLE.sub(lambda escape: escape[1] or "", written[1:-1])


def _ansi(written: str) -> str:
    text = _IN_ANSI.sub(_character, written[2:-1])
    # Bytes that were written as escapes are characters of UTF-8 together.
    return as_bytes(text).decode("utf-8", "surrogateescape")


def _character(escape: re.Match[str]) -> str:
    code, letter = escape.groups()
    if letter is not None:
        return _LETTERS.get(letter, letter if letter in "\\'\"?" else escape[0])
    number = int(code[1:], 16) if code[0] in "xuU" else int(code, 8)
    if code[0] in "uU":
        return chr(number) if number <= _LAST_CHARACTER else escape[0]
    return bytes([number & 0xFF]).decode("utf-8", "surrogateescape")


_MEANING: Final[dict[str, Callable[[str], str]]] = {
    "ansi": _ansi,
    "single": lambda written: written[1:-1],
    "double": _double,
    "escape": lambda written: written[1:],
}
