"""Splits a text into the simple commands of a POSIX shell, and knows where its words stand.

Quotes are taken off here, `$'…'` too, which shlex does not know; shlex joins the words. Nothing
is run, looked up or opened: `$NAME` stays what it is.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

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


class Literal(NamedTuple):
    """A word or a quoted part of one: what it means, how it is written, and where it begins."""

    value: str
    written: str
    at: int


@dataclass(slots=True)
class Command:
    """A command: where it begins, its parts, and its text in quotes that shlex knows."""

    at: int
    literals: list[Literal] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def words(self) -> list[str]:
        """The words; raises ValueError where a quote is not closed."""
        return shlex.split("".join(self.text))


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
            _add(command, kind, token)
    if command:
        yield command


def _add(command: Command, kind: str, token: re.Match[str]) -> None:
    written = token[0]
    if kind in _MEANING:
        value = _MEANING[kind](written)
        command.literals.append(Literal(value, written, token.start()))
        command.text.append(shlex.quote(value))
        return
    if kind == "word":
        command.literals.append(Literal(written, written, token.start()))
    command.text.append(written)


def _double(written: str) -> str:
    return _IN_DOUBLE.sub(lambda escape: escape[1] or "", written[1:-1])


def _ansi(written: str) -> str:
    text = _IN_ANSI.sub(_character, written[2:-1])
    # Bytes that were written as escapes are characters of UTF-8 together.
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")


def _character(escape: re.Match[str]) -> str:
    code, letter = escape.groups()
    if letter is not None:
        return _LETTERS.get(letter, letter if letter in "\\'\"?" else escape[0])
    number = int(code[1:], 16) if code[0] in "xuU" else int(code, 8)
    if code[0] in "uU":
        return chr(number) if number <= _LAST_CHARACTER else escape[0]
    return bytes([number & 0xFF]).decode("utf-8", "surrogateescape")


_MEANING: Final = {
    "ansi": _ansi,
    "single": lambda written: written[1:-1],
    "double": _double,
}
