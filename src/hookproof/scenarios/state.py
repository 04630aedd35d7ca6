"""States of a receiver compared: what differs, by chance or not, and what that means."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# A way in a state; "*" is any element of a list.
Way = tuple[str, ...]
_BY_CHANCE: Final = "(by chance)"


class Fault(StrEnum):
    """What is wrong with a state that another order led to."""

    MISSING = "missing"
    DOUBLED = "doubled"
    STALE = "stale"
    TORN = "torn"
    EXTRA = "extra"


class NotRepeatable(Exception):
    """The same deliveries led to states of another shape, so none can be compared."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs: where, and what was wanted and found; None is nothing there."""

    way: Way
    wanted: Any
    found: Any

    def __str__(self) -> str:
        """In a person's words."""
        place = "/" + "/".join(self.way) if self.way else "the state"
        return f"{place}: wanted {_shown(self.wanted)}, found {_shown(self.found)}"


def named(value: Any, cast: Mapping[str, Any]) -> Any:
    """A state with the names of a cast in the place of its values."""
    words = {str(one): f"{{{name}}}" for name, one in cast.items()}

    def within(one: Any) -> Any:
        if isinstance(one, dict):
            return {within(name): within(item) for name, item in one.items()}
        if isinstance(one, list):
            return [within(item) for item in one]
        if isinstance(one, str):
            for known, word in words.items():
                one = one.replace(known, word)
            return one
        return words.get(str(one), one) if type(one) is int else one

    return within(value)


def by_chance(one: Any, other: Any, way: Way = ()) -> Iterator[Way]:
    """Where two states differ that the same deliveries led to: moments, nonces, keys of rows.

    Raises NotRepeatable where one has what the other has not.
    """
    if isinstance(one, dict) and isinstance(other, dict):
        if one.keys() != other.keys():
            raise NotRepeatable("/" + "/".join(way))
        for name in one:
            yield from by_chance(one[name], other[name], (*way, name))
    elif isinstance(one, list) and isinstance(other, list):
        if len(one) != len(other):
            raise NotRepeatable("/" + "/".join(way))
        if _texts(one) != _texts(other):
            for row, alike in _paired(one, other):
                yield from by_chance(row, alike, (*way, "*"))
    elif one != other:
        if isinstance(one, dict | list) or isinstance(other, dict | list):
            raise NotRepeatable("/" + "/".join(way))
        yield way


def masked(value: Any, ways: frozenset[Way], way: Way = ()) -> Any:
    """A state without what is there by chance; the order of its lists does not count."""
    if way in ways:
        return _BY_CHANCE
    if isinstance(value, dict):
        return {name: masked(value[name], ways, (*way, name)) for name in sorted(value)}
    if isinstance(value, list):
        return sorted((masked(one, ways, (*way, "*")) for one in value), key=_text)
    return value


def differences(wanted: Any, found: Any, ways: frozenset[Way]) -> list[Difference]:
    """What differs between two states but for what is there by chance, and the numbers of rows.

    A whole number of each row of a list is no difference where the rows are the same otherwise and
    the numbers of all are different, in both: they tell in which order rows came.
    """
    plain = list(_differing(masked(wanted, ways), masked(found, ways), ()))
    if not plain:
        return []
    numbers = _row_numbers(wanted) & _row_numbers(found)
    more = ways | frozenset(one for one in numbers if _are_given(one, wanted, found))
    if more == ways or list(_differing(masked(wanted, more), masked(found, more), ())):
        return plain
    return []


def _row_numbers(value: Any) -> set[Way]:
    """The members of rows that hold a whole number, another one in each row of a list."""
    found: dict[Way, list[Any]] = {}
    for way, one in _leaves(value, ()):
        if "*" in way:
            found.setdefault(way, []).append(one)
    return {
        way
        for way, ones in found.items()
        if all(type(one) is int for one in ones) and len({*ones}) == len(ones)
    }


