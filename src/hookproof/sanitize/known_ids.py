"""The ids that captures hold, so that each is found again where it is glued to other letters.

`alice` in `aliceroom` or `task6f1e…` are single words to whoever has not seen `alice` alone. All
captures of a run are read for their ids before the first one is written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# A value of more words than a name has is a sentence.
_LONGEST_VALUE: Final = 64
_MOST_RUNS: Final = 3
_RUN: Final = re.compile(
    r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9A-Za-z]+|[^\x00-\x7f]+"
)
# Shorter ones are told as whole words only, for they stand in others by chance.
_SHORTEST: Final = 3
_SHORTEST_GLUED: Final = 4
_SHORTEST_FOREIGN: Final = 2
_LONGEST_RUN: Final = 256
_NAME_PARTS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+|[^\x00-\x7f]+")


class KnownIds:
    """The ids of a run. Words of the contract's `vocabulary` are none."""

    def __init__(self, vocabulary: Iterable[str] = ()) -> None:
        self._vocabulary = frozenset(vocabulary)
        self._ids: set[str] = set()
        self._lengths: set[int] = set()

    def learn(self, values: Iterable[str]) -> None:
        """Take note of the values that will be replaced."""
        for value in values:
            runs = _RUN.findall(value) if len(value) <= _LONGEST_VALUE else []
            if len(runs) <= _MOST_RUNS:
                for run in (run.replace("-", "").lower() for run in runs):
                    self._add(run)
                    for word in re.findall("[a-z]+", run):
                        self._add(word)

    def _add(self, word: str) -> None:
        shortest = _SHORTEST if word.isascii() else _SHORTEST_FOREIGN
        if len(word) >= shortest and not word.isdigit() and word not in self._vocabulary:
            self._ids.add(word)
            if len(word) >= _SHORTEST_GLUED or not word.isascii():
                self._lengths.add(len(word))

    def betrayed_by(self, name: str) -> bool:
        """Whether a name is made of an id, or of one and other words."""
        words = [part.lower() for part in _NAME_PARTS.findall(name)]
        return not self._ids.isdisjoint([name.lower(), *name.lower().split("_"), *words])

    def split(self, run: str) -> Iterator[tuple[int, int]]:
        """The spans of the ids in a run of letters and digits, and of what stands around them."""
        word = run.lower()
        if not self._ids or len(run) > _LONGEST_RUN or len(word) != len(run) or word in self._ids:
            yield 0, len(run)
            return
        done = at = 0
        while at < len(word):
            size = self._id_at(word, at)
            if size:
                if done < at:
                    yield done, at
                yield at, at + size
                done = at + size
            at += size or 1
        if done < len(word):
            yield done, len(word)

    def _id_at(self, word: str, at: int) -> int:
        """The length of the longest id at a place, 0 for none; a number is never cut in two."""
        for size in sorted(self._lengths, reverse=True):
            end = at + size
            is_id = end <= len(word) and word[at:end] in self._ids
            if is_id and not _within_number(word, at) and not _within_number(word, end):
                return size
        return 0


def _within_number(word: str, at: int) -> bool:
    return 0 < at < len(word) and word[at - 1].isdigit() and word[at].isdigit()
