"""Commands as cmd.exe and PowerShell are given them, as words of a POSIX command line.

cmd.exe takes `^` away and hands one text to the program, whose C runtime splits it; browsers
write that in three generations. What PowerShell's Invoke-WebRequest sends is told in the words
of the curl command that sends the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hookproof.captures.formats.lines import Marks
from hookproof.captures.formats.shell import MOST_EXPANDED, Command, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

_CURL: Final = re.compile(r"(?i)[^\s'\"|&;]{0,300}?\bcurl(?:\.exe)?(?=[ \t]|\^\r?\n|`\r?\n)")
_INVOKE: Final = re.compile(
    r"(?i)(?:\$\w+[ \t]*=[ \t]*)?(?:Invoke-WebRequest|Invoke-RestMethod|iwr|irm)(?=[ \t]|`\r?\n)"
)
# A caret before a quote or at a line's end, or JSON whose quotes are doubled.
_CMD: Final = re.compile(r'(?:\^\\?\^?"|[ "]\^[ \t]*\r?$|\^&|"[{\[]{1,3}"")', re.MULTILINE)
# Only what browsers write: there each backslash was doubled, also one before no quote.
_BROWSER: Final = re.compile(r'\^"|\^\\\^"|"[{\[]{1,3}""')
_POWERSHELL: Final = re.compile(r"[ \"'}]`[ \t]*\r?$|(?:^|[ \t])@['\"]|`\"", re.MULTILINE)

_CMD_TOKEN: Final = re.compile(
    r"""
    (?P<line>\^\r?\n\r?\n|"\^(?:\r?\n)+")
    | (?P<joined>\^[ \t]*\r?\n)
    | (?P<quote>(?P<slashes>(?:\^?\\)*)\^?")
    | (?P<slash>(?:\^?\\)+)
    | \^(?P<escaped>.)
    | (?P<end>\r?\n|[&|])
    | (?P<blank>[ \t]+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_PS_TOKEN: Final = re.compile(
    r"""
    (?P<joined>`[ \t]*\r?\n)
    | (?P<raw>@'[ \t]*\r?\n(?:'@|(?P<rawtext>.*?)(?:\r?\n'@|\Z)))
    | (?P<here>@"[ \t]*\r?\n(?:"@|(?P<heretext>.*?)(?:\r?\n"@|\Z)))
    | (?P<table>@\{(?P<pairs>(?:[^{}"']|'(?:[^']|'')*+'|"(?:[^"`]|`.|"")*+")*)\})
    | (?P<single>'(?:[^']|'')*+')
    | (?P<double>"(?:[^"`]|`.|"")*+")
    | (?P<nested>\$?\((?:[^()"']|'(?:[^']|'')*+'|"(?:[^"`]|`.|"")*+"
        |\((?:[^()"']|'[^']*'|"(?:[^"`]|`.)*")*\))*\))
    | `(?P<escaped>.)
    | (?P<end>\r?\n|[;|])
    | (?P<blank>[ \t]+)
    | (?P<variable>\$\w+(?:\.\w+)*)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_BLANK: Final = re.compile(r"[^^\s][ \t]*\r?\n\s*\r?\n")
_PAIR: Final = re.compile(
    r"""\s*(?:"(?P<quoted>(?:[^"`]|`.)*)"|'(?P<single>[^']*)'|(?P<bare>[\w.-]+))\s*=\s*
    (?P<value>"(?:[^"`]|`.|"")*+"|'(?:[^']|'')*+'|[^;\r\n]*)[ \t]*(?:;|\r?\n|\Z)""",
    re.VERBOSE | re.DOTALL,
)
_IN_DOUBLE: Final = re.compile(
    r"`(?P<char>.)|\"\"|\$\(\[char\](?P<code>0x[0-9A-Fa-f]+|[0-9]+)\)|(?P<variable>\$\{?\w+\}?)"
    r"|(?P<nested>\$\([^()]*\))",
    re.DOTALL,
)
_SET: Final = re.compile(
    r"(?m)^[ \t]*\$(?P<name>\w+)[ \t]*=[ \t]*(?:@(?P<q>['\"])[ \t]*\r?\n"
    r"|(?P<word>'(?:[^']|'')*+'|\"(?:[^\"`]|`.|\"\")*+\"))",
    re.DOTALL,
)
_UTF8_BYTES: Final = re.compile(
    r"""\(\s*\[System\.Text\.Encoding\]::UTF8\.GetBytes\((?P<text>"(?:[^"`]|`.|"")*+"|'(?:[^']|'')*+'|\$\w+)\)\s*\)""",
    re.IGNORECASE | re.DOTALL,
)
_TELLING: Final = 2000
# No person's command has so many parts.
_MOST_PARTS: Final = 200_000
_NAMES: Final = re.compile(r"(?i)curl|invoke-|iwr|irm")
_LONGEST_NAME: Final = 300
_CHARACTERS: Final = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "b": "\b", "f": "\f", "a": "\a"}
_OPTIONS: Final = {
    "uri": "--url",
    "method": "--request",
    "custommethod": "--request",
    "body": "--data-raw",
    "contenttype": "--header",
    "infile": "--upload-file",
    "form": "--form",
    "useragent": "--user-agent",
}
_SWITCHES: Final = frozenset(
    {"usebasicparsing", "passthru", "skipcertificatecheck", "disablekeepalive"}
    | {"usedefaultcredentials", "skipheadervalidation", "skiphttperrorcheck"}
    | {"allowunencryptedauthentication"}
)


