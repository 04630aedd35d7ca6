"""The order in which cases are sent: a run that is cut short has still tried every check."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Step = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Lane:
    """Steps of one kind, and how many of them come before the rest of any lane."""

    steps: tuple[Step, ...]
    first: int


def in_order(lanes: Iterable[Lane]) -> tuple[list[Step], list[Step]]:
    """The first steps of all lanes, then all others, one lane after another in turns."""
    known = list(lanes)
    first = [step for lane in known for step in lane.steps[: lane.first]]
    rest = chain.from_iterable(zip_longest(*(lane.steps[lane.first :] for lane in known)))
    return first, list(_present(rest))


def _present(steps: Iterable[Step | None]) -> Iterator[Step]:
    return (step for step in steps if step is not None)
