"""Moments as vendors write them: Unix seconds or milliseconds, as text or as a JSON integer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Final

from hookproof.models.scalar import Marked, Refused, Scalar

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import LiteralString, Self

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is counted since 1970, in at most so many digits."""

    name: LiteralString
    step: timedelta
    digits: int

    @property
    def last(self) -> int:
        return int("9" * self.digits)

    @property
    def pattern(self) -> str:
        return f"^(0|[1-9][0-9]{{0,{self.digits - 1}}})$"

    def text_reader(self) -> Callable[[object], datetime]:
        # Each payload asks several times, so that all is looked up before.
        fits, moment = re.compile(self.pattern[1:-1]).fullmatch, self.moment

        def read_text(value: object) -> datetime:
            if isinstance(value, str) and fits(value):
                return moment(int(value))
            raise Refused

        return read_text

    def moment(self, count: int) -> datetime:
        # Not fromtimestamp(): the platform's clock functions end early on some systems.
        return _EPOCH + count * self.step

    def count(self, moment: datetime) -> int:
        return (moment - _EPOCH) // self.step

    def read_integer(self, value: object) -> datetime:
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= self.last:
            return self.moment(value)
        raise Refused

    def admit_moment(self, value: object) -> datetime:
        if not isinstance(value, datetime) or value.utcoffset() is None:
            raise Refused
        count = self.count(value)
        # Reading it back gives the same moment, or it is between two steps.
        if not 0 <= count <= self.last or self.moment(count) != value:
            raise Refused
        return self.moment(count)

    def expected(self, form: str) -> str:
        also = f"an aware datetime of whole {self.name}, from 1970 on"
        return f"Unix {self.name} as {form} (from Python also {also})"

    def as_text(self) -> Scalar:
        read_text = self.text_reader()
        digits = f"text of at most {self.digits} digits, without sign, leading zeros or blanks"
        return Scalar(
            name=f"unix_{self.name}_string",
            expected=self.expected(digits),
            wire={"type": "string", "pattern": self.pattern},
            holds=datetime,
            read=read_text,
            admit=lambda v: read_text(v) if isinstance(v, str) else self.admit_moment(v),
            write=lambda moment: str(self.count(moment)),
        )

    def as_integer(self) -> Scalar:
        return Scalar(
            name=f"unix_{self.name}",
            expected=self.expected(f"an integer from 0 to {self.last}"),
            wire={"type": "integer", "minimum": 0, "maximum": self.last},
            holds=datetime,
            read=self.read_integer,
            admit=lambda v: self.read_integer(v) if isinstance(v, int) else self.admit_moment(v),
            write=self.count,
        )


_IN_SECONDS: Final = _Unit("seconds", timedelta(seconds=1), 11)
_IN_MILLISECONDS: Final = _Unit("milliseconds", timedelta(milliseconds=1), 14)
_SECONDS: Final = _IN_SECONDS.as_integer()
_SECONDS_TEXT: Final = _IN_SECONDS.as_text()
_MILLISECONDS: Final = _IN_MILLISECONDS.as_integer()
_MILLISECONDS_TEXT: Final = _IN_MILLISECONDS.as_text()

UnixSeconds = Annotated[datetime, _SECONDS]
"""Seconds since 1970-01-01T00:00:00Z as a JSON integer; an aware UTC `datetime` in Python."""

UnixSecondsString = Annotated[datetime, _SECONDS_TEXT]
"""Seconds since 1970-01-01T00:00:00Z as decimal text; an aware UTC `datetime` in Python."""

UnixMilliseconds = Annotated[datetime, _MILLISECONDS]
"""Milliseconds since 1970-01-01T00:00:00Z as a JSON integer; an aware UTC `datetime` in Python."""

UnixMillisecondsString = Annotated[datetime, _MILLISECONDS_TEXT]
"""Milliseconds since 1970-01-01T00:00:00Z as decimal text; an aware UTC `datetime` in Python."""


class Moment(Marked, datetime):
    """A `datetime` that goes back in the form of its class, whatever others a field admits.

    Where a contract admits several forms for one moment, the first one that it names is a
    plain `datetime`, and each other one has a class of its own.
    """

    __slots__ = ()

    @classmethod
    def mark(cls, plain: datetime) -> Self:
        """The same moment, marked."""
        return cls.combine(plain.date(), plain.timetz())


class SecondsMoment(Moment, scalar=_SECONDS):
    """A moment that is written as an integer of seconds."""

    __slots__ = ()


class SecondsTextMoment(Moment, scalar=_SECONDS_TEXT):
    """A moment that is written as text of seconds."""

    __slots__ = ()


class MillisecondsMoment(Moment, scalar=_MILLISECONDS):
    """A moment that is written as an integer of milliseconds."""

    __slots__ = ()


class MillisecondsTextMoment(Moment, scalar=_MILLISECONDS_TEXT):
    """A moment that is written as text of milliseconds."""

    __slots__ = ()
