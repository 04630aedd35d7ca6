"""`curl` command lines: what a browser copies, what a person tried, what a bug report holds.

They are read as the shell that they were written for reads them (POSIX, cmd.exe, PowerShell),
and never run: no file that one names is opened. Of other commands only what feeds a curl is read.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import quote_plus

from hookproof.captures.capture import Capture, Origin, ReadOptions, Remark, Unreadable
from hookproof.captures.formats.fields import as_bytes
from hookproof.captures.formats.format import OPAQUE, Format, Refused, guarded, too_large
from hookproof.captures.formats.mentions import unheld
from hookproof.payload.problem import Places

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from hookproof.captures.formats.curl_options import Option
    from hookproof.captures.formats.format import Found
    from hookproof.captures.formats.shell import Command, Literal
    from hookproof.captures.stream import Start

# A call at the start of a line, after a prompt, or after what shells let stand before a command.
_CALL: Final = rb"""(?imx)
    ^[ \t]*
    (?:(?:PS[ ])?[a-z]:\\[^>\n]*>[ ]?|\[?[\w.-]+@[\w.-]+[^\n\#$%>'"{]{0,99}[\#$%>][ ]+
      |(?:ba|z|)sh(?:-[0-9.]+)?[\#$%][ ]+|(?:[$%>]|\xe2\x9d\xaf|\xe2\x9e\x9c)[ ]+)?
    (?:[^{\[\n"'#]{0,200}?(?:&&|\|\|?|;|\(|`)[ \t]*|[^\n]{0,400}['"][ \t]*\|[ \t]*)?
    (?:(?:sudo|time|nohup|exec|env|command|then|do|else|!
        |(?:export[ ]+)?[a-z_]\w*=(?:'[^'\n]*'|"[^"\n]*"|[^\s'"]*))
      (?:[ \t]+|[ \t]*;[ \t]*))*
    (?:(?:https?|httpie|xhs?)[ \t]+(?:-[^\n]{0,99}[ \t])?(?:(?:POST|PUT|PATCH)[ \t]+[^\s/]
          |(?:https?://|:[0-9/]|localhost)\S*[ \t]+\S+[:=]|[^\n]{0,200}--raw)
      |wget(?:\.exe)?[ \t][^\n]{0,999}--(?:post|body)-(?:data|file)
      |(?:[^\s'"|&;()={}]*[/\\])?curl(?:\.exe)?
        (?:[ \t]+(?:[^\s:=,;.]*[-'"^`$\\/:]|localhost|[\w-]+(?:[.\n ]|\Z))|[ \t]*[\\^`]\r?\n)
      |(?:\$\w+[ \t]*=[ \t]*)?(?:Invoke-WebRequest|Invoke-RestMethod|iwr|irm)[ \t]+["'$@(`h-])
"""
_NAMES: Final = rb"(?i)curl|invoke-|\b(?:i[wr][rm]|https?(?=[ie]*[ \t])|xhs?|wget)\b"
_WRAPPERS: Final = frozenset(
    {"sudo", "time", "nohup", "exec", "env", "command", "then", "do", "else", *"!({$%>"}
)
_ASSIGNMENT: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*=")
_MOST_COMMANDS: Final = 50_000
_FORM_TYPE: Final = "application/x-www-form-urlencoded"
_JSON_TYPE: Final = "application/json"

_HOLDERS: Final = frozenset({"cat", "echo", "printf", "export"})
_CURL: Final = frozenset({"curl", "curl.exe"})
_OTHERS: Final = frozenset({"http", "https", "httpie", "xh", "xhs", "wget", "wget.exe"})
_DATA: Final = frozenset({"data", "data-ascii", "data-raw", "data-binary"})
_BODY: Final = _DATA | {"data-urlencode", "json"}
# What sends something that is no text of the command.
_NOT_READ: Final = {
    "form": "it sends multipart/form-data, which is not read here",
    "form-string": "it sends multipart/form-data, which is not read here",
    "upload-file": "the body comes from a file (--upload-file), which is not opened",
    "config": "its options come from a file (--config), which is not opened",
}
# Nothing is wrong with what stands in a file that no one opens.
_ABSENT: Final = "HP121"
_ELSEWHERE: Final = "validate the file that is sent, or capture the request"
_TYPOGRAPHIC: Final = re.compile("^[‘’‚“”„«»–—]|[‘’“”]$")  # noqa: RUF001 - these very ones


def _looks(start: Start, _: ReadOptions) -> bool:
    if start.head[:1] == b"{" or not re.search(_NAMES, start.text):
        return False
    return re.search(_CALL, start.text) is not None


def _read(stream: io.BufferedReader, file: str, options: ReadOptions) -> Found:
    # Their patterns are compiled only where there is a command to read.
    from hookproof.captures.formats.shell import commands  # noqa: PLC0415
    from hookproof.captures.formats.windows_shell import WindowsCommands  # noqa: PLC0415

    raw = stream.read(options.max_body + 1)
    if len(raw) > options.max_body:
        yield too_large(Origin(file), "the file", options)
        return
    text = raw.decode(errors="surrogateescape")
    reader = _Reader(text, file, options)
    for number, command in enumerate(commands(text, foreign=WindowsCommands(text).at)):
        if number >= _MOST_COMMANDS:
            yield from reader.end()
            yield reader.too_many(command)
            return
        yield from reader.take(command)
    yield from reader.end()
    yield from reader.beside()


# Lines of logs consist of names and values, too.
_MOST_HELD: Final = 2


class _Reader:
    """Makes captures of commands; the latest curl is kept, for the next line may be part of it."""

    def __init__(self, text: str, file: str, options: ReadOptions) -> None:
        self._text = text
        self._options = options
        self._places = Places(text)
        self._file = file
        self._record = 0
        self._files: dict[str, str] = {}
        self._latest: list[Capture | Unreadable | Remark] = []
        self._spans: list[tuple[int, int]] = []

    def take(self, command: Command) -> Found:
        """The captures of the command before, now that it is known what follows it."""
        words = command.words()
        if not words:
            return
        if self._latest and words[0].startswith("-") and words[0] != "-":
            self._spans.append((command.at, command.end))
            place = self._places.at(command.at)
            self._latest = [_cut(found, place.line) for found in self._latest]
            return
        yield from self.end()
        if words[0] == "cat" and command.output and command.stdin is not None:
            self._files[command.output] = command.stdin
        place = self._places.at(command.at)
        origin = Origin(self._file, self._record + 1, place.line, place.column, OPAQUE)
        read = partial(self._captures, command, words, origin)
        self._latest = list(guarded(read, origin, as_bytes(self._text[command.at : command.end])))

    def too_many(self, command: Command) -> Unreadable:
        """What is told of the rest of a text that holds more commands than any script."""
        origin = Origin(self._file, self._record + 1, *self._places.at(command.at))
        message = f"{_MOST_COMMANDS:,} commands stand before this line; the rest was not read"
        return Unreadable(origin, "HP109", message, "is this a script? if it is, give it in parts")

    def end(self) -> Found:
        """The captures of the last command."""
        for found in self._latest:
            self._record += not isinstance(found, Remark)
            yield replace(found, origin=replace(found.origin, record=self._record))
        self._latest = []

    def beside(self) -> Iterator[Unreadable]:
        """What looks like a callback and is in no command."""
        yield from unheld(self._text, self._spans, self._file, self._options)

    def _captures(self, command: Command, words: list[str], origin: Origin) -> Found:
        called = _called(words)
        # What a variable, a file or a program holds for a command is read with that command.
        held = sum(1 for word in words if _ASSIGNMENT.match(word))
        holds = words[0] in _HOLDERS or (_ASSIGNMENT.match(words[0]) and held <= _MOST_HELD)
        if called is not None or holds:
            self._spans.append((command.at, command.end))
        if called is None:
            return
        _refuse_typing_errors(command, words, self._places)
        if (name := _name(words[called])) in _OTHERS:
            from hookproof.captures.formats.other_clients import as_curl  # noqa: PLC0415

            words, called = as_curl(name, words[called + 1 :], command), 0
        for request in _requests(command, words, called, self._files):
            yield from self._of_request(request, command, origin)

    def _of_request(self, request: _Request, command: Command, origin: Origin) -> Found:
        if request.get or (not request.pieces and request.method != "POST"):
            return
        for name in request.unknown:
            text = f"curl has no option {name} that is known here; all else of the command is read"
            yield Remark(origin, text)
        body = as_bytes(request.body)
        where = _place(request, command, origin, self._places)
        for url in request.all_urls():
            yield Capture(where, body, tuple(request.all_headers()), None, url)


def _called(words: list[str]) -> int | None:
    """The number of the word that calls curl, None where another command is called."""
    for number, word in enumerate(words):
        if _name(word) in _CURL or (_name(word) in _OTHERS and len(words) > number + 2):
            return number
        if word not in _WRAPPERS and not _ASSIGNMENT.match(word):
            return None
    return None


def _name(word: str) -> str:
    """The name of a program without the folder that it is called from."""
    return re.split(r"[/\\]", word)[-1].lower().strip("`($")


def _refuse_typing_errors(command: Command, words: list[str], places: Places) -> None:
    """Tell of what a shell takes in another way than its writer thought."""
    if not command.closed:
        raise Refused("a quote is not closed", hint="is the command whole?")
    if command.blanked is not None:
        line = places.at(command.blanked).line
        raise Refused(
            f"a blank follows the backslash at the end of line {line}, so the command ends there",
            hint="take the blank after the backslash away",
        )
    odd = next((word for word in words if _TYPOGRAPHIC.search(word)), None)
    if odd is not None:
        raise Refused(
            f"a typographic quote or dash stands in {odd[:40]!r}, which no shell knows",
            hint="was it copied from a document? write ', \" and - by hand",
        )


def _cut(latest: Capture | Unreadable | Remark, line: int) -> Unreadable | Remark:
    if not isinstance(latest, Capture):
        return latest
    return Unreadable(
        latest.origin,
        "HP100",
        f"the command ends before line {line}, whose options are then not part of it",
        "is a backslash missing, or does a comment or an empty line stand within the command?",
    )


def _requests(
    command: Command, words: list[str], called: int, files: dict[str, str]
) -> Iterator[_Request]:
    """The requests that a command sends, one for each part between `--next`."""
    from hookproof.captures.formats.curl_options import options_of  # noqa: PLC0415 - a long table

    unset = {number - called - 1: what for number, what in command.unset.items()}
    given = {"-": _stdin_of(command), "/dev/stdin": _stdin_of(command), **files}
    request = _Request(given, unset)
    for option in options_of(words[called + 1 :]):
        if option.name == "next":
            yield request
            request = _Request(given, unset)
        else:
            request.take(option)
    yield request


def _stdin_of(command: Command) -> str | None:
    """What a command reads from standard input, None where the text does not show it."""
    if command.stdin is not None or command.source is None:
        return command.stdin
    source = command.source
    words = source.words()
    if source.unset or not words:
        return None
    if words[0] == "echo":
        given = [word for word in words[1:] if not re.fullmatch(r"-[neE]+", word)]
        return " ".join(given) + ("" if "-n" in words else "\n")
    if words[0] == "printf" and len(words) in {2, 3}:
        return words[-1] if words[1] in {"%s", "%s\\n"} or len(words) == 2 else None
    return source.stdin if words[0] == "cat" else None


@dataclass(slots=True)
class _Request:
    """What the options of one command add up to; `files` are those whose content is known."""

    files: dict[str, str | None]
    unset: dict[int, str]
    urls: list[str] = field(default_factory=list)
    query: list[str] = field(default_factory=list)
    method: str = ""
    get: bool = False
    json: bool = False
    pieces: list[str] = field(default_factory=list)
    headers: list[tuple[str, str]] = field(default_factory=list)
    removed: set[str] = field(default_factory=set)
    unknown: list[str] = field(default_factory=list)

    @property
    def body(self) -> str:
        """The body's text."""
        return "".join(self.pieces)

    def take(self, option: Option) -> None:
        """Take an option into account; those that change nothing of a request are passed over."""
        name, value = option.name, option.value
        if not option.known:
            self.unknown.append(f"--{name}" if len(name) > 1 else f"-{name}")
        if name in _BODY:
            self._add(option)
        elif name in _NOT_READ:
            raise Refused(_NOT_READ[name], hint=_ELSEWHERE, code=_ABSENT)
        elif name == "header":
            self._header(option)
        elif name == "request":
            self.method = value.upper()
        elif name in {"get", "head"}:
            self.get = True
        elif name in {"", "url"}:
            self.urls.append(value)
        elif name == "url-query":
            self.query.append(value[1:] if value.startswith("+") else self._encoded(value))

    def all_urls(self) -> list[str]:
        """The URLs, each with what --url-query adds."""
        if not self.query:
            return self.urls or [""]
        query = "&".join(self.query)
        return [f"{url}{'&' if '?' in url else '?'}{query}" for url in self.urls or [""]]

    def all_headers(self) -> Iterator[tuple[str, str]]:
        """The headers, with those that curl adds for a body."""
        yield from self.headers
        there = {name.lower() for name, _ in self.headers} | self.removed
        if self.pieces and "content-type" not in there:
            yield "Content-Type", _JSON_TYPE if self.json else _FORM_TYPE

    def _header(self, option: Option) -> None:
        value = option.value
        name, colon, rest = value.partition(":")
        if option.word in self.unset:
            # What is not known is left out: half a value would be judged as a wrong one.
            return
        if colon and rest.strip():
            self.headers.append((name.strip(), rest.strip()))
        elif colon:
            self.removed.add(name.strip().lower())
        elif value.endswith(";"):
            self.headers.append((value[:-1].strip(), ""))

    def _add(self, option: Option) -> None:
        if option.word in self.unset:
            what = self.unset[option.word]
            raise Refused(
                f"the body holds {what[:60]}, which is not set here",
                hint="nothing is run or looked up: write the text itself, or set it above",
                code=_ABSENT,
            )
        if option.name == "data-urlencode":
            value = self._encoded(option.value)
        elif option.value.startswith("@") and option.name != "data-raw":
            value = self._file(option.value[1:], whole=option.name in {"data-binary", "json"})
        else:
            value = option.value
        self.json = self.json or option.name == "json"
        self.pieces += ["&", value] if self.pieces and option.name != "json" else [value]

    def _encoded(self, given: str) -> str:
        """A text as --data-urlencode writes it: `name=text`, `=text`, `text`, `name@file`."""
        name, equals, rest = given.partition("=")
        named, at, file = given.partition("@")
        if not equals and at:
            name, rest = named, self._file(file, whole=True)
        elif not equals:
            name, rest = "", given
        text = quote_plus(as_bytes(rest))
        return f"{name}={text}" if name else text

    def _file(self, name: str, *, whole: bool) -> str:
        text = self.files.get(name)
        if text is None and name == "-":
            raise Refused(
                "the body comes from standard input, and this text does not show what that holds",
                hint=_ELSEWHERE,
                code=_ABSENT,
            )
        if text is None:
            raise Refused(
                f"the body is in the file {name[:80]!r}, which is not opened",
                hint="validate that file itself: no file that a command names is opened",
                code=_ABSENT,
            )
        return text if whole else re.sub(r"[\r\n\0]", "", text)


def _place(request: _Request, command: Command, origin: Origin, places: Places) -> Origin:
    """Where the body stands; where it was written otherwise, the command is its place."""
    body = request.body
    for literal in command.literals:
        if literal.value != body or not literal.written:
            continue
        inside = literal.written.find(literal.value)
        place = places.at(literal.at + max(inside, 0))
        if inside >= 0:
            return Origin(origin.file, origin.record, place.line, place.column)
        if _is_json(literal):
            return Origin(origin.file, origin.record, place.line, place.column, literal.written)
    return origin


def _is_json(literal: Literal) -> bool:
    """Whether quotes and escapes of the shell are those of JSON as well."""
    try:
        return bool(json.loads(literal.written) == literal.value)
    except json.JSONDecodeError:
        return False


CURL = Format("curl", _looks, _read, "no curl command that sends a body stands here")
