"""What nothing else has had before: serial numbers, and nonces of kinds that need a try."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    # Makes a nonce of a serial number, another one of each as far as there are so many.
    Nonce = Callable[[int], int]


@dataclass(slots=True)
class Serials:
    """Numbers that rise over all that is sent: by the clock, so that a later run has later ones.

    They are even, or odd for what is sent in between, so that neither depends on the other.
    """

    odd: bool = False
    last: int = 0

    def next(self, now: int) -> int:
        """The number of the moment in milliseconds, or the first one after the last number."""
        self.last = max(self.last + 2, now - (now + self.odd) % 2)
        return self.last


# Six digits beginning with 2 to 9 sort after a ten-digit moment as text, and before it as numbers;
# eight beginning with 10 sort before it in both ways, unlike those of vendors. Sixteen digits are
# beyond 2^53 and odd, so that no double holds them.
NONCES: Final[dict[str, Nonce]] = {
    "six digits": lambda serial: 200_000 + serial * 7_919 % 800_000,
    "eight digits beginning with 10": lambda serial: 10_000_000 + serial * 7_919 % 1_000_000,
    "19 digits": lambda serial: 5_000_000_000_000_000_001 + serial * 1_000_002,
    "an odd number beyond 2^53": lambda serial: 2**53 + 1 + 2 * (serial % 10**14),
}
# There are few of these, so a receiver that remembers nonces may have had each one.
RARE_NONCES: Final[dict[str, Nonce]] = {
    "two digits": lambda serial: 10 + serial % 90,
    "one digit": lambda serial: serial % 10,
}
