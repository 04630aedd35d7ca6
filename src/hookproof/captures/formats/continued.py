"""Bodies that go on over several lines of a log, with or without a prefix before each line."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from hookproof.captures.capture import Capture
from hookproof.captures.formats.fields import as_bytes
from hookproof.captures.formats.lines import decoded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from hookproof.captures.capture import Remark, Unreadable
    from hookproof.captures.formats.embedded import Body
    from hookproof.captures.formats.format import Found
    from hookproof.payload.scan import Path

Line = TypeVar("Line")
# What a line within an object or a dump that was begun above looks like.
_INSIDE: Final = re.compile(
    r"\s*(?:[\"'{}\[\],()]|[Aa]rray ?\(\s*$|[A-Za-z_$][\w$]{0,60}(?::|\s*=>)\s"
    r"|(?:string|int|float|bool|array|object|enum)\("
    r"|(?:-?[0-9][0-9.eE+\-]*|true|false|null)\s*,?\s*$|$)"
)
_MARK: Final = re.compile(r'"(?:[^"\\]|\\.)*"?|[{}\[\]()]')
_MOST_LINES: Final = 5_000
# How deep in a record the line of a log stands.
_DEEPEST: Final = 4
COLOURS: Final = re.compile(rb"\x1b\[[0-9;]*[A-Za-z]")


class Lines(Generic[Line]):
    """Numbered lines, of which some can be looked at and given back."""

    def __init__(self, lines: Iterable[tuple[int, Line]]) -> None:
        self._rest = iter(lines)
        self._back: deque[tuple[int, Line]] = deque()

    def __iter__(self) -> Iterator[tuple[int, Line]]:
        return self

    def __next__(self) -> tuple[int, Line]:
        return self._back.popleft() if self._back else next(self._rest)

    def give_back(self, lines: list[tuple[int, Line]]) -> None:
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


def continued(
    text: str, begun: int, lines: Lines[bytes | None], *, limit: int
) -> tuple[str | None, int]:
    """The text with the lines on which what it began goes on to its end; None where it does not.

    With it comes the number of the last line that was looked at.

    A prefix that stands before each line is taken away.
    """
    shape = _shape(text[:begun])
    is_dump = text.startswith("Array", begun)
    depth = 0 if is_dump else opens(text[begun:])
    taken: list[tuple[int, bytes | None]] = []
    parts = [text]
    size, number = len(text), 0
    for number, line in lines:
        taken.append((number, line))
        if line is None or len(taken) > _MOST_LINES or size > limit:
            break
        plain = _without(shape, COLOURS.sub(b"", line).decode(errors="surrogateescape"))
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


def spread_over(
    value: Any, following: Iterable[tuple[int, Any]], *, limit: int
) -> tuple[Any | None, int]:
    """A record with the whole of a text that goes on in those that follow, a line in each.

    With it comes the number of the last record that was looked at; None and 0 where no text of
    it goes on.
    """
    for path, text in _texts(value, ()):
        begun = begun_at(text.rstrip(), [])
        if begun is None:
            continue
        lines = Lines((number, _line_at(one, path)) for number, one in following)
        whole, last = continued(text.rstrip("\r\n"), begun, lines, limit=limit)
        return (_with(value, path, whole) if whole else None), last
    return None, 0


def joined(
    value: Any,
    lines: Lines[Line],
    decode: Callable[[Line], Any],
    read: Callable[[Any], Found],
    *,
    limit: int,
) -> tuple[list[Capture | Unreadable | Remark], int]:
    """What a record gives whose text goes on in the next `lines`, which it takes where it is any.

    With it comes the number of the last line that was looked at.
    """
    taken: list[tuple[int, Line]] = []

    def following() -> Iterator[tuple[int, Any]]:
        for number, line in lines:
            taken.append((number, line))
            yield number, decode(line)

    whole, last = spread_over(value, following(), limit=limit)
    found = list(read(whole)) if whole is not None else []
    if not any(isinstance(one, Capture) for one in found):
        found = []
    lines.give_back([one for one in taken if not found or one[0] > last])
    return found, last


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict) and len(path) < _DEEPEST:
        for name, inner in value.items():
            yield from _texts(inner, (*path, name))


def _line_at(value: Any, path: Path) -> bytes | None:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return as_bytes(value.rstrip("\r\n")) if isinstance(value, str) else None


def _with(value: Any, path: Path, text: str) -> Any:
    return {**value, path[0]: _with(value[path[0]], path[1:], text)} if path else text


def _is_whole(line: str) -> bool:
    """Whether an object stands on a line by itself, which is none of the one begun above."""
    return line.startswith('{"') and isinstance(decoded(as_bytes(line)), dict)


def _without(shape: str, line: str) -> str:
    """A line less a prefix like that of the first one, whose digits may differ."""
    size = len(shape)
    return line[size:] if size and _shape(line[:size]) == shape else line


def _shape(text: str) -> str:
    return re.sub(r"[0-9A-Za-z]", "0", text)


def opens(text: str) -> int:
    """How many more brackets a text opens than it closes, those in strings left out."""
    marks = [mark[0] for mark in _MARK.finditer(text)]
    return sum(mark in "{[(" for mark in marks) - sum(mark in "}])" for mark in marks)
