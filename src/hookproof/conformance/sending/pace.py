"""Goes slower where a receiver limits how many requests it takes in a second."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

# Seconds: the first distance between requests, the longest, and what they may cost a run together.
_FIRST: Final = 0.02
_LONGEST: Final = 0.64
_MOST: Final = 60.0


@dataclass(slots=True)
class Pace:
    """The distance between the beginnings of two requests, in seconds; none at first."""

    monotonic: Callable[[], float]
    sleep: Callable[[float], None]
    between: float = 0.0
    _last: float = field(default=float("-inf"))
    _spent: float = 0.0

    def keep(self) -> None:
        """Wait until the next request may begin."""
        if not self.between:
            return
        now = self.monotonic()
        wait = self._last + self.between - now
        if wait > 0 and self._spent + wait <= _MOST:
            self._spent += wait
            self.sleep(wait)
            now += wait
        self._last = now

    def slow_down(self) -> None:
        """Double the distance: a request that should be accepted was one too many."""
        self.between = min(max(self.between * 2, _FIRST), _LONGEST)
