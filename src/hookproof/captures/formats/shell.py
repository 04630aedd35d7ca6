"""Splits a text into the simple commands of a POSIX shell, and knows where its words stand.

Beyond what shlex does it knows `$'…'`, comments, where commands end and where words begin,
here-documents, variables that the text itself sets, and it takes a long quoted text as a whole.
Nothing is run, looked up or opened: a `$NAME` that nothing sets stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from hookproof.captures.formats.fields import as_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NESTED: Final = (
    r"""\$\((?:[^()'"]|'[^']{0,999}'|"(?:[^"\\]|\\.){0,999}"|\([^()]{0,999}\)){0,999}+\)"""
)
# Of more than so many commands within commands none is looked into: no person writes that.
_MOST_NESTED: Final = 20
_TOKEN: Final = rf"""
    (?P<document>"?\$\(\s*cat[ \t]*<<-?[ \t]*['"\\]?(?P<word_>[A-Za-z_]\w*)['"]?[ \t]*\r?\n
        (?P<text>(?:[^\n]*\n)*?)[ \t]*(?P=word_)[ \t]*\r?\n?\s*\)"?)
    | (?P<ansi>\$'(?:[^'\\]|\\.)*+')
    | (?P<single>'[^']*+')
    | (?P<double>"(?:[^"\\$]|\\.|{_NESTED}|\$)*+")
    | (?P<nested>{_NESTED}|`[^`\n]*+`)
    | (?P<variable>\$\{{?[A-Za-z_]\w*\}}?)
    | (?P<here><<-?[ \t]*(?:'[^'\n]+'|"[^"\n]+"|\\?[A-Za-z_]\w*))
    | (?P<string><<<[ \t]*)
    | (?P<redirect>(?:(?<=\s)[0-9])?(?:&>>?|>>?|<(?!<))(?:&[0-9-])?[ \t]*)
    | (?P<word>[^\s'"\\;&|\#$`<>()]++)
    | (?P<joined>\\\r?\n)
    | (?P<blanked>\\[ \t]++(?=\r?\n[ \t]*\S))
    | (?P<escape>\\.)
    | (?P<end>\r?\n|[;()]|&&|\|\|?|&(?=\s|\Z))
    | (?P<comment>(?:(?<=\s)|\A)\#[^\n]*+)
    | (?P<other>[ \t]++|.)
    """
_IN_DOUBLE: Final = re.compile(
    rf"\\(?:\r?\n|(?P<char>[$`\"\\]))|(?P<nested>{_NESTED})|\$\{{?(?P<name>[A-Za-z_]\w*)\}}?",
    re.DOTALL,
)
_IN_ANSI: Final = re.compile(
    r"\\(?:(x[0-9A-Fa-f]{1,2}|u[0-9A-Fa-f]{1,4}|U[0-9A-Fa-f]{1,8}|[0-7]{1,3})|(.))", re.DOTALL
)
# What stands before a command that was copied from a terminal: a folder of cmd.exe or
# PowerShell, user and host, the name of the shell, or the mark alone.
_PROMPT: Final = re.compile(
    r"[ \t]*(?:(?:PS )?[A-Za-z]:\\[^>\n]*>[ ]?"
    r"|\[?[\w.-]+@[\w.-]+[^\n#$%>'\"]{0,99}[#$%>][ ]+"
    r"|(?:ba|z|)sh(?:-[0-9.]+)?[#$%][ ]+|[$%>\u276f\u279c][ ]+)?"
)
_ASSIGNMENT: Final = re.compile(r"([A-Za-z_]\w*)=")
_LETTERS: Final = dict(zip("abeEfnrtv", "\a\b\x1b\x1b\f\n\r\t\v", strict=True))
# Variables that name each other could grow without end; what is longer counts as not set.
MOST_EXPANDED: Final = 16 * 1024 * 1024
_LAST_CHARACTER: Final = 0x10FFFF
_MOST_LITERALS: Final = 1000


class Literal(NamedTuple):
    """A word or a quoted part of one: what it means, how it is written, and where it begins."""

    value: str
    written: str
    at: int


@dataclass(slots=True)
class Command:
    """A command: where it begins and ends, its words, and their parts with their places.

    `closed` is False where a quote is not; its words are then not those of the shell.
    `stdin` is what a here-document or here-string gives it, `source` the command whose output
    it reads, `output` the file it writes. `unset` names what a word has from a variable or a
    command and nobody here can know, by the number of the word. `blanked` is where a backslash
    has a blank after it, which ends the command unlike its writer thought.
    """

    at: int
    end: int = 0
    literals: list[Literal] = field(default_factory=list)
    closed: bool = True
    stdin: str | None = None
    source: Command | None = None
    output: str = ""
    unset: dict[int, str] = field(default_factory=dict)
    blanked: int | None = None
    _words: list[list[str]] = field(default_factory=list)
    _goes_on: bool = False
    _redirect: str = ""

    def words(self) -> list[str]:
        """The words, each put together from its parts."""
        return ["".join(parts) for parts in self._words]

    def add(self, value: str, written: str, at: int, *, unset: str = "") -> None:
        """Take the next part of the command into account."""
        if self._redirect:
            self._redirected(value, unset)
            return
        if self._goes_on:
            self._words[-1].append(value)
        else:
            self._words.append([value])
        self._goes_on = True
        if unset:
            self.unset.setdefault(len(self._words) - 1, unset)
        # Places are for bodies, and no person's command has so many parts.
        if value and len(self.literals) < _MOST_LITERALS:
            self.literals.append(Literal(value, written, at))

    def space(self) -> None:
        """The next part begins a word."""
        self._goes_on = False

    def redirect(self, written: str) -> None:
        """The next word is where something goes to or comes from."""
        if not written.rstrip().endswith(tuple("0123456789-")):
            self._redirect = written.strip()

    def _redirected(self, value: str, unset: str) -> None:
        if self._redirect == "<<<" and not unset:
            self.stdin = value + "\n"
        elif self._redirect.startswith((">", "1>")):
            self.output = value
        self._redirect = ""


def commands(
    text: str, *, foreign: Callable[[int], Command | None] | None = None
) -> Iterator[Command]:
    """The commands of a text, the empty ones left out.

    `foreign` reads a command that begins at a place and is none of a POSIX shell.
    """
    yield from _Splitter(text, foreign).commands()


class _Splitter:
    """Goes through a text token by token."""

    def __init__(self, text: str, foreign: Callable[[int], Command | None] | None) -> None:
        self._text = text
        nested = text.count("$(") <= _MOST_NESTED
        pattern = _TOKEN if nested else _TOKEN.replace(_NESTED, "(?!)")
        self._token = re.compile(pattern, re.VERBOSE | re.DOTALL)
        self._foreign = foreign
        self._at = 0
        self._command: Command | None = None
        self._piped: Command | None = None
        self._waiting: list[tuple[Command, str]] = []
        self._variables: dict[str, str] = {}
        self._grown = 0

    def commands(self) -> Iterator[Command]:
        line_start = True
        while self._at < len(self._text):
            if line_start and not self._command:
                prompt = _PROMPT.match(self._text, self._at)
                self._at = prompt.end() if prompt else self._at
                line_start = False
            if self._command is None and self._foreign:
                other = self._foreign(self._at)
                if other:
                    self._at = other.end
                    yield other
                    continue
            token = self._token.match(self._text, self._at)
            if token is None:
                break
            self._at = token.end()
            if token.lastgroup != "end":
                self._take(token)
                continue
            yield from self._end(token[0])
            line_start = token[0].endswith("\n")
        yield from self._end("")

    def _end(self, mark: str) -> Iterator[Command]:
        command, self._command = self._command, None
        if mark.endswith("\n"):
            self._documents()
        if command is None:
            return
        command.end = self._at
        command.source, self._piped = self._piped, command if mark == "|" else None
        if _is_prose(command, self._text):
            # Its quote is an apostrophe: what it has swallowed is read again, line by line.
            self._at = self._text.index("\n", command.at) + 1
            self._piped = None
            return
        self._set(command)
        yield command

    def _set(self, command: Command) -> None:
        """Remember what a command of assignments sets."""
        words = command.words()
        numbers = range(len(words))
        if words and words[0] in {"export", "local", "declare", "readonly"}:
            numbers = range(1, len(words))
        if all(_ASSIGNMENT.match(words[number]) for number in numbers):
            for number in numbers:
                name, _, value = words[number].partition("=")
                if number not in command.unset:
                    self._variables[name] = value

    def _documents(self) -> None:
        """The here-documents that begin with the next line."""
        for command, mark in self._waiting:
            # `<<-` lets the mark be indented.
            indent = r"[ \t]*" if mark.startswith("-") else ""
            pattern = re.compile(rf"(?m)^{indent}{re.escape(mark[1:])}[ \t\r]*$\n?")
            end = pattern.search(self._text, self._at)
            stop = end.start() if end else len(self._text)
            command.stdin = self._text[self._at : stop]
            self._at = end.end() if end else stop
        self._waiting = []

    def _take(self, token: re.Match[str]) -> None:
        kind, written = token.lastgroup or "", token[0]
        if kind in {"joined", "comment"}:
            return
        if self._command is None:
            if written.isspace():
                return
            self._command = Command(token.start())
        command = self._command
        if written.isspace():
            command.space()
        elif kind == "here":
            mark = written.lstrip("<")
            strip = "-" if mark.startswith("-") else " "
            self._waiting.append((command, strip + mark.lstrip("- \t").strip("'\"\\")))
        elif kind == "string":
            command.space()
            command.redirect("<<<")
        elif kind == "redirect":
            command.space()
            command.redirect(written)
        elif kind == "blanked":
            command.blanked = token.start()
        else:
            self._add(command, kind, token)

    def _add(self, command: Command, kind: str, token: re.Match[str]) -> None:
        written, at = token[0], token.start()
        if kind == "document":
            value = (token["text"] or "").rstrip("\r\n")
            command.add(value, written, at)
        elif kind in {"double", "variable"}:
            inside = written[1:-1] if kind == "double" else written
            value, unset = self._expand(inside)
            command.add(value, written, at, unset=unset)
        elif kind == "nested":
            command.add(written, written, at, unset=written)
        else:
            command.closed = command.closed and not (kind == "other" and written in {"'", '"'})
            command.add(_MEANING[kind](written) if kind in _MEANING else written, written, at)

    def _expand(self, text: str) -> tuple[str, str]:
        """What a text within double quotes means, and what of it is not known."""
        unset = ""

        def one(found: re.Match[str]) -> str:
            nonlocal unset
            name = found["name"]
            value = self._variables.get(name)
            if value is not None and self._grown + len(value) <= MOST_EXPANDED:
                self._grown += len(value)
                return value
            if name or found["nested"]:
                unset = unset or found[0]
                return found[0]
            return found["char"] or ""

        return _IN_DOUBLE.sub(one, text), unset


def _is_prose(command: Command, text: str) -> bool:
    """Whether a quote that spans lines has swallowed a line that calls curl."""
    span = text[command.at : command.end]
    if "\n" not in span or "curl" not in span or "curl" in span.split(maxsplit=1)[0].lower():
        return False
    inside = any("\n" in part.value for part in command.literals) or not command.closed
    return inside and re.search(r"\n[ \t]*(?:[$#>%] +)?curl(?:\.exe)?[ \t]", span) is not None


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
    "escape": lambda written: written[1:],
}
