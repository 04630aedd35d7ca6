"""Which callback is this? A look-up of discriminator values, never a trial of schemas."""

from __future__ import annotations

from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol
from urllib.parse import parse_qsl, urlsplit

from hookproof.contract.model import is_beside, place_of
from hookproof.payload.pointer import member_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from hookproof.contract.model import Callback

    Values = tuple[Any, ...]
    # What callbacks are named by, each with whether it need only be there.
    Names = tuple[tuple[str, bool], ...]
    Headers = Sequence[tuple[str, str]]
    _Place = tuple[str, ...]

_MOST_KNOWN: Final = 10_000


class Named(Protocol):
    """What a callback is found by, whether or not its schema was read."""

    @property
    def path(self) -> str:
        """Its full name."""

    @property
    def discriminator(self) -> Mapping[str, tuple[str | int, ...]]:
        """What names it, and the values that mean it; none where it need only be there."""


class Directory:
    """Finds the callbacks that a payload, or what was sent beside it, names.

    Two products may use the same name, so the answer is a list; the area decides. `load` gives
    a callback by its path, and is asked only for what was found.
    """

    def __init__(self, listed: Iterable[Named], *, load: Callable[[str], Callback]) -> None:
        self._load = load
        self._tables: dict[Names, dict[Values, list[str]]] = {}
        self._all: list[str] = []
        self._wrapping: dict[tuple[str, str], frozenset[frozenset[str]]] = {}
        # By the fields that a payload has of those that callbacks must have, for files repeat them.
        self._resembling: dict[tuple[frozenset[str], int], bool] = {}
        for one in listed:
            self._all.append(one.path)
            self._add(one)
        names = {name for table in self._tables for name, _ in table}
        # Values in the payload are all that most contracts name callbacks by.
        self.looks_beside = any(map(is_beside, names))

    def _add(self, one: Named) -> None:
        names = tuple(sorted((name, not values) for name, values in one.discriminator.items()))
        table = self._tables.setdefault(names, {})
        for values in product(*(one.discriminator[name] or (_THERE,) for name, _ in names)):
            table.setdefault(values, []).append(one.path)

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """All that callbacks are named by, in order."""
        return tuple(sorted({name for table in self._tables for name, _ in table}))

    @cached_property
    def _nested(self) -> dict[int, _Place]:
        """The place of each of `fields` that lies deeper in the payload."""
        return {at: place_of(name) for at, name in enumerate(self.fields) if name.startswith("/")}

    def named(self, payload: dict[str, Any]) -> list[Any]:
        """What a payload has at each of `fields`, None where it has nothing."""
        found: list[Any] = list(map(payload.get, self.fields))
        for at, place in self._nested.items():
            if place[0] in payload:
                found[at] = member_at(payload, place)
        return found

    def beside(self, field: str) -> Iterator[dict[str, frozenset[str | int]]]:
        """What names callbacks not named by one field alone: places, values unless any will do."""
        for names, table in self._tables.items():
            if names != ((field, False),):
                columns = zip(*table, strict=True)
                yield {
                    name: frozenset() if presence else frozenset(values)
                    for (name, presence), values in zip(names, columns, strict=True)
                }

    def candidates(
        self, payload: Any, *, headers: Headers | None = None, url: str = ""
    ) -> list[Callback]:
        """The callbacks that a payload may be; none where it names none.

        Where products share a name, a member tells that only one of their callbacks requires.
        `headers` is None and `url` "" where they were not captured: what is named by them may
        then be any of those.
        """
        named = [self._load(path) for path in self.paths(payload, headers=headers, url=url)]
        if len(named) < 2:
            return named
        shown = [one for one in named if payload.keys() & members_of_its_own(one, named)]
        return shown if len(shown) == 1 else named

    def paths(self, payload: Any, *, headers: Headers | None = None, url: str = "") -> list[str]:
        """The full names of the callbacks that a payload may be."""
        if not isinstance(payload, dict):
            return []
        found, strange = self._named_by(payload, headers, url)
        if found and strange:
            found = [path for path in found if not self._is_within(path, strange, payload)]
        return sorted(set(found)) if len(found) > 1 else found

    def is_told_by_members(self, payload: dict[str, Any]) -> bool:
        """Whether it takes more than what names callbacks to say which one a payload is."""
        found, strange = self._named_by(payload, None, "")
        return len(set(found)) > 1 or any(
            self._wrappers(path, name) for path in found for name in strange
        )

    def _named_by(
        self, payload: dict[str, Any], headers: Headers | None, url: str
    ) -> tuple[list[str], list[str]]:
        """What a payload names, and the fields that would name a callback and name none."""
        found: list[str] = []
        strange: list[str] = []
        for name, alone in self._by_one_field:
            if name in payload:
                if named := alone.get(_key(payload[name])):
                    found += named
                else:
                    strange.append(name)
        for first, places, table in self._looked_up:
            # Most tables ask for a field that a payload lacks.
            if first in payload:
                named = table.get(tuple([_key(member_at(payload, place)) for place in places]))
                if named:
                    found += named
                elif all(place[0] in payload for place in places):
                    strange += [place[0] for place in places]
        for names, needed, table in self._tried:
            # Most ask for a field that a payload lacks.
            if needed <= payload.keys():
                found += _matching(names, table, _Request(payload, headers, url))
        return found, strange

    def _is_within(self, path: str, strange: list[str], payload: dict[str, Any]) -> bool:
        """Whether a callback only lies in what an unknown one sends around it, by its members."""
        return any(
            required <= payload.keys()
            for name in strange
            for required in self._wrappers(path, name)
        )

    def _wrappers(self, path: str, name: str) -> frozenset[frozenset[str]]:
        """What those must have that are named by a field, and send what a callback is around it."""
        key = (path, name)
        if key not in self._wrapping:
            inner = self._load(path)
            tables = [t for names, t in self._tables.items() if (name, False) in names]
            if name in _documented(inner):
                tables = []
            around = (self._load(one) for t in tables for paths in t.values() for one in paths)
            self._wrapping[key] = frozenset(
                self._required(one.path)
                for one in around
                if inner.discriminator.keys() <= _documented(one).keys()
            )
        return self._wrapping[key]

    @cached_property
    def named_alone(self) -> Callable[[dict[str, Any]], str | None]:
        """The one callback that a payload names by its own members; None where one has to look."""
        one_field = ((name, (), table) for name, table in self._by_one_field)
        tables: list[Any] = [*one_field, *self._looked_up]
        if self._tried or any(len(place) > 1 for _, places, _ in tables for place in places):
            tables = []
        quick = [
            (first, [name for (name,) in places], {v: p[0] for v, p in table.items() if not p[1:]})
            for first, places, table in tables
        ]

        def named(payload: dict[str, Any]) -> str | None:
            found = None
            for first, names, alone in quick:
                if first in payload:
                    value = tuple(map(payload.get, names)) if names else payload[first]
                    plain = _PLAIN.issuperset(map(type, value)) if names else type(value) in _PLAIN
                    found = alone.get(value) if found is None and plain else None
                    if found is None:
                        return None
            return found

        return named

    @cached_property
    def _by_one_field(self) -> list[tuple[str, dict[Any, list[str]]]]:
        """The tables of one member of the payload, as most are, by its values alone."""
        return [
            (names[0][0], {value: paths for (value,), paths in table.items()})
            for names, table in self._tables.items()
            if _is_one_field(names)
        ]

    @cached_property
    def _looked_up(self) -> list[tuple[str, tuple[_Place, ...], dict[Values, list[str]]]]:
        """The other tables whose values all stand in the payload: a field, all their places."""
        placed = [
            (tuple(place_of(name) for name, _ in names), table)
            for names, table in self._tables.items()
            if _is_in_payload(names) and not _is_one_field(names)
        ]
        return [(places[0][0], places, table) for places, table in placed]

    @cached_property
    def _tried(self) -> list[tuple[Names, frozenset[str], dict[Values, list[str]]]]:
        """The others, with the fields that they ask for: what was not captured fits any value."""
        return [
            (names, frozenset(place_of(n)[0] for n, _ in names if not is_beside(n)), table)
            for names, table in self._tables.items()
            if not _is_in_payload(names)
        ]

    @cached_property
    def values(self) -> dict[str, frozenset[str | int]]:
        """All values of each of `fields` that help to name a callback."""
        rows = ((names, row) for names, table in self._tables.items() for row in table)
        pairs = [pair for names, row in rows for pair in zip(names, row, strict=True)]
        return {f: frozenset(v for name, v in pairs if name == (f, False)) for f in self.fields}

    def near(self, payload: Any) -> dict[str, Any]:
        """What keeps a payload from being recognised: fields that with another value would name it.

        Where there are none it is those whose value names no callback, else all of them, which do
        not go together.
        """
        if not isinstance(payload, dict):
            return {}
        present = {field: payload[field] for field in self.fields if field in payload}
        for at, place in self._nested.items():
            if (value := member_at(payload, place)) is not None:
                present[self.fields[at]] = value
        missed = set(self._missed(present))
        strange = {f for f, value in present.items() if _key(value) not in self.values[f]}
        told = (missed & strange) or missed or strange or present.keys()
        return {field: value for field, value in present.items() if field in told}

    def _missed(self, present: dict[str, Any]) -> Iterator[str]:
        """The fields that alone stand between what names callbacks and one of them."""
        for names, table, but_one in self._all_but_one:
            values = tuple(_key(present.get(name)) for name, _ in names)
            if values not in table and all(name in present for name, _ in names):
                for at, (name, _) in enumerate(names):
                    if values[:at] + values[at + 1 :] in but_one[at]:
                        yield name

    @cached_property
    def _all_but_one(self) -> list[tuple[Names, dict[Values, list[str]], list[set[Values]]]]:
        """The tables of the payload, and for each of their names the values of the other names."""
        return [
            (names, table, [{v[:at] + v[at + 1 :] for v in table} for at in range(len(names))])
            for names, table in self._tables.items()
            if _is_in_payload(names)
        ]

    def fits(self, payload: dict[str, Any]) -> bool:
        """Whether a payload names a callback and has half of the fields that it must have."""
        return any(is_half(self._required(path), payload) for path in self.paths(payload))

    def has_two(self, payload: dict[str, Any]) -> bool:
        """Whether a payload names a callback and has two of the fields that it must have."""
        return any(len(self._required(path) & payload.keys()) >= 2 for path in self.paths(payload))

    def resembles(self, payload: dict[str, Any]) -> bool:
        """Whether a payload has half of what a callback must have; most where nothing names it."""
        there = self._members.intersection(payload)
        if len(there) < 2:
            return False
        least = 2 if any(field in payload for field in self.fields) else 3
        if len(there) < least:
            return False
        known = self._resembling.get((there, least))
        if known is None:
            if len(self._resembling) >= _MOST_KNOWN:
                self._resembling.clear()
            known = any(
                is_half(required, there) and len(required & there) >= least
                for required in self._envelopes
            )
            self._resembling[there, least] = known
        return known

    def has_two_of(self, names: Iterable[str]) -> bool:
        """Whether two of these are fields that one callback must have."""
        there = set(names)
        return len(there) > 1 and any(len(there & one) > 1 for one in self._envelopes)

    @cached_property
    def _envelopes(self) -> frozenset[frozenset[str]]:
        return frozenset(map(self._required, self._all))

    @cached_property
    def _members(self) -> frozenset[str]:
        """The fields that any callback must have."""
        return frozenset().union(*self._envelopes)

    def _required(self, path: str) -> frozenset[str]:
        return frozenset(self._load(path).schema.get("required", ()))


