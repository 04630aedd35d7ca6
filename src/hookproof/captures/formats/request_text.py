"""Requests as editors, clients, firewalls, replayers and browsers write them.

Those are .http files, what curl traces and `wget -d` prints, audit logs of ModSecurity, files of
GoReplay and heads of HTTP/2 that were copied.
"""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Final, NamedTuple

from hookproof.captures.capture import Origin
from hookproof.captures.formats.conversations import METHODS, Conversation, Piece, up_to_next
from hookproof.captures.formats.format import Refused
from hookproof.payload.problem import Places

if TYPE_CHECKING:
    from collections.abc import Iterator


# A request that a client is to send: a URL or a path on a line, headers or a blank line below.
_REQUEST: Final = (
    rf"(?P<method>{METHODS})[ \t]+(?P<target>(?=https?://|/|\{{\{{|[\w.-]+:[0-9])"
    r"(?:\{\{[^}\n]{0,99}\}\}|\S)++)"
    r"(?P<version>[ \t]+HTTP/[0-9.]+)?[ \t]*\r?$"
)
_BELOW: Final = r"[A-Za-z][\w-]*:|\r?$|[ \t]*[?&/]|(?:#|//)[ \t]|[{\[`]"
_IN_FILE: Final = rf"(?m)^{_REQUEST}(?=\n(?:{_BELOW})|\Z)"
_UNSENT: Final = re.compile(r"^\s*~|\{\{")
_IN_BLOCK: Final = rf"(?m)^{_REQUEST}"
_SEPARATOR: Final = r"(?m)^###[^\n]*(?:\n|\Z)"
_VARIABLE: Final = r"(?m)^@([\w.-]+)[ \t]*=[ \t]*([^\r\n]*)"
_USE: Final = re.compile(r"\{\{\s*+([$\w.-]++)[^{}\n]*+\}\}")
_MOST_FILLED: Final = 2 * 1024 * 1024
_HANDLER: Final = re.compile(
    r"(?m)^(?:<?>{1,2}[ \t]*(?:\{%|[\w./\\{]).*|<>.*|HTTP [0-9*].*)", re.DOTALL
)
_FENCED: Final = re.compile(r"```[a-z]*\r?\n(.*?)^```", re.DOTALL | re.MULTILINE)
_FROM_FILE: Final = re.compile(r"<(?:@\w*)?[ \t]+(\S[^\r\n]*)")
_SCRIPT: Final = re.compile(r"(?m)^<[ \t]*\{%")
_SCRIPT_END: Final = re.compile(r"%\}[ \t]*\r?\n?")


_WGET: Final = (
    r"(?m)^---request begin---\n(?P<head>.*(?:\n.+)*\n\r?\n)\r?\n?---request end---\n"
    r"(?:\[[A-Z]+ data: )?"
)


def is_wget(start: str) -> bool:
    """Whether a text is what `wget -d` prints."""
    return re.search(_WGET, start) is not None


def wget(text: str) -> list[Conversation]:
    """The requests in what `wget -d` printed, each with the body that stands below its head."""
    found, places = [], Places(text)
    for sent in re.finditer(_WGET, text):
        size = re.search(r"(?mi)^content-length: *([0-9]{1,9})", sent["head"])
        pieces = [Piece(sent["head"], places.at(sent.start("head")).line)]
        body = text[sent.end() : sent.end() + int(size[1]) if size else sent.end()]
        found.append(Conversation([*pieces, Piece(body, *places.at(sent.end()))]))
    return found


def is_request_file(start: str) -> bool:
    """Whether a text is a file of requests as JetBrains' editors and REST Client send them."""
    start = _without_scripts(start)
    found = re.search(_IN_FILE, start)
    if found is None:
        return False
    marked = re.search(r"(?m)^(?:###|> ?\{%|@[\w.-]+[ \t]*=)", start) is not None
    before = [line for line in start[: found.start()].splitlines() if line.strip()]
    noise = [line for line in before if not line.startswith(("#", "//", "@", "<"))]
    return (marked or not found["version"]) and (marked or not noise)


