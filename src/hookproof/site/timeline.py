"""When a vendor tries again, as a drawing whose places are parts of its width.

So its words keep their size however narrow the page is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hookproof.delivery.policy import offsets

if TYPE_CHECKING:
    from hookproof.contract.model import Delivery

_LEFT: Final = 4.0
_WIDTH: Final = 92.0
# What a label needs beside another one.
_APART: Final = 9.0
_MINUTE: Final = 60


@dataclass(frozen=True, slots=True)
class Mark:
    """An attempt: its number, when it begins, and its place in percent.

    `label` is "" where there is no room for one, `waits` how wide the wait for an answer is.
    """

    number: int
    at: str
    x: float
    label: str
    waits: float


def timeline(delivery: Delivery) -> tuple[Mark, ...]:
    """The attempts of an event that nobody answers; none where there is nothing to draw."""
    moments = offsets(delivery)
    if len(moments) < 2 or not moments[-1]:
        return ()
    places = [_LEFT + _WIDTH * at / moments[-1] for at in moments]
    wide = _WIDTH * (delivery.timeout or 0) / moments[-1]
    labelled = _labelled(places)
    return tuple(
        Mark(n + 1, told(at), round(x, 2), told(at) if n in labelled else "", min(wide, 100 - x))
        for n, (at, x) in enumerate(zip(moments, places, strict=True))
    )


def told(seconds: float) -> str:
    """A time as people say it: `62 s`, `12 min`."""
    if seconds > 2 * _MINUTE and seconds % _MINUTE == 0:
        return f"{seconds / _MINUTE:g} min"
    return f"{seconds:g} s"


def _labelled(places: list[float]) -> set[int]:
    """The attempts with a label: the first, the last, and those that are far enough from others."""
    last = len(places) - 1
    kept = [0]
    for n, x in enumerate(places[1:-1], 1):
        if x - places[kept[-1]] >= _APART and places[last] - x >= _APART:
            kept.append(n)
    return {*kept, last}