def is_half(required: frozenset[str], there: Iterable[str]) -> bool:
    """Whether half of what a callback must have is there."""
    return bool(required) and 2 * len(required.intersection(there)) >= len(required)


class _Request(NamedTuple):
    """A payload and what came beside it; None and "" where that was not captured."""

    payload: dict[str, Any]
    headers: Headers | None
    url: str

    def at(self, name: str) -> Any:
        """The value by which a callback may be named; _UNSEEN where it was not captured."""
        if name.startswith("header "):
            if self.headers is None:
                return _UNSEEN
            wanted = name.removeprefix("header ").lower()
            return next((v for header, v in self.headers if header.lower() == wanted), None)
        if name.startswith("query "):
            wanted = name.removeprefix("query ")
            pairs = parse_qsl(urlsplit(self.url).query, keep_blank_values=True)
            return next((v for n, v in pairs if n == wanted), None) if self.url else _UNSEEN
        return member_at(self.payload, place_of(name))


def _documented(callback: Callback) -> dict[str, Any]:
    """The members that the page of a callback knows."""
    known: dict[str, Any] = callback.schema.get("properties", {})
    return known


def _is_in_payload(names: Names) -> bool:
    return not any(presence or is_beside(name) for name, presence in names)


def _is_one_field(names: Names) -> bool:
    return len(names) == 1 and _is_in_payload(names) and not names[0][0].startswith("/")