class WindowsCommands:
    """Reads the commands of one text, which come in their order, with what it sets before them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._settings: Iterator[tuple[int, str, str]] = _settings(text)
        self._next = next(self._settings, None)
        self._variables: dict[str, str] = {}
        self._marks = Marks(text)

    def at(self, at: int) -> Command | None:
        """The command of cmd.exe or PowerShell that begins at a place, None where it is none."""
        if self._is_far(at):
            return None
        if invoked := _INVOKE.match(self._text, at):
            return _Invocation(at, self._words(at, invoked.end())).command()
        called = _CURL.match(self._text, at)
        if called is None:
            return None
        # Its URL tells already, and lines may be long and hold many commands.
        line_end = self._text.find("\n", at, at + _TELLING)
        stop = line_end if line_end >= 0 else at + _TELLING
        if self._marks.stand(_POWERSHELL, at, stop):
            return _powershell_curl(at, self._words(at, called.end()))
        # The first line tells; of one that is short, all lines up to the next blank one.
        return self._cmd(at, called.end()) if self._marks.stand(_CMD, at, stop) else None

    def _cmd(self, at: int, begin: int) -> Command:
        blank = self._marks.next(_BLANK, begin)
        browser = self._marks.stand(_BROWSER, at, blank.start() if blank else len(self._text))
        words, closed, end = _CmdWords(self._text, begin, browser=browser).read()
        return _command(at, end, ["curl", *words], closed=closed)

    def _is_far(self, at: int) -> bool:
        """Whether nothing that calls such a command stands near a place."""
        named = self._marks.next(_NAMES, at)
        return named is None or named.start() > at + 2 * _LONGEST_NAME

    def _words(self, at: int, begin: int) -> _PowerShellWords:
        while self._next and self._next[0] <= at:
            _, name, value = self._next
            self._variables[name] = value
            self._next = next(self._settings, None)
        return _PowerShellWords(self._text, begin, self._variables)


class _CmdWords:
    """Takes a command line of cmd.exe apart: carets first, then quotes as the C runtime does."""

    def __init__(self, text: str, at: int, *, browser: bool) -> None:
        self._text = text
        self._at = at
        self._browser = browser
        self._words: list[str] = []
        self._in_word = self._quoted = self._single = False

    def read(self) -> tuple[list[str], bool, int]:
        """The words, whether all quotes are closed, and where the command ends."""
        while token := _CMD_TOKEN.match(self._text, self._at):
            kind = token.lastgroup or ""
            if kind == "end" and not self._quoted and not self._single:
                return self._words, True, token.start()
            self._at = token.end()
            self._take(kind, token)
        return self._words, not self._quoted and not self._single, len(self._text)

    def _take(self, kind: str, token: re.Match[str]) -> None:
        if kind == "joined":
            return
        if kind == "line":
            self._add(re.sub(r'["^]', "", token[0]).replace("\r\n", "\n")[-1:] if token[0][0] == "^"
                      else re.sub(r'["^]', "", token[0]))  # fmt: skip
        elif kind == "quote":
            self._quote(token)
        elif kind == "slash":
            run = token[0].count("\\")
            self._add("\\" * ((run + 1) // 2 if self._browser else run))
        elif kind == "blank" and not self._quoted and not self._single:
            self._in_word = False
        elif kind == "other" and token[0] == "'" and (self._single or not self._in_word):
            # No shell of Windows knows them, but people write them.
            self._single = not self._single
            self._add("")
        else:
            self._add(token["escaped"] or token[0])

    def _quote(self, token: re.Match[str]) -> None:
        run = token["slashes"].count("\\")
        if self._single:
            self._add("\\" * (run // 2) + '"' if run % 2 else "\\" * run + '"')
            return
        self._add("\\" * (run // 2))
        following = re.compile(r'\^?"').match(self._text, self._at)
        if run % 2:
            self._add('"')
        elif self._quoted and following and not self._text.startswith("%", following.end()):
            # As around the % of a browser, of two quotes the first may end a text.
            self._add('"')
            self._at = following.end()
        else:
            self._quoted = not self._quoted

    def _add(self, value: str) -> None:
        if not self._in_word:
            self._words.append("")
            self._in_word = True
        self._words[-1] += value


def _powershell_curl(at: int, reader: _PowerShellWords) -> Command:
    words = ["curl", *map(_for_c_runtime, reader.words())]
    unset = {number + 1: what for number, what in reader.unset.items()}
    return _command(at, reader.at, words, closed=reader.closed, unset=unset)


def _for_c_runtime(word: str) -> str:
    """The argument that a program is given: quotes that were written twice, or escaped."""
    if re.search(r'(?<!\\)(?:\\\\)*"', word) is None:
        return re.sub(r'(?<!\\)(\\*)\\"', lambda run: run[1][: len(run[1]) // 2] + '"', word)
    return word.replace('""', '"') if re.match(r'[\s\[{]*""', word) else word


class _PowerShellWords:
    """Takes a command of PowerShell apart. A table stands as one word, as it is written."""

    def __init__(self, text: str, at: int, variables: dict[str, str]) -> None:
        self.at = at
        self.closed = True
        self.unset: dict[int, str] = {}
        self._text = text
        self._words: list[str] = []
        self._in_word = False
        self._variables = variables

    def words(self) -> list[str]:
        parts = 0
        while token := _PS_TOKEN.match(self._text, self.at):
            kind = token.lastgroup or ""
            if kind == "end":
                break
            parts += 1
            if parts > _MOST_PARTS:
                self.closed, self.at = False, len(self._text)
                break
            self.at = token.end()
            if kind in {"blank", "joined"}:
                self._in_word = False
                continue
            self._take(kind, token)
        return self._words

    def _take(self, kind: str, token: re.Match[str]) -> None:
        written = token[0]
        if kind in {"raw", "here"}:
            self.closed = self.closed and written.endswith(("'@", '"@'))
        if encoded := _UTF8_BYTES.fullmatch(written):
            inner = _PS_TOKEN.match(encoded["text"])
            if inner:
                self._take(inner.lastgroup or "", inner)
            return
        if kind == "raw":
            self._add(token["rawtext"] or "")
        elif kind in {"table", "escaped"}:
            self._add(token["escaped"] or written)
        elif kind in {"double", "here", "variable"}:
            texts = {"double": written[1:-1], "here": token["heretext"] or ""}
            self._add(*_expanded(texts.get(kind, written), self._variables))
        elif kind == "single":
            self._add(written[1:-1].replace("''", "'"))
        elif kind == "nested":
            self._add(written, written)
        else:
            self.closed = self.closed and written not in {"'", '"'}
            self._add(written)

    def _add(self, value: str, unset: str = "") -> None:
        if not self._in_word:
            self._words.append("")
            self._in_word = True
        self._words[-1] += value
        if unset:
            self.unset.setdefault(len(self._words) - 1, unset)


def _settings(text: str) -> Iterator[tuple[int, str, str]]:
    """Where each setting of a variable ends, its name and its value."""
    at, last = 0, {quote: text.rfind(f"\n{quote}@") for quote in "'\""}
    while found := _SET.search(text, at):
        at, quote = found.end(), found["q"]
        if not quote:
            word, quote = found["word"][1:-1], found["word"][0]
            word = word.replace("''", "'") if quote == "'" else word
        elif last[quote] >= at - 1:
            end = text.index(f"\n{quote}@", at - 1)
            word, at = text[at:end].removesuffix("\r"), end + 3
        else:
            continue
        yield at, found["name"].lower(), word if quote == "'" else _expanded(word, {})[0]


def _expanded(text: str, variables: dict[str, str]) -> tuple[str, str]:
    """What a text in double quotes means, and what of it is not known."""
    unset, size = "", 0

    def one(found: re.Match[str]) -> str:
        nonlocal unset, size
        if found["char"] is not None:
            return _CHARACTERS.get(found["char"], found["char"])
        if found["code"]:
            return chr(int(found["code"], 0))
        if found["variable"]:
            value = variables.get(found["variable"].strip("${}").lower())
            if value is not None and size + len(value) <= MOST_EXPANDED:
                size += len(value)
                return value
        if found["variable"] or found["nested"]:
            unset = unset or found[0]
            return found[0]
        return '"'

    value = _IN_DOUBLE.sub(one, text)
    # UTF-16 pairs that were written one by one are one character.
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"), unset


class _Invocation:
    """An Invoke-WebRequest or Invoke-RestMethod, told as a curl command."""

    def __init__(self, at: int, reader: _PowerShellWords) -> None:
        self._at = at
        self._reader = reader
        self._given, self._words = reader.words(), ["curl"]
        self._unset: dict[int, str] = {}

    def command(self) -> Command:
        number = 0
        while number < len(self._given):
            name = self._given[number].removeprefix("-").lower()
            if not self._given[number].startswith("-"):
                self._option("--url", number)
                number += 1
            elif name in _SWITCHES:
                number += 1
            else:
                self._parameter(name, number + 1)
                number += 2
        reader = self._reader
        return _command(self._at, reader.at, self._words, closed=reader.closed, unset=self._unset)

    def _parameter(self, name: str, number: int) -> None:
        if number >= len(self._given):
            return
        value = self._given[number]
        if name == "headers" and value.startswith("@{"):
            for key, inner in _pairs(value):
                self._words += ["--header", f"{key}: {inner}" if inner else f"{key};"]
        elif name == "body" and value.startswith("@{"):
            for key, inner in _pairs(value):
                self._words += ["--data-urlencode", f"{key}={inner}"]
        elif name == "contenttype":
            self._words += ["--header", f"Content-Type: {value}"]
        elif name in _OPTIONS:
            self._option(_OPTIONS[name], number)

    def _option(self, option: str, number: int) -> None:
        self._words += [option, self._given[number]]
        if number in self._reader.unset:
            self._unset[len(self._words) - 1] = self._reader.unset[number]


def _pairs(table: str) -> Iterator[tuple[str, str]]:
    """Names and values of `@{…}`."""
    for pair in _PAIR.finditer(table.removeprefix("@{").removesuffix("}")):
        name = pair["quoted"] or pair["single"] or pair["bare"] or ""
        value = pair["value"].strip()
        if value[:1] == '"':
            value = _expanded(value[1:-1], {})[0]
        elif value[:1] == "'":
            value = value[1:-1].replace("''", "'")
        yield name, value


def _command(
    at: int, end: int, words: list[str], *, closed: bool, unset: dict[int, str] | None = None
) -> Command:
    command = Command(at, max(end, at + 1), closed=closed)
    for word in words:
        command.space()
        command.add(word, "", at)
    command.literals = [Literal(word, "", at) for word in words]
    command.unset = unset or {}
    return command
