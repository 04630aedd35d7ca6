"""What comes in the place of a number or a word: of the same kind and length, and always the same.

A pseudonym depends on the salt and on what it stands for, and on nothing else. So an id becomes
the same one in every file and in every value that holds it, and no list of them is kept.
"""

from __future__ import annotations

import hmac
from functools import lru_cache
from hashlib import shake_256
from typing import TYPE_CHECKING, Final

from hookproof.capture.sanitizing.permutation import Permutation

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
_REMEMBERED: Final = 65536


class Pseudonyms:
    """Gives the pseudonyms of one salt. `bounds` are further numbers that no number crosses.

    A pseudonym of less than 10^12 possible ones is never that of two originals; for longer ones
    that is as good as impossible. Without the salt none leads back.
    """

    def __init__(self, salt: bytes, *, bounds: Iterable[int] = ()) -> None:
        self._salt = salt
        self._bounds = sorted({*_TYPES, *bounds})
        self._permutations: dict[tuple[int, int], Permutation] = {}
        self.digits = lru_cache(_REMEMBERED)(self._digits)
        self.word = lru_cache(_REMEMBERED)(self._word)

    def hexadecimal(self, text: str) -> str:
        """As many hexadecimal digits: letters stay letters, digits digits, dashes dashes."""
        noise = self._noise("hexadecimal", text.lower(), len(text))
        return "".join(map(_in_class, text, noise))

    def foreign(self, text: str, *, length: int) -> str:
        """Latin letters for a text in other ones."""
        return "".join(_LETTERS[byte % 26] for byte in self._noise("foreign", text, length))

    def _digits(self, text: str) -> str:
        number = text.lstrip("0")
        zeros = text[: len(text) - len(number)]
        if not number:
            return text
        if len(number) > _LONGEST_NUMBER:
            first, *rest = self._noise("digits", number, len(number))
            return f"{zeros}{1 + first % 9}{''.join(str(byte % 10) for byte in rest)}"
        return zeros + str(self._number(int(number), len(number)))

    def _number(self, number: int, length: int) -> int:
        low, high = self._range(number, length)
        size = high - low
        if size <= _FEW:
            return low + self._permutation(low, size).moved(number - low)
        noise = int.from_bytes(self._noise("number", str(number), 32), "big") % size
        return low + noise if low + noise != number else low + (noise + 1) % size

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
            size = 26 ** len(word)
            moved = self._permutation(-len(word), size).moved(_rank(word))
            other = _unranked(moved, len(word))
        return "".join(map(_in_case, other, text))

    def _permutation(self, low: int, size: int) -> Permutation:
        """The permutation of a range; that of the words of a length has a number below zero."""
        if (low, size) not in self._permutations:
            key = self._key("permutation", f"{low} {size}")
            self._permutations[low, size] = Permutation(key, size=size)
        return self._permutations[low, size]

    def _noise(self, kind: str, text: str, length: int) -> bytes:
        return shake_256(self._key(kind, text)).digest(length)

    def _key(self, kind: str, text: str) -> bytes:
        return hmac.digest(self._salt, f"{kind}\0{text}".encode("utf-8", "surrogatepass"), "sha256")


def _in_class(char: str, noise: int) -> str:
    if char in _DIGITS:
        return _DIGITS[noise % 10]
    return _in_case(_LETTERS[noise % 6], char) if char.isalpha() else char


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