def request_file(text: str) -> Iterator[Conversation | Refused]:
    """The requests of a file; in place of one that cannot be known, why."""
    variables = dict(re.findall(_VARIABLE, text))
    line = 1
    for block in re.split(_SEPARATOR, text):
        # Hurl has nothing between them; elsewhere somebody forgot it.
        starts = [found.start() for found in re.finditer(_IN_FILE, block)][1:]
        for start, end in zip([0, *starts], [*starts, len(block)], strict=True):
            yield from _request(block[start:end], line, variables)
            line += block.count("\n", start, end)
        line += 1


def _request(block: str, line: int, variables: dict[str, str]) -> Iterator[Conversation | Refused]:
    block = _without_scripts(block)
    found = re.search(_IN_BLOCK, block)
    if found is None:
        return
    line += block.count("\n", 0, found.start())
    try:
        yield _sent(block[found.start() :], found, line, variables)
    except Refused as refused:
        refused.origin = Origin("", 0, line)
        yield refused


def _without_scripts(text: str) -> str:
    """A text whose scripts are left out, all but their line ends; one without an end stays."""
    parts, at = [], 0
    while script := _SCRIPT.search(text, at):
        end = _SCRIPT_END.search(text, script.end())
        if end is None:
            break
        parts += [text[at : script.start()], "\n" * text.count("\n", script.start(), end.end())]
        at = end.end()
    return "".join([*parts, text[at:]])


def _sent(text: str, request: re.Match[str], line: int, variables: dict[str, str]) -> Conversation:
    lines = text.split("\n")
    target, number = request["target"], 1
    while number < len(lines) and re.match(r"[ \t]+[?&/]", lines[number]):
        target += lines[number].strip()
        number += 1
    headers = []
    while number < len(lines) and lines[number].strip():
        if lines[number].startswith(("{", "[", "```")):
            # Hurl has no empty line before the body.
            number -= 1
            break
        if not lines[number].startswith(("#", "//")):
            header = _filled(lines[number].rstrip("\r"), variables)
            # What is not known is left out: half a value would be judged as a wrong one.
            headers += [] if _USE.search(header) else [header]
        number += 1
    body = _HANDLER.sub("", "\n".join(lines[number + 1 :])).rstrip()
    if fenced := _FENCED.match(body):
        number, body = number + 1, fenced[1].rstrip()
    form = any(re.match(r"(?i)content-type:.*urlencoded", header) for header in headers)
    target = _filled(target, variables).replace(" ", "%20")
    head = "\r\n".join([f"{request['method']} {target} HTTP/1.1", *headers]) + "\r\n\r\n"
    return Conversation(
        [Piece(head, line, 1, plain=False), _body(body, line + number + 1, variables, form=form)]
    )


def _body(body: str, line: int, variables: dict[str, str], *, form: bool) -> Piece:
    if file := _FROM_FILE.match(body):
        raise Refused(
            f"the body is in the file {file[1].strip()[:80]!r}, which is not opened",
            hint="validate that file itself: no file that a request names is opened",
            code="HP121",
        )
    sent = _filled(body, variables)
    if unset := _USE.search(sent):
        raise Refused(
            f"the body holds {unset[0][:60]}, which this file does not set",
            hint="put the text itself in its place, or capture the request as it is sent",
            code="HP121",
        )
    if form and "\n" in sent:
        # A field on each line; the blanks and line ends between them are for people.
        sent = "".join(re.sub(r"^([^=&]*?) = ", r"\1=", part.strip()) for part in sent.split("\n"))
    return Piece(sent, line, 1, plain=sent == body)


