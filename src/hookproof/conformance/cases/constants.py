"""What is the same in all that a run sends: the account's own values, and what the caller gave."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from hookproof.conformance.cases.marks import is_held, marks_of
from hookproof.conformance.cases.mutation_points import put
from hookproof.payload.decode import decode_text
from hookproof.payload.pointer import to_pointer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from hookproof.contract import Callback
    from hookproof.http.target import GivenHeader
    from hookproof.payload.scan import Path

# What belongs to a vendor's account, or exists there: its value by vendor and name.
Names = dict[tuple[str, str], Any]


@dataclass(frozen=True, slots=True)
class Setting:
    """A value that the caller has given to a place, as it was typed."""

    parts: tuple[str, ...]
    text: str

    def value_like(self, known: Any) -> Any:
        """The value in the type of the one that stands there, as JSON where none does."""
        try:
            value = json.loads(self.text)
        except ValueError:
            return self.text
        return self.text if isinstance(known, str) and not isinstance(value, str) else value

    def way_in(self, payload: Any) -> tuple[Path, Any] | None:
        """The way to its place in a payload and what stands there; None where it has no room."""
        way: list[str | int] = []
        for part in self.parts:
            if isinstance(payload, str):
                payload = decode_text(payload).value
            last = len(way) == len(self.parts) - 1
            if isinstance(payload, dict) and (part in payload or last):
                way.append(part)
                payload = payload.get(part)
            elif isinstance(payload, list) and part.isdecimal() and int(part) < len(payload):
                way.append(int(part))
                payload = payload[int(part)]
            else:
                return None
        return tuple(way), payload


@dataclass(frozen=True)
class Constants:
    """The constants of one callback; nothing is constant unless something is given.

    `account` and `objects` have values by their names in the contract, which marks their fields.
    """

    callback: Callback
    account: Mapping[str, Any] = field(default_factory=dict)
    objects: Mapping[str, Any] = field(default_factory=dict)
    settings: tuple[Setting, ...] = ()

    @cached_property
    def _marked(self) -> list[tuple[Any, Mapping[str, Any]]]:
        schema = self.callback.schema
        kinds = (("x-account", self.account), ("x-object", self.objects))
        return [(marks_of(schema, word=word), values) for word, values in kinds if values]

    def values(self, payload: dict[str, Any]) -> Iterator[tuple[Path, Any]]:
        """The places of a payload that are constant, each with its value there."""
        for marks, values in self._marked:
            for path, known, names in marks.places(payload):
                if names[0] in values and not isinstance(known, dict | list):
                    yield path, like(known, values[names[0]])
        for setting in self.settings:
            found = setting.way_in(payload)
            if found:
                yield found[0], setting.value_like(found[1])

    def samples(self, payload: dict[str, Any], given: Names) -> Iterator[tuple[str, str]]:
        """What is sent of the account that nobody has `given`: where it is, and how to give it."""
        for one in self.callback.request_fields:
            if one.account and one.is_sample and (self.callback.vendor, one.account) not in given:
                name = one.place.field
                way = f"?{name}=… in the URL" if one.place.in_query else f"--header '{name}: …'"
                yield str(one.place), way
        marks = marks_of(self.callback.schema, word="x-account")
        for path, _, names in marks.places(payload):
            if (self.callback.vendor, names[0]) not in given:
                yield to_pointer(path), f"--set {to_pointer(path)}=…"

    def places(self, payload: dict[str, Any]) -> list[Path]:
        """The places of a payload that are constant."""
        return [path for path, _ in self.values(payload)]

    def put_into(
        self, payload: dict[str, Any], *, kept: frozenset[str], accepts: Callable[[str, Any], bool]
    ) -> dict[str, Any]:
        """The payload with the constants, but for what is kept and what is broken on purpose."""
        for path, value in self.values(payload):
            name = str(path[0])
            if is_held(path, kept) or not accepts(name, payload.get(name)):
                continue
            changed = put(payload, path, value)
            if accepts(name, changed[name]):
                payload = changed
        return payload

    @cached_property
    def as_sent(self) -> Callback:
        """The callback with its account's values in its headers and query parameters."""
        fields = tuple(
            replace(one, text=str(self.account.get(one.account, one.text)))
            for one in self.callback.request_fields
        )
        return replace(self.callback, request_fields=fields)


def overlaps(path: Path, places: Sequence[Path]) -> bool:
    """Whether a place is one of these, within one of them, or has one in it."""
    return any(one[: len(path)] == path or path[: len(one)] == one for one in places)


def like(known: Any, value: Any) -> Any:
    """A value in the type of the one that stands there, where it can be told so."""
    if isinstance(known, str):
        return str(value)
    return int(value) if str(value).isdecimal() else value


def for_callback(
    callback: Callback, account: Names, objects: Names, settings: Sequence[Setting]
) -> Constants:
    """The constants of one callback, of what a run has of all vendors."""
    mine, others = (
        {name: value for (whose, name), value in names.items() if whose == callback.vendor}
        for names in (account, objects)
    )
    return Constants(callback, mine, others, tuple(settings))


def account_of(
    callbacks: Sequence[Callback], *, settings: Sequence[Setting], headers: Sequence[GivenHeader]
) -> Names:
    """The values of the account for a whole run: what was given, else the first sample's."""
    found = given_account(callbacks, settings=settings, headers=headers)
    for callback in callbacks:
        found = named_in(callback, callback.examples[0].payload) | found
    for callback in callbacks:
        for one in callback.request_fields:
            if one.account:
                found.setdefault((callback.vendor, one.account), one.text)
    return found


def given_account(
    callbacks: Sequence[Callback], *, settings: Sequence[Setting], headers: Sequence[GivenHeader]
) -> Names:
    """The values of the account that the caller has given: in a header, else in a setting."""
    found: Names = {}
    # One that is secret stays where it is given.
    given = {header.name.lower(): header.value for header in headers if not header.variable}
    for callback in callbacks:
        for one in callback.request_fields:
            if one.account and one.place.within == "header" and one.place.field.lower() in given:
                found.setdefault((callback.vendor, one.account), given[one.place.field.lower()])
    for callback in callbacks:
        found = named_in(callback, _set(callback, settings), only=settings) | found
    return found


def named_in(
    callback: Callback,
    payload: dict[str, Any],
    *,
    word: str = "x-account",
    only: Iterable[Setting] | None = None,
) -> Names:
    """The names that a payload has values of; with `only` those that these settings are about."""
    ways = None if only is None else [one.way_in(payload) for one in only]
    places = None if ways is None else {way[0] for way in ways if way}
    found: Names = {}
    for path, value, names in marks_of(callback.schema, word=word).places(payload):
        if (
            not isinstance(value, dict | list)
            and value not in {"", 0}
            and (places is None or path in places)
        ):
            found.setdefault((callback.vendor, names[0]), value)
    return found


def _set(callback: Callback, settings: Sequence[Setting]) -> dict[str, Any]:
    payload = callback.examples[0].payload
    for setting in settings:
        found = setting.way_in(payload)
        if found:
            payload = put(payload, found[0], setting.value_like(found[1]))
    return payload
