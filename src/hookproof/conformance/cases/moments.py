"""The moments of a payload: what they say, and how they move together to when it is sent."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, Final

from hookproof.conformance.cases.mutation_points import put

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hookproof.conformance.cases.marks import Marks, Place
    from hookproof.payload.scan import Path

# All in milliseconds. What lies outside of these years is no moment, or one that was broken.
EARLIEST: Final = int(datetime(2010, 1, 1, tzinfo=UTC).timestamp()) * 1000
LATEST: Final = int(datetime(2100, 1, 1, tzinfo=UTC).timestamp()) * 1000
_HOUR: Final = 60 * 60 * 1000
_DAY: Final = 24 * _HOUR
_NUMBER: Final = re.compile(r"[0-9]{1,14}")
_TEXT: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})([T ])([0-9]{2}:[0-9]{2}:[0-9]{2})(\.[0-9]{1,9})?(.*)"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A place that holds a moment; `at` is in milliseconds, None where it is not of our years."""

    path: Path
    value: Any
    units: tuple[str, ...]
    at: int | None

    @property
    def is_set(self) -> bool:
        """Whether anything is said: 0 and the empty text are how a vendor says never."""
        return self.value not in {0, "0", ""}

    def written(self, at: int) -> Any:
        """Another moment as this one is written, in its unit and its type."""
        if self.units[0].startswith("text"):
            return _as_text(self.value, at, self.units[0])
        whole = at // 1000 if self._in_seconds else at
        return str(whole) if isinstance(self.value, str) else whole

    @property
    def _in_seconds(self) -> bool:
        if self.at is None:
            return self.units[0] != "milliseconds"
        return self.at // 1000 == int(self.value)


def moments_of(places: Iterable[Place]) -> list[Moment]:
    """The moments at some places, as far as numbers or texts stand there.

    One in seconds has the milliseconds of another one in the same second, so that both stay in
    one second wherever they are moved.
    """
    found = [
        Moment(path, value, units, _read(value, units))
        for path, value, units in places
        if type(value) is int or isinstance(value, str)
    ]
    exact = sorted(one.at for one in found if one.at is not None and one.at % 1000)
    if not exact:
        return found
    in_second = {at // 1000: at for at in reversed(exact)}
    return [
        replace(one, at=in_second.get(one.at // 1000, one.at))
        if one.at is not None and not one.at % 1000
        else one
        for one in found
    ]


def moved(payload: dict[str, Any], moments: Sequence[Moment], *, by: int) -> dict[str, Any]:
    """The payload with moments so many milliseconds later."""
    for one in moments:
        if one.at is not None:
            payload = put(payload, one.path, one.written(one.at + by))
    return payload


def brought_to(
    payload: dict[str, Any], moments: Sequence[Moment], *, now: int, sent_at: Path, held: set[Path]
) -> dict[str, Any]:
    """The payload with all its moments as if it were sent `now`, those in `held` as they are.

    They keep their distance from the moment in the field `sent_at`, or from the latest one. One
    that is more than a day from it is there by the carelessness of a page: such ones keep up to an
    hour of their distance from each other. A payload that is of now already stays as it is.
    """
    known = {one.path: one.at for one in moments if one.at is not None}
    if not any(one.is_set for one in moments):
        return payload
    reference = known.get(sent_at) or max(known.values(), default=None)
    if reference is None:
        reference = now - _DAY
    elif abs(now - reference) <= _HOUR:
        return payload
    far = max((at for at in known.values() if abs(at - reference) > _DAY), default=reference)
    for one in moments:
        if one.path in held or not one.is_set:
            continue
        if one.at is None:
            at = now
        elif abs(one.at - reference) <= _DAY:
            at = one.at + now - reference
        else:
            at = now - min(far - one.at, _HOUR)
        payload = put(payload, one.path, one.written(at))
    return payload


def timed_as(payload: Any, example: dict[str, Any], marks: Marks) -> Any:
    """A generated payload with the moments of an example, which go together.

    A moment that the example has not is that of the nearest place like it, or its latest one.
    """
    known = {one.path: one for one in moments_of(marks.places(example))}
    latest = max((one.at for one in known.values() if one.at is not None), default=None)
    like = {_anywhere(path): one for path, one in reversed(known.items())}
    for one in moments_of(marks.places(payload)):
        other = known.get(one.path) or like.get(_anywhere(one.path))
        if other and type(other.value) is type(one.value):
            payload = put(payload, one.path, other.value)
        else:
            at = other.at if other and other.at is not None else latest
            text = isinstance(one.value, str) and one.units[0].startswith("text")
            payload = put(payload, one.path, one.written(at or EARLIEST)) if not text else payload
    return payload


def _anywhere(path: Path) -> Path:
    return tuple("*" if isinstance(part, int) else part for part in path)


def _read(value: Any, units: tuple[str, ...]) -> int | None:
    if units[0].startswith("text"):
        return _read_text(value, units[0])
    if not _NUMBER.fullmatch(str(value)):
        return None
    # Pages mix the units up, and no number is a moment of our years in both.
    number = int(value)
    at = number if number >= EARLIEST else number * 1000
    return at if EARLIEST <= at < LATEST else None


def _read_text(value: Any, unit: str) -> int | None:
    match = _TEXT.fullmatch(str(value))
    if match is None:
        return None
    try:
        plain = datetime.fromisoformat(f"{match[1]}T{match[3]}").replace(tzinfo=_zone(unit))
    except ValueError:
        return None
    thousandths = int(((match[4] or ".0")[1:] + "00")[:3])
    at = int(plain.timestamp()) * 1000 + thousandths
    return at if EARLIEST <= at < LATEST else None


def _as_text(like: str, at: int, unit: str) -> str:
    match = _TEXT.fullmatch(like)
    date, between, _, fraction, rest = match.groups() if match else ("", " ", "", None, "")
    del date
    shown = datetime.fromtimestamp(at // 1000, _zone(unit)).strftime(f"%Y-%m-%d{between}%H:%M:%S")
    digits = len(fraction) - 1 if fraction else 0
    thousandths = f".{at % 1000:03d}000000"[: digits + 1] if digits else ""
    return f"{shown}{thousandths}{rest}"


def _zone(unit: str) -> timezone:
    """The offset that a text is written with: text+08:00."""
    sign = -1 if unit[4] == "-" else 1
    hours, minutes = int(unit[5:7]), int(unit[8:10])
    return timezone(sign * timedelta(hours=hours, minutes=minutes))
