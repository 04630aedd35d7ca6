"""One captured request, where it stands in what was captured, and what is asked of readers."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from hookproof.findings import CODES, CaptureFinding
from hookproof.payload.decode import MAX_BYTES
from hookproof.payload.locate import locate, locate_in_json, locate_in_string
from hookproof.payload.problem import Position

if TYPE_CHECKING:
    from hookproof.payload.body import Body
    from hookproof.payload.scan import Path
    from hookproof.validation.sought import Sought


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a capture comes from.

    `record` counts the captures of a file from 1, 0 where the file is one capture. `line`
    and `column` are those of the file at which the body begins. A body that is a string in
    a JSON text keeps that text and the path to it, so that places inside lead back to the file.
    """

    file: str
    record: int = 0
    line: int = 1
    column: int = 1
    text: str | None = field(default=None, repr=False)
    path: Path = ()

    def place(self, body: Body, path: Path) -> Position:
        """Line and column in the file of a value in the body."""
        if self.text is not None:
            return self._shift(locate_in_json(self.text, (*self.path, *path)))
        return self._shift(locate(body, path))

    def shift(self, position: Position) -> Position:
        """A place in the body's own text as a place in the file."""
        if self.text is not None:
            position = locate_in_string(self.text, self.path, position)
        return self._shift(position)

    def _shift(self, position: Position) -> Position:
        column = position.column + (self.column - 1 if position.line == 1 else 0)
        return Position(position.line + self.line - 1, column)


@dataclass(frozen=True, slots=True)
class Capture:
    """One captured request: the body as it came, and what else was kept of the request.

    `headers` is None where none were captured, which differs from a request without any.
    `received_at` is in Unix seconds.
    """

    origin: Origin
    body: bytes
    headers: tuple[tuple[str, str], ...] | None = None
    received_at: float | None = None
    url: str = ""
    # How it was got at, where that is not plain: it is counted and told once.
    note: str = ""
    # Whether a tool kept the body as an object, so that its bytes are not those that came.
    rewritten: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader passed over, or how it read: told with its first place, blamed on nobody."""

    origin: Origin
    text: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What should have been a capture and could not be read: one of the codes HP1xx, and why.

    Of HP120 and HP121 nobody knows whether it should have been one.
    """

    origin: Origin
    code: str
    message: str
    hint: str = ""

    def finding(self) -> CaptureFinding:
        """The same as a finding; it has a place where it is one of several records or lines."""
        is_record = self.origin.record > 0 or self.code == "HP121"
        return CaptureFinding(
            code=self.code,
            severity=CODES[self.code].severity,
            callback="",
            where="",
            message=self.message,
            hint=self.hint or CODES[self.code].hint,
            file=self.origin.file,
            line=self.origin.line if is_record else 0,
            column=self.origin.column if is_record else 0,
        )


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Which fields of a record hold what, and how large a body may be, in bytes.

    A field's name may lead into objects and lists: `request.body`. Where the body's field is
    `named`, every object is a record that has it. `sought` knows callbacks when it sees them;
    without it every object may be one. `url_pattern` leaves out what goes elsewhere, "" nothing.
    """

    body: str = "body"
    body_base64: str = "body_base64"
    headers: str = "headers"
    method: str = "method"
    url: str = "url"
    received_at: str = "received_at"
    max_body: int = MAX_BYTES
    # How many archives a file stands in.
    depth: int = 0
    named: bool = False
    sought: Sought | None = None
    url_pattern: str = ""

    def leaves_out(self, url: str) -> bool:
        """Whether a request to a URL is none of those that are asked for; unknown ones are."""
        pattern = self.url_pattern
        if not pattern or not url or pattern in url:
            return False
        return "*" not in pattern or not fnmatchcase(url, f"*{pattern.strip('*')}*")

    @property
    def wants_records(self) -> bool:
        """Whether it was said which field holds the body."""
        return self.named or self.body != "body"


DEFAULTS: Final = ReadOptions()
