"""What comes in the place of a number or a word: of the same kind and length, and always the same.

A pseudonym depends on the salt and on what it stands for, and on nothing else. So an id becomes
the same one in every file and in every value that holds it, and no list of them is kept.
"""

from __future__ import annotations

import hmac
from datetime import date, timedelta
from functools import lru_cache
from hashlib import shake_256
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

# Up to here whoever has the salt could find the original by trying them all, so nothing is lost
# by a mapping that can be walked back with it, and no two of these are ever mixed up.
_FEW: Final = 10**12
_LONGEST_NUMBER: Final = 40
_LONGEST_WORD: Final = 8
# Where the types of numbers end: a number stays within the type that can hold it.
_TYPES: Final = (2**31, 2**32, 2**53, 2**63, 2**64)
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_DIGITS: Final = "0123456789"
_FIRST_DAY: Final = date(1900, 1, 1)
_DAYS: Final = (date(2100, 1, 1) - _FIRST_DAY).days
_REMEMBERED: Final = 65536
_ROUNDS: Final = range(10)


class Pseudonyms:
    """Gives the pseudonyms of one salt. `bounds` are further numbers that no number crosses.

    A pseudonym of less than 10^12 possible ones is never that of two originals; for longer ones
    that is as good as impossible. Without the salt none leads back.
    """

    def __init__(self, salt: bytes, *, bounds: Iterable[int] = ()) -> None:
        self._salt = salt
        self._bounds = sorted({*_TYPES, *bounds})
        self._permutations: dict[tuple[str, int, int], Permutation] = {}
        self.digits = lru_cache(_REMEMBERED)(self._digits)
        self.word = lru_cache(_REMEMBERED)(self._word)
        self.octet = lru_cache(_REMEMBERED)(self._octet)
        self.day = lru_cache(_REMEMBERED)(self._day)

    def hexadecimal(self, text: str) -> str:
        """As many hexadecimal digits: letters stay letters, digits digits, dashes dashes.

        Dashes and case do not count, so that a UUID is the same one however it is written.
        """
        plain = text.replace("-", "").lower()
        noise = iter(self._noise("hexadecimal", plain, len(plain)))
        return "".join(char if char == "-" else _in_class(char, next(noise)) for char in text)

    def foreign(self, text: str, *, length: int) -> str:
        """Latin letters for a text in other ones."""
        return "".join(_LETTERS[byte % 26] for byte in self._noise("foreign", text, length))

    def _octet(self, text: str) -> str:
        """A part of an IPv4 address, as long as it was and below 256."""
        low = 10 ** (len(text) - 1)
        return self._within("octet", low, min(10 * low, 256), text) if text != "0" else text

    def _day(self, day: date) -> date:
        """Another day of these two centuries."""
        moved = self._permutation("day", 0, _DAYS).moved((day - _FIRST_DAY).days)
        return _FIRST_DAY + timedelta(days=moved)

    def time(self, number: int, *, size: int) -> int:
        """Another second, or minute, of a day that has `size` of them."""
        return self._permutation("time", 0, size).moved(number)

    def _within(self, kind: str, low: int, high: int, text: str) -> str:
        return str(low + self._permutation(kind, low, high - low).moved(int(text) - low))

    def _digits(self, text: str) -> str:
        number = text.lstrip("0")
        zeros = text[: len(text) - len(number)]
        if not number:
            return text
        if len(number) > _LONGEST_NUMBER:
            first, *rest = self._noise("digits", number, len(number))
            return f"{zeros}{1 + first % 9}{''.join(str(byte % 10) for byte in rest)}"
        return zeros + self._number(int(number), len(number))

    def _number(self, number: int, length: int) -> str:
        low, high = self._range(number, length)
        size = high - low
        if size <= _FEW:
            return self._within("digits", low, high, str(number))
        noise = int.from_bytes(self._noise("number", str(number), 32), "big") % size
        return str(low + noise if low + noise != number else low + (noise + 1) % size)

    def _range(self, number: int, length: int) -> tuple[int, int]:
        """The numbers that a number may become: as long as it, and on its side of all bounds."""
        least, most = 10 ** (length - 1), 10**length
        low = max([least, *(bound for bound in self._bounds if bound <= number)])
        high = min([most, *(bound for bound in self._bounds if bound > number)])
        # A number that is alone between two bounds must become another one all the same.
        return (low, high) if high - low > 1 else (least, most)

    def _word(self, text: str) -> str:
        word = text.lower()
        if len(word) > _LONGEST_WORD:
            other = "".join(_LETTERS[byte % 26] for byte in self._noise("word", word, len(word)))
        else:
            moved = self._permutation("word", 0, 26 ** len(word)).moved(_rank(word))
            other = _unranked(moved, len(word))
        return "".join(map(_in_case, other, text))

    def _permutation(self, kind: str, low: int, size: int) -> Permutation:
        if (kind, low, size) not in self._permutations:
            key = self._key("permutation", f"{kind} {low} {size}")
            self._permutations[kind, low, size] = Permutation(key, size=size)
        return self._permutations[kind, low, size]

    def _noise(self, kind: str, text: str, length: int) -> bytes:
        return shake_256(self._key(kind, text)).digest(length)

    def _key(self, kind: str, text: str) -> bytes:
        return hmac.digest(self._salt, f"{kind}\0{text}".encode("utf-8", "surrogatepass"), "sha256")


class Permutation:
    """Mixes the numbers below `size` by a key: none meets another, and none stays itself.

    A Feistel network over the next power of four, walked until it comes back into the range.
    Short ids are why it is needed: of digests cut to three digits, many would be alike.
    """

    def __init__(self, key: bytes, *, size: int) -> None:
        self._key = key
        self._size = size
        self._half = max(1, ((size - 1).bit_length() + 1) // 2)
        self._mask = (1 << self._half) - 1

    def moved(self, number: int) -> int:
        """Where a number goes; never to itself, but where it is the only one."""
        # There, one step on, and back: all numbers form one ring, in which none is its own next.
        on = (self._walked(number, _ROUNDS) + 1) % self._size
        return self._swapped(self._walked(self._swapped(on), reversed(_ROUNDS), swapped=True))

    def _walked(self, number: int, rounds: Iterable[int], *, swapped: bool = False) -> int:
        order = tuple(rounds)
        while True:
            number = self._mixed(number, order)
            if (self._swapped(number) if swapped else number) < self._size:
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


def _in_class(char: str, noise: int) -> str:
    if char in _DIGITS:
        return _DIGITS[noise % 10]
    return _in_case(_LETTERS[noise % 6], char)


def _in_case(letter: str, like: str) -> str:
    return letter.upper() if like.isupper() else letter


def _rank(word: str) -> int:
    rank = 0
    for letter in word:
        rank = rank * 26 + ord(letter) - ord("a")
    return rank


def _unranked(rank: int, length: int) -> str:
    letters = []
    for _ in range(length):
        rank, letter = divmod(rank, 26)
        letters.append(_LETTERS[letter])
    return "".join(reversed(letters))
