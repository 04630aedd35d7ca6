"""How long a receiver may be down without losing an event, and what an outage has cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hookproof.delivery.policy import offsets

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hookproof.contract.model import Delivery

# From, and up to but without, in seconds of one clock.
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Tolerance:
    """What the retries of one delivery bridge, in seconds.

    `attempts` are when attempts begin after the first where nobody answers. Such an outage of at
    most `down` costs nothing; one in which requests hang may last `hanging`, and one that a proxy
    answers with a 5xx `failing`.
    """

    attempts: tuple[float, ...]
    down: float
    hanging: float
    failing: float


def tolerance(delivery: Delivery) -> Tolerance:
    """What one version of a page bridges; without retries, nothing."""
    attempts = offsets(delivery)
    hanging, failing = offsets(delivery, hanging=True), offsets(delivery, status=503)
    return Tolerance(attempts, attempts[-1], hanging[-1], failing[-1])


def lost(delivery: Delivery, outages: Iterable[Interval]) -> list[Interval]:
    """The moments of first attempts that are lost: all their attempts fall into outages.

    During an outage each attempt fails at once.
    """
    down = merged(outages)
    remaining = down
    for offset in offsets(delivery)[1:]:
        remaining = _both(remaining, [(start - offset, end - offset) for start, end in down])
    return remaining


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """Intervals in order, those that touch joined, empty ones left out."""
    found: list[Interval] = []
    for start, end in sorted(one for one in intervals if one[0] < one[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _both(ones: Sequence[Interval], others: Sequence[Interval]) -> list[Interval]:
    """Where both hold; each list is in order and its intervals are apart."""
    pairs = ((max(a, c), min(b, d)) for a, b in ones for c, d in others)
    return merged(pairs)