def _filled(text: str, variables: dict[str, str]) -> str:
    """The text with the variables that the file sets; they may name each other."""
    for _ in range(5 if "{{" in text else 0):
        grown = sum(len(variables.get(use[1], "")) for use in _USE.finditer(text))
        if grown > _MOST_FILLED:
            raise Refused(
                f"the variables of this file make more than {_MOST_FILLED:,} characters of a text",
                hint="do they name each other? put the text itself in their place",
            )
        filled = _USE.sub(lambda use: variables.get(use[1], use[0]).rstrip(), text)
        if filled == text:
            break
        text = filled
    return text


_BLOCK: Final = re.compile(r"(?m)^([\w:-]+) \{\r?\n")
_VERBS: Final = frozenset(METHODS.lower().split("|"))


class _Block(NamedTuple):
    """A block of such a file: its name, what stands in it, and where that begins."""

    name: str
    text: str
    begin: int


def _blocks(text: str) -> Iterator[_Block]:
    at = 0
    while opened := _BLOCK.search(text, at):
        end = text.find("\n}", opened.end() - 1)
        if end < 0:
            return
        yield _Block(opened[1], text[opened.end() : end + 1], opened.end())
        at = end + 2


def is_collection_file(start: str) -> bool:
    """Whether a text is a request as Bruno keeps one: blocks with names, one of them its body."""
    names = {block.name for block in _blocks(start)}
    return not names.isdisjoint(_VERBS) and any(name.startswith("body:") for name in names)


def collection_file(text: str) -> Iterator[Conversation | Refused]:
    """The request of such a file; it sends the body without the blanks that set it off."""
    blocks = {block.name: block for block in _blocks(text)}
    verb = next(name for name in blocks if name in _VERBS)
    url = re.search(r"(?m)^\s*url: *(\S+)", blocks[verb].text)
    lines = blocks["headers"].text.splitlines() if "headers" in blocks else []
    # What is switched off begins with a tilde, and what the file does not set stays unknown.
    headers = [line.strip() for line in lines if ": " in line and not _UNSENT.search(line)]
    head = "\r\n".join([f"{verb.upper()} {url[1] if url else '/'} HTTP/1.1", *headers, "", ""])
    name = next(name for name in blocks if name.startswith("body:"))
    line = text.count("\n", 0, blocks[name].begin) + 1
    body = textwrap.dedent(blocks[name].text).rstrip()
    if name.endswith("urlencoded"):
        body = "&".join(part.strip().replace(": ", "=", 1) for part in body.splitlines())
    pieces = [Piece(head, line, 1, plain=False), Piece(body, line, 1, plain=False)]
    yield Conversation(pieces, rewritten=True)


_TRACE: Final = (
    r"(?m)^(?:[0-9:.]+ )?(?:\[[0-9x-]+\] )?(?:=> Send (?P<what>header|data)|<= Recv \w+|== Info)"
)
_TRACE_LINE: Final = r"([0-9a-f]{4,}): ([^\n]*)(?:\n|\Z)"
_HEX: Final = r"((?:[0-9a-f]{2} ){1,16})"


def is_trace(start: str) -> bool:
    """Whether a text is what `curl --trace-ascii` or --trace writes."""
    return re.search(_TRACE + r"[^\n]*\n[0-9a-f]{4}: ", start) is not None


def trace(text: str) -> list[Conversation]:
    """What curl sent: a conversation for each head."""
    found: list[Conversation] = []
    places = Places(text)
    for mark, end in up_to_next(_TRACE, text):
        if not mark["what"]:
            continue
        begin = text.find("\n", mark.end()) + 1
        announced = re.search(r", ([0-9]+) bytes", text[mark.end() : begin])
        sent, dotted = _traced(text[begin:end], int(announced[1]) if announced else 0)
        if mark["what"] == "header" or not found:
            found.append(Conversation(dotted=dotted))
        found[-1].pieces.append(Piece(sent, places.at(begin).line, 1, plain=False))
    return found


