"""Turns what was seen in one body into findings with file, line and source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from hookproof.contract.model import Source
from hookproof.findings import CODES, CaptureFinding
from hookproof.payload.body import BodyForm
from hookproof.payload.locate import locate
from hookproof.payload.pointer import from_pointer, to_pointer
from hookproof.payload.problem import Places
from hookproof.payload.scan import scan
from hookproof.schema.documented_fields import page_of
from hookproof.text import cut

if TYPE_CHECKING:
    from hookproof.contract import Callback
    from hookproof.contract.model import Edition, Quirk
    from hookproof.payload.body import Body
    from hookproof.payload.problem import Position, ReadProblem
    from hookproof.payload.scan import Path
    from hookproof.schema.violations import Violation

_INFERRED: Final = "no page gives this bound, it is inferred: what came may be right"
_DIGITS: Final = tuple("-0123456789")
_CODE_OF_KEYWORD: Final = {
    "required": "HP201",
    "type": "HP202",
    **dict.fromkeys(("const", "enum"), "HP203"),
    "pattern": "HP204",
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems"), "HP205"),
    **dict.fromkeys(("minProperties", "maxProperties"), "HP205"),
    "x-max-bytes": "HP206",
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), "HP207"),
    **dict.fromkeys(("anyOf", "oneOf"), "HP208"),
    "contentSchema": "HP209",
}


class Whereabouts(Protocol):
    """Knows where a body comes from, and leads from places in it to places in its file."""

    @property
    def file(self) -> str:
        """The name of the file."""
        ...  # pragma: no cover

    def place(self, body: Body, path: Path) -> Position:
        """Line and column in the file of a value in the body."""
        ...  # pragma: no cover

    def shift(self, position: Position) -> Position:
        """A place in the body's text as a place in the file."""
        ...  # pragma: no cover


@dataclass(frozen=True, slots=True)
class WholeFile:
    """A body that is a file of its own."""

    file: str

    def place(self, body: Body, path: Path) -> Position:
        """Line and column of a value."""
        return locate(body, path)

    def shift(self, position: Position) -> Position:
        """The place itself."""
        return position


class FindingBuilder:
    """Knows the body, its file and, once it is identified, its callback."""

    def __init__(self, body: Body, origin: Whereabouts) -> None:
        self.body = body
        self.origin = origin
        self.callback: Callback | None = None
        # How it was told from others that share its name.
        self.recognised = ""
        self._places = Places(body.reading.text)

    def callback_or_fail(self) -> Callback:
        """The callback, known from here on."""
        assert self.callback is not None  # noqa: S101 - set before any judging starts
        return self.callback

    def unreadable(self, problem: ReadProblem) -> CaptureFinding:
        """A fault of reading."""
        place = self.origin.shift(self._places.at(problem.offset))
        return self._finding(problem.code, problem.message, place=place, hint=problem.hint)

    def wrong(self, code: str, where: Path, expected: str, found: str) -> CaptureFinding:
        """A value that is not what was wanted."""
        message = f"expected {expected}, found {found}"
        place = self.origin.place(self.body, where)
        return self._finding(
            code, message, where=where, place=place, expected=expected, found=found
        )

    def violation(self, violation: Violation) -> CaptureFinding:
        """A fault against the schema; a number is shown with the digits that it came with."""
        found = self._as_written(violation.path, violation.found)
        code = _CODE_OF_KEYWORD.get(violation.keyword, "HP200")
        hint = _INFERRED if violation.is_inferred else CODES[code].hint
        return self._finding(
            code,
            violation.message.replace(violation.found, found),
            where=violation.path,
            place=self.origin.place(self.body, violation.path),
            expected=violation.expected,
            found=found,
            hint="; ".join(filter(None, (hint, self.recognised))),
            source=self._page(violation.path),
        )

    def fraction(self, where: Path) -> CaptureFinding:
        """An integer that is written as a fraction."""
        return self.tell(
            "HP232", f"{self._as_written(where, 'a fraction')} stands for an integer", where=where
        )

    def _as_written(self, path: Path, shown: str) -> str:
        """A number as it stands in the body; what is `shown` of any other value."""
        if self.body.form is not BodyForm.JSON:
            return shown
        text = self.body.raw.decode(errors="replace")
        start, end = scan(text).values.get(path, (0, 0))
        return cut(text[start:end]) if text[start : start + 1] in _DIGITS else shown

    def quirk(self, quirk: Quirk) -> CaptureFinding:
        """A documented contradiction that the payload shows."""
        where = from_pointer(quirk.where)
        # "*" stands for any item of a list; the list itself is the place.
        place = where[: where.index("*")] if "*" in where else where
        return self._finding(
            "HP230",
            f"{quirk.id}: {quirk.says}; {quirk.shows}",
            where=where,
            place=self.origin.place(self.body, place),
            hint="your receiver must take both readings",
            source=str(quirk.source),
        )

    def edition(self, edition: Edition) -> CaptureFinding:
        """An older edition of the page that the payload keeps."""
        return self.tell(
            "HP230",
            f"{edition.id}: this is the callback as the page had it then: {edition.says}",
            hint="your receiver must take both editions while accounts get the older one",
            source=str(edition.source),
        )

    def unknown_field(self, pointer: str) -> CaptureFinding:
        """A field that no page knows."""
        where = from_pointer(pointer)
        place = where[: where.index("*")] if "*" in where else where
        return self._finding(
            "HP240",
            "no page knows this field",
            where=where,
            place=self.origin.place(self.body, place),
            source=self._page(),
        )

    def new_value(self, violation: Violation) -> CaptureFinding:
        """A value that a list that grows does not have yet."""
        found = self._as_written(violation.path, violation.found)
        page = self._page(violation.path)
        return self.tell("HP241", f"no page lists {found} yet", where=violation.path, source=page)

    def tell(
        self, code: str, message: str, *, where: Path = (), hint: str = "", source: str = ""
    ) -> CaptureFinding:
        """Any other finding, with the callback's page unless a source is given."""
        place = self.origin.place(self.body, where)
        return self._finding(
            code, message, where=where, place=place, hint=hint, source=source or self._page()
        )

    def _page(self, path: Path = ()) -> str:
        """The page of what is said of a place, the newest one where the contract names none."""
        if not self.callback:
            return ""
        cited = page_of(self.callback.schema, path)
        return str(Source(cited["page"], cited["date"]) if cited else self.callback.source)

    def _finding(
        self, code: str, message: str, *, place: Position, where: Path = (), **more: str
    ) -> CaptureFinding:
        more["hint"] = more.get("hint") or CODES[code].hint
        return CaptureFinding(
            code=code,
            severity=CODES[code].severity,
            callback=self.callback.path if self.callback else "",
            where=to_pointer(where),
            message=message,
            file=self.origin.file,
            line=place.line,
            column=place.column,
            **more,
        )
