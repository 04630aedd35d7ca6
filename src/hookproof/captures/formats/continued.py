"""Bodies that go on over several lines of a log, with or without a prefix before each line."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING, Final

from hookproof.captures.formats.fields import as_bytes
from hookproof.captures.formats.lines import decoded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hookproof.captures.formats.embedded import Body

# What a line within an object or a dump that was begun above looks like.
_INSIDE: Final = re.compile(
    r"\s*(?:[\"'{}\[\],()]|[Aa]rray ?\(\s*$|[A-Za-z_$][\w$]{0,60}(?::|\s*=>)\s"
    r"|(?:string|int|float|bool|array|object|enum)\("
    r"|(?:-?[0-9][0-9.eE+\-]*|true|false|null)\s*,?\s*$|$)"
)
_MARK: Final = re.compile(r'"(?:[^"\\]|\\.)*"?|[{}\[\]()]')
_MOST_LINES: Final = 5_000
_COLOURS: Final = re.compile(rb"\x1b\[[0-9;]*[A-Za-z]")


class Lines:
    """Numbered lines, of which some can be looked at and given back."""

    def __init__(self, lines: Iterable[tuple[int, bytes | None]]) -> None:
        self._rest = iter(lines)
        self._back: deque[tuple[int, bytes | None]] = deque()

    def __iter__(self) -> Iterator[tuple[int, bytes | None]]:
        return self

    def __next__(self) -> tuple[int, bytes | None]:
        return self._back.popleft() if self._back else next(self._rest)

    def give_back(self, lines: list[tuple[int, bytes | None]]) -> None:
        """Let lines come again."""
        self._back.extendleft(reversed(lines))


def begun_at(text: str, bodies: list[Body]) -> int | None:
    """Where something begins that the end of the line cuts off; None where nothing does."""
    last = bodies[-1] if bodies else None
    if last and last.raw is None and last.value is None:
        goes_on = last.end >= len(text) or opens(text[last.start :]) > 0
        return last.start if goes_on and not last.quoted and text[last.start] == "{" else None
    rest = text.rstrip()
    if rest.endswith(("{", "[")):
        return len(rest) - 1
    if rest.endswith("Array"):
        return len(rest) - len("Array")
    if array := re.search(r"\b[Aa]rray ?\($", rest):
        return array.start()
    from hookproof.captures.formats import literals  # noqa: PLC0415 - many patterns

    literal = literals.START.search(text) if rest.endswith((",", "(")) else None
    if literal and opens(text[literal.start() :]) > 0:
        return literal.start()
    return None


def continued(text: str, begun: int, lines: Lines, *, limit: int) -> tuple[str | None, int]:
    """The text with the lines on which what it began goes on to its end; None where it does not.

    With it comes the number of the last line that was looked at.

    A prefix that stands before each line is taken away.
    """
    prefix = text[:begun]
    is_dump = text.startswith("Array", begun)
    depth = 0 if is_dump else opens(text[begun:])
    taken: list[tuple[int, bytes | None]] = []
    parts = [text]
    size, number = len(text), 0
    for number, line in lines:
        taken.append((number, line))
        if line is None or len(taken) > _MOST_LINES or size > limit:
            break
        plain = _without(prefix, _COLOURS.sub(b"", line).decode(errors="surrogateescape"))
        if not is_dump and (not _INSIDE.match(plain) or _is_whole(plain)):
            break
        parts.append(plain)
        size += len(plain)
        if is_dump:
            if plain.strip() == "(" and not depth:
                indent = plain[: plain.index("(")]
                depth = 1
            elif not depth:
                break
            elif plain.rstrip() == f"{indent})":
                return "\n".join(parts), number
            continue
        depth += opens(plain)
        if depth <= 0:
            return "\n".join(parts), number
    lines.give_back(taken)
    return None, number


def _is_whole(line: str) -> bool:
    """Whether an object stands on a line by itself, which is none of the one begun above."""
    return line.startswith('{"') and isinstance(decoded(as_bytes(line)), dict)


def _without(prefix: str, line: str) -> str:
    """A line less a prefix like that of the first one, whose digits may differ."""
    size = len(prefix)
    if size and _shape(line[:size]) == _shape(prefix):
        return line[size:]
    return line


def _shape(text: str) -> str:
    return re.sub(r"[0-9A-Za-z]", "0", text)


def opens(text: str) -> int:
    """How many more brackets a text opens than it closes, those in strings left out."""
    marks = [mark[0] for mark in _MARK.finditer(text)]
    return sum(mark in "{[(" for mark in marks) - sum(mark in "}])" for mark in marks)