def _are_given(way: Way, wanted: Any, found: Any) -> bool:
    """Whether numbers look as if a database had given them: the same ones, or called an id."""
    one, other = ({v for w, v in _leaves(state, ()) if w == way} for state in (wanted, found))
    is_key = way[-1].lower() in {"id", "rowid", "row_id", "pk"}
    return (one == other and len(one) > 1) or is_key


def _leaves(value: Any, way: Way) -> Iterator[tuple[Way, Any]]:
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _leaves(one, (*way, name))
    elif isinstance(value, list):
        for one in value:
            yield from _leaves(one, (*way, "*"))
    else:
        yield way, value


def _differing(wanted: Any, found: Any, way: Way) -> Iterator[Difference]:
    if wanted == found and type(wanted) is type(found):
        return
    if isinstance(wanted, dict) and isinstance(found, dict):
        for name in sorted(wanted.keys() | found.keys()):
            yield from _differing(wanted.get(name), found.get(name), (*way, name))
    elif isinstance(wanted, list) and isinstance(found, list):
        yield from _differing_rows(wanted, found, (*way, "*"))
    else:
        yield Difference(way, wanted, found)


def _differing_rows(wanted: list[Any], found: list[Any], way: Way) -> Iterator[Difference]:
    """Rows that one list has and the other has not, those that are most alike in pairs."""
    one, other = Counter(map(_text, wanted)), Counter(map(_text, found))
    left = [json.loads(text) for text in (one - other).elements()]
    new = [json.loads(text) for text in (other - one).elements()]
    for row in left:
        alike = max(new, key=lambda candidate: _likeness(row, candidate), default=None)
        if alike is not None and _likeness(row, alike) > 0:
            new.remove(alike)
            yield from _differing(row, alike, way)
        else:
            yield Difference(way, row, None)
    for row in new:
        yield Difference(way, None, row)


def _paired(one: list[Any], other: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Rows of two lists in pairs, each with the one that is most like it, else in their order."""
    left = list(other)
    for row in one:
        alike = max(range(len(left)), key=lambda at: (left[at] == row, _likeness(row, left[at])))
        yield row, left.pop(alike)


def _likeness(one: Any, other: Any) -> int:
    """How many members two rows have in common; rows that are no objects have none."""
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return 0
    return sum(other.get(name, other) == value for name, value in one.items())


def meaning(found: Iterable[Difference], wanted: Any, *, again: bool, cut: bool) -> Fault:
    """What the differences of a state mean.

    `again` where an event was delivered more than once or beside another, `cut` where the receiver
    was started anew.
    """
    ones = list(found)
    more = [one for one in ones if _exceeds(one.found, one.wanted)]
    less = [one for one in ones if _exceeds(one.wanted, one.found)]
    # What a crash left out may be an empty text as well, or a mark that is not set.
    if cut and (less or any(one.found is None or (one.wanted and not one.found) for one in ones)):
        return Fault.TORN
    rows = {_text(row) for _, row in _rows(wanted)}
    if more and (again or any(one.wanted is None and _text(one.found) in rows for one in more)):
        return Fault.DOUBLED
    # A smaller number is one that lacks something where events were at work at once; where each
    # came once after the other it is an older one.
    if any(one.found is None for one in ones) or (again and less):
        return Fault.MISSING
    return Fault.STALE


def _exceeds(one: Any, other: Any) -> bool:
    """Whether it is a larger number, or something where the other is nothing."""
    numbers = type(one) in {int, float} and type(other) in {int, float}
    return bool(one > other) if numbers else other is None and one is not None


def _rows(value: Any) -> Iterator[tuple[Way, Any]]:
    if isinstance(value, dict):
        for one in value.values():
            yield from _rows(one)
    elif isinstance(value, list):
        for one in value:
            yield ("*",), one
            yield from _rows(one)


def _texts(values: list[Any]) -> list[str]:
    return sorted(map(_text, values))


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    text = json.dumps(value, ensure_ascii=True)
    return text if len(text) <= 80 else f"{text[:77]}..."
