"""Moments as vendors write them: Unix seconds, as text or as a JSON integer."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

from hookproof.models.scalar import Refused, Scalar

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import core_schema

_SECONDS = re.compile(r"0|[1-9][0-9]{0,10}")
_LAST = 99_999_999_999
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FROM_PYTHON = " (from Python also an aware datetime of whole seconds, from 1970 on)"
_SECOND = timedelta(seconds=1)


def _moment(seconds: int) -> datetime:
    # Not fromtimestamp(): the platform's clock functions end early on some systems.
    return _EPOCH + timedelta(seconds=seconds)


def _seconds(moment: datetime) -> int:
    return (moment - _EPOCH) // _SECOND


def _admit_moment(value: object) -> datetime:
    if not isinstance(value, datetime) or value.utcoffset() is None:
        raise Refused
    seconds = _seconds(value)
    if value.microsecond or not 0 <= seconds <= _LAST:
        raise Refused
    return _moment(seconds)


def _read_text(value: object) -> datetime:
    if isinstance(value, str) and _SECONDS.fullmatch(value):
        return _moment(int(value))
    raise Refused


def _read_integer(value: object) -> datetime:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LAST:
        return _moment(value)
    raise Refused


def _admit_text(value: object) -> datetime:
    return _read_text(value) if isinstance(value, str) else _admit_moment(value)


def _admit_integer(value: object) -> datetime:
    if isinstance(value, TextMoment):
        raise Refused
    return _admit_moment(value) if isinstance(value, datetime) else _read_integer(value)


_UNIX_SECONDS_STRING = Scalar(
    name="unix_seconds_string",
    expected="Unix seconds as text of at most 11 digits, without sign, leading zeros or blanks"
    + _FROM_PYTHON,
    wire={"type": "string", "pattern": "^(0|[1-9][0-9]{0,10})$"},
    holds=datetime,
    read=_read_text,
    admit=_admit_text,
    write=lambda moment: str(_seconds(moment)),
)

UnixSecondsString = Annotated[datetime, _UNIX_SECONDS_STRING]
"""Seconds since 1970-01-01T00:00:00Z as decimal text; an aware UTC `datetime` in Python."""


class TextMoment(datetime):
    """A `datetime` that came as text of Unix seconds and goes back as text.

    It stands where a contract admits a number and text for one moment, as
    `TextInteger` does for numbers.
    """

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Read canonical text of seconds; from Python, such text or a `TextMoment`."""
        return _TEXT_MOMENT.__get_pydantic_core_schema__(source, handler)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe the wire form."""
        return _TEXT_MOMENT.__get_pydantic_json_schema__(schema, handler)


def _marked(moment: datetime) -> TextMoment:
    return TextMoment.fromisoformat(moment.isoformat())


def _admit_text_moment(value: object) -> TextMoment:
    return _marked(_admit_moment(value) if isinstance(value, TextMoment) else _read_text(value))


_TEXT_MOMENT = replace(
    _UNIX_SECONDS_STRING,
    holds=TextMoment,
    read=lambda value: _marked(_read_text(value)),
    admit=_admit_text_moment,
)


UnixSeconds = Annotated[
    datetime,
    Scalar(
        name="unix_seconds",
        expected=f"Unix seconds as an integer from 0 to {_LAST}{_FROM_PYTHON}",
        wire={"type": "integer", "minimum": 0, "maximum": _LAST},
        holds=datetime,
        read=_read_integer,
        admit=_admit_integer,
        write=_seconds,
    ),
]
"""Seconds since 1970-01-01T00:00:00Z as a JSON integer; an aware UTC `datetime` in Python."""
