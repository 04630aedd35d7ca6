"""Tells of what looks like a callback and stands beside the requests or commands of a file."""

from __future__ import annotations

import re
from bisect import bisect_right
from math import inf
from typing import TYPE_CHECKING, Final

from hookproof.captures.capture import Origin, ReadOptions, Unreadable
from hookproof.captures.formats.json_values import object_end
from hookproof.payload.problem import Places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STATUS: Final = r"HTTP/[0-9](?:\.[0-9])? [0-9]{3}[ \r\n]"
# An answer up to its body; one that is cut off within its head is nothing else.
_ANSWER: Final = rf"\s*{STATUS}(?P<head>(?s:.*?)(?:\r?\n\r?\n|\Z))"
# A line of a dump, with what it says in hexadecimal numbers or after an offset.
_DUMPED: Final = r"\s*(?:0x)?[0-9a-f]{4,}: "
# Mentions whose line is looked for in all that was sent.
_MOST_LOOKS: Final = 1000


def answers_in(text: str) -> int:
    """How many characters of a text are answers, which repeat what they were asked."""
    at = 0
    while answer := re.compile(_ANSWER).match(text, at):
        length = re.search(r"(?mi)^content-length:[ \t]*([0-9]{1,9})", answer["head"])
        at = min(answer.end() + int(length[1]), len(text)) if length else len(text)
    return at


def outside(text: str, of: str, origin: Origin, options: ReadOptions) -> Iterator[Unreadable]:
    """What is told of a text beside requests or commands in which a callback is mentioned."""
    if options.sought and options.sought.is_mentioned(text):
        line = origin.line + text[: len(text) - len(text.lstrip())].count("\n")
        yield _told(of, Origin(origin.file, 0, line))


def unsent(text: str, sent: str, file: str, options: ReadOptions) -> Iterator[Unreadable]:
    """The same of the lines of a text that are no part of what was `sent`, as tools print it."""
    if not options.sought:
        return
    known = {_key(sent, at) for at in options.sought.mentions(sent)}
    whole, looks, places = "", _MOST_LOOKS, Places(text)
    for at in options.sought.mentions(text):
        begin, line = _line(text, at)
        if re.match(_DUMPED, line) or _key(text, at) in known:
            continue
        # Tools print forms field by field, and words around a body.
        if looks:
            looks -= 1
            whole = whole or _squeezed(sent)
            if _squeezed(line) in whole or _squeezed(_object_in(line)) in whole:
                continue
        yield _told("requests", Origin(file, 0, places.at(begin).line))


def unheld(
    text: str, spans: Sequence[tuple[int, int]], file: str, options: ReadOptions
) -> Iterator[Unreadable]:
    """The same of the lines of a text that are within no command; `spans` come in their order."""
    if not options.sought:
        return
    places, told = Places(text), -1
    for at in options.sought.mentions(text):
        before = bisect_right(spans, (at, inf)) - 1
        begin, _ = _line(text, at)
        if begin != told and (before < 0 or spans[before][1] <= at):
            told = begin
            yield _told("commands", Origin(file, 0, places.at(begin).line))


def _told(of: str, origin: Origin) -> Unreadable:
    message = f"what looks like a callback stands outside of the {of}"
    hint = f"--input-format log looks at every line; or keep the {of} in a file of their own"
    return Unreadable(origin, "HP121", message, hint)


def _line(text: str, at: int) -> tuple[int, str]:
    begin, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    return begin, text[begin : end if end >= 0 else len(text)]


def _object_in(line: str) -> str:
    begun = re.search(r"\{\s*\"", line)
    text = line[begun.start() :] if begun else line
    return text[: object_end(text)]


def _key(text: str, at: int) -> str:
    """What tells a callback by the text that mentions it, however that is laid out."""
    return _squeezed(text[at : at + 200])[:40]


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text)