def _matching(names: Names, table: dict[Values, list[str]], request: _Request) -> Iterator[str]:
    """The callbacks of a table that a request names, or may where something was not captured."""
    found = []
    for name, _ in names:
        given = request.at(name)
        # What is there and empty names nothing, no more than what is not there; mostly one is not.
        if given is None:
            return
        found.append(given)
    for values, paths in table.items():
        pairs = zip(values, found, names, strict=True)
        if all(
            given is _UNSEEN or presence or _key(given) == value
            for value, given, (_, presence) in pairs
        ):
            yield from paths


def members_of_its_own(callback: Callback, others: Iterable[Callback]) -> set[str]:
    """The members that a callback requires and no other one documents, less what names it.

    What names it is one of them where it wraps the others: it has all that they are named by.
    """
    rest = [one for one in others if one is not callback]
    documented = (one.schema.get("properties", {}) for one in rest)
    own = set(callback.schema.get("required", ())).difference(*documented)
    inside = callback.schema.get("properties", {})
    wraps = all(name in inside for one in rest for name in one.discriminator)
    return own if wraps else own.difference(callback.discriminator)


_PLAIN: Final = frozenset({str, int})  # True is equal to 1, and no name
# Equal to nothing that a discriminator names.
_NO_NAME = object()
_THERE = object()
_UNSEEN = object()


def _key(value: Any) -> Any:
    # In a dictionary True equals 1; to JSON Schema 1.0 does, and is an integer.
    if type(value) is float and value.is_integer():
        return int(value)
    return value if type(value) is str or type(value) is int else _NO_NAME
