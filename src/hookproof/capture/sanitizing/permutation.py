"""Mixes a small range of numbers by a key: none meets another, none stays itself."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_ROUNDS: Final = range(10)


class Permutation:
    """A one-to-one mapping of the numbers below `size`, given by a key.

    A Feistel network over the next power of four, walked until it comes back into the range.
    """

    def __init__(self, key: bytes, *, size: int) -> None:
        self._key = key
        self._size = size
        self._half = max(1, ((size - 1).bit_length() + 1) // 2)
        self._mask = (1 << self._half) - 1

    def moved(self, number: int) -> int:
        """Where a number goes; never to itself, but where it is the only one."""
        # There, one step on, and back: all numbers form one ring, in which none is its own next.
        return self._back((self._there(number) + 1) % self._size)

    def _there(self, number: int) -> int:
        number = self._mixed(number, _ROUNDS)
        while number >= self._size:
            number = self._mixed(number, _ROUNDS)
        return number

    def _back(self, number: int) -> int:
        number = self._swapped(self._mixed(self._swapped(number), reversed(_ROUNDS)))
        while number >= self._size:
            number = self._swapped(self._mixed(self._swapped(number), reversed(_ROUNDS)))
        return number

    def _mixed(self, number: int, rounds: Iterable[int]) -> int:
        left, right = number >> self._half, number & self._mask
        for one in rounds:
            message = bytes([one]) + right.to_bytes(8, "big")
            noise = int.from_bytes(hmac.digest(self._key, message, "sha256")[:8], "big")
            left, right = right, left ^ (noise & self._mask)
        return left << self._half | right

    def _swapped(self, number: int) -> int:
        return (number & self._mask) << self._half | number >> self._half
