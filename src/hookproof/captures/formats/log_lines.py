"""The lines of a log: callbacks somewhere in some of them, records, and lines of other kinds.

What one line holds is found by `embedded` and `records`. Here lines are put together that
belong together: a body over several lines, and the pieces that container engines make of one.
Lines without a callback are counted; what looks like one and was not read is told.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import orjson

from hookproof.captures.capture import Capture, Origin, ReadOptions, Remark, Unreadable
from hookproof.captures.formats.body import is_form, is_row
from hookproof.captures.formats.continued import COLOURS, Lines, begun_at, continued, joined, opens
from hookproof.captures.formats.fields import as_bytes, moment_of
from hookproof.captures.formats.format import OPAQUE, Format, guarded, too_large
from hookproof.captures.formats.json_values import object_end
from hookproof.captures.formats.lines import decoded, read_lines
from hookproof.payload.body import BodyForm, detect_form
from hookproof.payload.problem import Places

if TYPE_CHECKING:
    import io

    from hookproof.captures.formats.embedded import Body
    from hookproof.captures.formats.format import Found
    from hookproof.captures.stream import Start

_ARRAY: Final = re.compile(rb'\[\s*(?:[{"\]]|\[\s*[\[{"\]0-9\-])')
_TIME: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9:]{8})(?:[.,]([0-9]{1,6}))?[0-9]*"
    r" ?(Z|[+-][0-9]{2}:?[0-9]{2})"
)
# A line without any of these holds no body.
_WORTH_A_LOOK: Final = re.compile(
    rb"[{&]|[%x:]7[bB]|\b7[bB]:?22|e[yw][A-Za-z0-9]|[Aa]rray|POST |=>|map\[|\[\"|\[123[, ]"
)
_CONTAINER: Final = re.compile(rb"\S+ (stdout|stderr) ([PF])(?: |$)")
_POST: Final = re.compile(r"\bPOST (?:[a-z]+:/)?/\S*(?: HTTP/[0-9.]+)?")
# Dumps of requests have headers and the body on the lines below; no log has so many between.
_HEAD: Final = re.compile(r"(?:[\"'\]]|\\r|\\n|\[\\[rn]\]|\(|[0-9]+-byte body\)|\s)*$")
_HEAD_LINES: Final = 60
# Container engines cut what is longer than 16 KiB.
_PIECE: Final = 16_000
_MOST_PIECES: Final = 1_000
_OTHER_LINES: Final = "lines without a callback were passed over"


def _looks(start: Start, _: ReadOptions) -> bool:
    """Whether a text is no other thing: a body, a list, or words around a body."""
    head = start.head
    # One value over all lines is a body, whatever its lines are by themselves.
    is_one = head.startswith(b"{") and not start.cut and decoded(head) is not None
    if is_one or not head or b"\0" in head[:4000]:
        return False
    from hookproof.captures.formats.unread import is_foreign, is_packed  # noqa: PLC0415 - patterns

    if is_packed(head):
        return False
    if head[:1] in {b"{", b"<", b"["} and is_foreign(head.removeprefix(b"[")):
        return True
    if _ARRAY.match(head) or (head.startswith(b"{") and len(start.lines) < 2):
        return False
    form = detect_form(head)
    if form is not BodyForm.JSON:
        return form is BodyForm.FORM and not is_form(start)
    several = not head.startswith(b"{") and len(start.lines) > 1
    return several or is_row(head) or _is_log(start)


def _ends_early(start: Start) -> bool:
    """Whether a first object over several lines is whole, and lines of text follow it."""
    text = start.text.decode(errors="replace").lstrip()
    end = object_end(text, strict=True)
    rest = text[end:].lstrip(" \t\r") if end else ""
    return rest.startswith("\n") and len(rest.strip()) > 1


def _is_log(start: Start) -> bool:
    """Whether a line has a body behind other words, or the first one is an object by itself."""
    from hookproof.captures.formats.embedded import begins_body  # noqa: PLC0415 - many patterns

    if len(start.lines) > 1 and isinstance(decoded(start.lines[0]), dict):
        return True
    if _ends_early(start):
        return True
    return any(
        begins_body(line.decode(errors="replace"))
        for line in start.lines
        if not line.startswith((b"{", b'"', b"}"))
    )


def _read(stream: io.BufferedReader, file: str, options: ReadOptions) -> Found:
    log = _Log(file, options)
    lines = Lines(read_lines(stream, limit=options.max_body))
    for number, line in lines:
        read = partial(log.line, number, line, lines)
        yield from guarded(read, log.origin(number), line or b"")
    yield from log.end()


def read_line(line: bytes, origin: Origin, options: ReadOptions) -> Found:
    """Yield what a single line holds, a record or a line of a log."""
    log = _Log(origin.file, options, record=max(origin.record - 1, 0))
    yield from log.line(origin.line, line, Lines(()))
    yield from log.end()


class _Held(NamedTuple):
    """A record whose text goes on in the next one: its field, its line, the pieces so far."""

    value: dict[str, Any]
    field: str
    number: int
    pieces: list[str]


class _Log:
    """Reads a log line by line; what waits for its other piece comes in the `end`."""

    def __init__(self, file: str, options: ReadOptions, *, record: int = 0) -> None:
        self._file = file
        self._options = options
        self._record = record
        self._remarks: dict[str, Remark] = {}
        self._begun: dict[bytes, list[bytes]] = {}
        self._barren = 0
        # The line of a POST whose body may stand below.
        self._head = 0
        self._held: _Held | None = None

    def line(self, number: int, line: bytes | None, lines: Lines[bytes | None]) -> Found:
        """Yield what a line holds; more of `lines` is read where a body goes on there."""
        if self._head and number > self._head + _HEAD_LINES:
            yield self._without_body()
        if line is None:
            yield self._counted(too_large(self.origin(number), "the line", self._options))
            return
        if b"\x1b" in line:
            line = COLOURS.sub(b"", line)
        piece = _CONTAINER.match(line)
        if piece:
            pieces = self._begun.setdefault(piece[1], [])
            pieces.append(line[piece.end() :])
            if piece[2] == b"P" and len(pieces) < _MOST_PIECES:
                return
            del self._begun[piece[1]]
            line = line[: piece.end()] + b"".join(pieces)
        if line.lstrip()[:1] in {b"{", b"["}:
            try:
                value = orjson.loads(line)
            except orjson.JSONDecodeError:
                value = None
            if isinstance(value, (dict, list)):
                yield from self._json(line, value, number, lines)
                return
        if not _WORTH_A_LOOK.search(line):
            yield from self._other(line.decode(errors="surrogateescape"), number)
            return
        yield from self._text(line.decode(errors="surrogateescape"), number, lines)

    def end(self) -> Found:
        """Yield what was left, and how much was passed over."""
        yield from self._let_go()
        if self._head:
            yield self._without_body()
        for stream, begun in self._begun.items():
            message = f"the last piece of a line of {stream.decode()} is missing"
            came = f"{sum(map(len, begun)):,} bytes came; is the copy whole?"
            yield Unreadable(Origin(self._file), "HP121", message, came)
        yield from self._remarks.values()

    def origin(self, number: int, column: int = 1, text: str | None = None) -> Origin:
        return Origin(self._file, self._record + 1, number, column, text)

    def _counted(self, found: Capture | Unreadable) -> Capture | Unreadable:
        self._record += 1
        if isinstance(found, Capture):
            self._head = 0
        return found

    def _without_body(self) -> Unreadable:
        """What is told of the latest POST, now that no body has come after it."""
        number, self._head = self._head, 0
        message = "a line tells of a POST, and no body stands on it"
        hint = "if that was a callback, let the log keep the body too"
        return Unreadable(Origin(self._file, 0, number), "HP121", message, hint)

    def _remark(self, text: str, number: int, count: int = 1) -> None:
        known = self._remarks.get(text)
        origin = known.origin if known else Origin(self._file, 0, number)
        self._remarks[text] = Remark(origin, text, count + (known.count if known else 0))

    # -- records ----------------------------------------------------------------------------

    def _json(self, line: bytes, value: Any, number: int, lines: Lines[bytes | None]) -> Found:
        held = self._held
        if held and isinstance(value, dict) and isinstance(value.get(held.field), str):
            piece = value[held.field]
            held.pieces.append(piece)
            if _goes_on(value, piece) and len(held.pieces) < _MOST_PIECES:
                return
            self._held = None
            value = {**value, held.field: "".join(held.pieces)}
            yield from self._whole(value, number=held.number)
            return
        yield from self._let_go()
        if self._options.sought and value and number > self._barren and lines:
            read = partial(self._whole, number=number)
            limit = self._options.max_body
            found, last = joined(value, lines, lambda line: decoded(line or b""), read, limit=limit)
            self._barren = max(self._barren, last - 1)
            if found:
                yield from found
                return
        cut = self._cut_field(value) if isinstance(value, dict) else None
        if cut:
            self._held = _Held(value, cut, number, [value[cut]])
        else:
            yield from self._value(line, value, self.origin(number))

    def _whole(self, value: Any, *, number: int) -> Found:
        return self._value(orjson.dumps(value), value, self.origin(number))

    def _let_go(self) -> Found:
        """Yield what a record holds whose other half does not come."""
        held, self._held = self._held, None
        if held:
            value = {**held.value, held.field: "".join(held.pieces)}
            yield from self._whole(value, number=held.number)

    def _value(self, line: bytes, value: Any, origin: Origin) -> Found:
        from hookproof.captures.formats.records import read_record  # noqa: PLC0415 - slow to import

        for found in read_record(line, origin, self._options, value):
            if isinstance(found, Remark):
                self._remark(found.text, origin.line)
            else:
                yield self._counted(found)

    def _cut_field(self, value: dict[str, Any]) -> str | None:
        """The field of a record whose text goes on in the next record."""
        for name, text in value.items():
            if isinstance(text, str) and _goes_on(value, text) and opens(text) > 0:
                return name
        return None

    # -- lines of text ----------------------------------------------------------------------

    def _text(self, text: str, number: int, lines: Lines[bytes | None]) -> Found:
        from hookproof.captures.formats.embedded import bodies_in  # noqa: PLC0415 - many patterns
        from hookproof.captures.formats.unread import broken  # noqa: PLC0415

        bodies = bodies_in(text, self._options.sought)
        begun = begun_at(text, bodies)
        if begun is not None and number > self._barren:
            whole, last = continued(text, begun, lines, limit=self._options.max_body)
            # What goes on over lines and has no end is not looked for in each of them again.
            self._barren = max(number, last - 1)
            if whole:
                text, bodies = whole, bodies_in(whole, self._options.sought)
        told, places, moment = False, Places(text), None
        for body in bodies:
            if body.raw is not None:
                told, moment = True, moment or _time(text)
                yield self._counted(self._capture(text, body, number, places, moment))
            elif body.value is not None:
                inside = as_bytes(body.written or text[body.start : body.end])
                origin = self.origin(number, body.start + 1, OPAQUE)
                for found in self._value(inside, body.value, origin):
                    told = True
                    yield found
            elif fault := broken(text, body.start, self.origin(number), self._options):
                told = True
                yield fault if fault.code == "HP121" else self._counted(fault)
        if not told:
            yield from self._other(text, number)

    def _other(self, text: str, number: int) -> Found:
        """A line without a body: of another kind, or what was not read."""
        sought = self._options.sought
        if sought and sought.is_mentioned(text):
            from hookproof.captures.formats.unread import foreign  # noqa: PLC0415 - many patterns

            yield foreign(text, Origin(self._file, 0, number))
        elif post := _POST.search(text):
            if self._head:
                yield self._without_body()
            self._head = number
            if not _HEAD.match(text, post.end()):
                yield self._without_body()
        else:
            self._remark(_OTHER_LINES, number)

    def _capture(
        self, text: str, body: Body, number: int, places: Places, moment: tuple[int, float | None]
    ) -> Capture | Unreadable:
        assert body.raw is not None  # noqa: S101 - asked before
        place = places.at(body.start)
        kept = text[body.start : body.end] if body.quoted else None
        kept = OPAQUE if body.note else kept
        origin = Origin(self._file, self._record + 1, number + place.line - 1, place.column, kept)
        if len(body.raw) > self._options.max_body:
            return too_large(origin, "the body", self._options)
        received_at = moment[1] if moment[0] <= body.start else None
        rewritten = bool(body.written)
        return Capture(origin, body.raw, None, received_at, "", body.note, rewritten)


def _goes_on(record: dict[str, Any], text: str) -> bool:
    """Whether a text in a record is a piece that is not the last one."""
    flagged = any(
        name.lower().endswith("partial_message") and str(flag).lower() == "true"
        for name, flag in record.items()
    )
    return (flagged or len(text) >= _PIECE) and not text.endswith("\n")


def _time(text: str) -> tuple[int, float | None]:
    """Where the first time on a line ends, and that; without a zone it is nobody knows which."""
    match = _TIME.search(text)
    if match is None:
        return 0, None
    day, clock, fraction, zone = match.groups()
    return match.end(), moment_of(f"{day}T{clock}.{(fraction or '0').ljust(6, '0')}{zone}")


LOG = Format("log", _looks, _read, "no line holds a callback")