def _traced(written: str, size: int) -> tuple[str, str]:
    """The bytes of a block, and the tool that printed some as dots."""
    lines = re.findall("(?m)^" + _TRACE_LINE, written)
    if lines and all(re.match(_HEX, line) for _, line in lines if line.strip()):
        hexed = "".join(found[1] for _, line in lines if (found := re.match(_HEX, line)))
        if len(carried := bytes.fromhex(hexed)) == size:
            return carried.decode("latin-1"), ""
    parts = []
    for number, (offset, line) in enumerate(lines):
        following = int(lines[number + 1][0], 16) if number + 1 < len(lines) else size
        # A line ends where CR LF stood, which are not printed, or where it is full.
        shown = line.rstrip("\r")
        parts.append(shown + "\r\n" if following - int(offset, 16) == len(shown) + 2 else shown)
    return "".join(parts), "curl --trace-ascii"


_AUDIT: Final = r"(?m)^-{2,3}([\w.@]+)-{1,3}([A-Z])--\r?\n"


def is_audit_log(start: str) -> bool:
    """Whether a text is an audit log of ModSecurity."""
    return re.search(_AUDIT, start) is not None


def audit_log(text: str) -> list[Conversation]:
    """The requests of an audit log: their heads stand in part B, their bodies in part C."""
    found: dict[str, Conversation] = {}
    line, counted = 1, 0
    for mark, end in up_to_next(_AUDIT, text):
        line, counted = line + text.count("\n", counted, mark.end()), mark.end()
        part = text[mark.end() : end]
        if mark[2] == "B":
            # The blank line after a head is the log's own in some versions.
            head = part.rstrip("\r\n") + "\r\n\r\n"
            found[mark[1]] = Conversation([Piece(head, line)])
        elif mark[2] == "C" and mark[1] in found:
            body = part.removesuffix("\n").removesuffix("\r")
            found[mark[1]].pieces.append(Piece(body, line))
    return list(found.values())


_REPLAYED: Final = r"(?m)^(?P<kind>[1-3]) [0-9a-f]{20,64} (?P<moment>[0-9]{16,19})(?: -?[0-9]+)?\n"
_MONKEYS: Final = "🐵🙈🙉".encode().decode("latin-1")


def is_replay(start: str) -> bool:
    """Whether a text is a file of GoReplay."""
    return re.match(_REPLAYED, start) is not None


def replay(text: str) -> list[Conversation]:
    """The requests that GoReplay kept."""
    found = []
    line, at = 1, 0
    for kept in re.split(rf"(?<=\n){_MONKEYS}\n", text):
        head = re.match(_REPLAYED, kept)
        if head and head["kind"] == "1":
            moment = int(head["moment"]) / 1e9
            body = kept[head.end() :].removesuffix("\n")
            found.append(Conversation([Piece(body, line + 1)], moment))
        at += len(kept) + len(_MONKEYS) + 1
        line += kept.count("\n") + 1
    return found


_PSEUDO: Final = r"(?m)^:(?:authority|method|path|scheme|protocol): ?[^\n]*\n"


def has_pseudo_headers(start: str) -> bool:
    """Whether a text begins with the head of an HTTP/2 request as browsers show it."""
    return re.match(_PSEUDO, start.lstrip()) is not None


def pseudo_headers(text: str) -> list[Conversation]:
    """The request whose first line stands in pseudo headers."""
    pseudo = {
        name: value.strip() for name, value in re.findall(r"(?m)^:([a-z]+): ?([^\n]*)\n", text)
    }
    head, _, body = text.replace("\r\n", "\n").partition("\n\n")
    rest = re.sub(_PSEUDO, "", head.lstrip() + "\n").rstrip("\n")
    first = f"{pseudo.get('method', 'POST')} {pseudo.get('path', '/')} HTTP/1.1\r\n"
    host = f"Host: {pseudo.get('authority', '')}\r\n"
    written = first + host + rest.replace("\n", "\r\n") + "\r\n\r\n"
    line = head.count("\n") + 3
    return [Conversation([Piece(written, 1, 1, plain=False), Piece(body, line)])]
