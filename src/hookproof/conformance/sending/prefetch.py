"""Has the next request ready while the answer to the one before is awaited."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Generic, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

Item = TypeVar("Item")


class Ahead(Generic[Item]):
    """An iterator whose next item can be made before it is asked for."""

    def __init__(self, items: Iterator[Item]) -> None:
        self._items = items
        self._made: list[Item] = []

    def look(self) -> bool:
        """Make the next item now; False where there is none. What making it raises passes."""
        if not self._made:
            self._made.extend(islice(self._items, 1))
        return bool(self._made)

    def __iter__(self) -> Self:
        """Itself."""
        return self

    def __next__(self) -> Item:
        """The item that was made, or the one that is made now."""
        return self._made.pop() if self._made else next(self._items)
