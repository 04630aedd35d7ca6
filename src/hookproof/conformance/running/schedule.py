"""The order in which cases are sent: a run that is cut short has still tried every check."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hookproof.conformance.cases.cases import Case

    Step = Case | Callable[[], None]


@dataclass(frozen=True, slots=True)
class Lane:
    """Steps of one kind, and how many of them come before the rest of any lane.

    Those come in turns as well, so that a run of twenty requests has tried every check.

    A step is a case to be sent, or what sends something by itself.
    """

    steps: tuple[Step, ...]
    first: int


def first_of(lanes: Iterable[Lane]) -> list[Step]:
    """The steps of all lanes that come first, one of each lane in turns."""
    return in_turns(lane.steps[: lane.first] for lane in lanes)


def rest_of(lanes: Iterable[Lane]) -> list[Step]:
    """All other steps, one of each lane in turns."""
    return in_turns(lane.steps[lane.first :] for lane in lanes)


def in_turns(parts: Iterable[Iterable[Step]]) -> list[Step]:
    """One of each part by turns, until all are through."""
    steps = chain.from_iterable(zip_longest(*parts))
    return [step for step in steps if step is not None]
