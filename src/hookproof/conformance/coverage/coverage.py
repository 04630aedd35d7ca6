"""How much of what is documented the accepted requests have exercised."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from hookproof.conformance.coverage.schema_inventory import Spot, as_text, spot_of
from hookproof.payload.body import read_body

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.contract import Callback
    from hookproof.http.request import Request


class Aspect(StrEnum):
    """What is counted. A value is one that a page lists, a shape one of several documented."""

    FIELDS = "fields"
    VALUES = "values"
    SHAPES = "shapes"
    ENCODINGS = "encodings"


@dataclass(frozen=True, slots=True)
class Share:
    """So many of the documented were exercised."""

    seen: int
    documented: int

    def __add__(self, other: Share) -> Share:
        """Both together."""
        return Share(self.seen + other.seen, self.documented + other.documented)


@dataclass(slots=True)
class Coverage:
    """What is documented of one callback, and what is left of it that no request has exercised.

    Empty without a callback. `heard` is whether any request was accepted.
    """

    documented: dict[Aspect, int] = field(default_factory=lambda: dict.fromkeys(Aspect, 0))
    missed: dict[Aspect, dict[str, None]] = field(
        default_factory=lambda: {aspect: {} for aspect in Aspect}
    )
    heard: bool = False
    _spot: Spot | None = field(default=None, repr=False)

    def see(self, request: Request) -> None:
        """Count what an accepted request has exercised, read from its bytes."""
        self.heard = True
        self.missed[Aspect.ENCODINGS].pop(request.form.value, None)
        if self._spot is None or not any(self.missed.values()):
            return
        value = read_body(request.body, form=request.form).reading.value
        for spot, inner in self._spot.visits(value):
            self._see_at(spot, inner)

    def _see_at(self, spot: Spot, value: object) -> None:
        """Count what stands at a place, which is not looked for there again."""
        self.missed[Aspect.FIELDS].pop(spot.pointer, None)
        if spot.values:
            name = spot.values.pop(as_text(value), "")
            self.missed[Aspect.VALUES].pop(name, None)
        if spot.shapes:
            for shape in [shape for shape in spot.shapes if shape.fits(value)]:
                spot.shapes.remove(shape)
                self.missed[Aspect.SHAPES].pop(shape.name, None)

    def share(self, aspect: Aspect) -> Share:
        """The count of one aspect."""
        documented = self.documented[aspect]
        return Share(documented - len(self.missed[aspect]), documented)


def coverage_of(callback: Callback) -> Coverage:
    """What is documented of a callback, nothing of it exercised yet."""
    whole = spot_of(callback.schema)
    spots = list(whole.spots())
    names = {
        # The payload as a whole and the elements of a list are no fields.
        Aspect.FIELDS: [
            one.pointer for one in spots if one.pointer and not one.pointer.endswith("/*")
        ],
        Aspect.VALUES: [name for one in spots for name in one.values.values()],
        Aspect.SHAPES: [shape.name for one in spots for shape in one.shapes],
        Aspect.ENCODINGS: [facts.encoding for facts in callback.encodings],
    }
    missed = {aspect: dict.fromkeys(found) for aspect, found in names.items()}
    return Coverage({a: len(found) for a, found in missed.items()}, missed, _spot=whole)


def together(parts: list[Coverage]) -> Iterator[tuple[str, Share]]:
    """The counts of several callbacks: of those themselves, then of each aspect."""
    yield "callbacks", Share(sum(part.heard for part in parts), len(parts))
    for aspect in Aspect:
        shares = (part.share(aspect) for part in parts)
        yield aspect.value, sum(shares, start=Share(0, 0))
