"""Tells which documented contradictions a value shows, with as few calls as may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from hookproof.validation.judge import compile_schema
from hookproof.validation.narrow import content_of_quirk

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.contract import Callback

DOUBT: Final = None
# Quirks that are met together; any others are rare.
_MOST_LIKES: Final = 8


class QuirkTest(NamedTuple):
    """A bit for a quirk, the schema that shows it where it shows, and that schema compiled."""

    bit: int
    seen: Any
    shows: Callable[[Any], bool]


def quirks_by_place(callback: Callback, places: list[str]) -> list[list[QuirkTest]]:
    """The quirks that show in the payload itself (""), and in the JSON of each of its fields."""
    by_place: dict[str, list[QuirkTest]] = {place: [] for place in places}
    for at, quirk in enumerate(callback.quirks):
        place, seen = content_of_quirk(quirk.seen) or ("", quirk.seen)
        if place not in by_place:
            place, seen = "", quirk.seen
        by_place[place].append(QuirkTest(1 << at, seen, compile_schema(seen).is_valid))
    return list(by_place.values())


def _shown_in(quirks: list[QuirkTest], value: Any) -> int:
    """The bits of the quirks that a value shows."""
    return sum(quirk.bit for quirk in quirks if quirk.shows(value))


class Sight:
    """Tells which quirks a value shows that fits a narrow schema.

    Quirks that were met together are compiled together with the schema, so that the next value
    like it costs one call.
    """

    def __init__(self, schema: dict[str, Any], quirks: list[QuirkTest]) -> None:
        self._schema = schema
        self._quirks = quirks
        self._fits = compile_schema(schema).is_valid
        # Quirks that were met together, and what only values fit that show just these.
        self.met: list[tuple[int, Callable[[Any], bool]]] = []
        self._learn(0)

    def look(self, value: Any) -> int | None:
        """The bits of the quirks that a value shows, DOUBT where it does not fit."""
        for shown, fits in self.met:
            if fits(value):
                return shown
        return self.look_anew(value)

    def look_anew(self, value: Any) -> int | None:
        """The same of a value that is like none that was `met`."""
        if not self._quirks or not self._fits(value):
            return DOUBT
        shown = _shown_in(self._quirks, value)
        if len(self.met) < _MOST_LIKES:
            self._learn(shown)
        return shown

    def _learn(self, shown: int) -> None:
        # The quirks come first, for they tell soonest that it is another value.
        asked = [q.seen if shown & q.bit else {"not": q.seen} for q in self._quirks]
        fits = compile_schema({"allOf": [*asked, self._schema]}) if asked else None
        self.met.append((shown, fits.is_valid if fits else self._fits))
