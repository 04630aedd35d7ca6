"""The next item can be made before it is asked for, and comes in its turn all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hookproof.conformance.running.case_runner import Ahead

if TYPE_CHECKING:
    from collections.abc import Iterator


def numbers(made: list[int], count: int) -> Iterator[int]:
    """So many numbers, each noted when it is made."""
    for number in range(count):
        made.append(number)
        yield number


def test_nothing_is_made_before_it_is_wanted() -> None:
    """An item is made by a look or when it is asked for, one at a time."""
    made: list[int] = []
    items = Ahead(numbers(made, 3))
    assert made == []
    assert items.look()
    assert items.look()
    assert made == [0]
    assert next(items) == 0
    assert made == [0]
    assert next(items) == 1
    assert made == [0, 1]


def test_items_come_in_their_order_and_once() -> None:
    """However often one looks, all of them come."""
    found = []
    items = Ahead(numbers([], 5))
    for item in items:
        found.append(item)
        if item % 2:
            items.look()
    assert found == [0, 1, 2, 3, 4]


def test_after_the_last_there_is_none() -> None:
    """A look says so, and asking ends the iteration."""
    items = Ahead(iter([1]))
    assert items.look()
    assert next(items) == 1
    assert not items.look()
    assert list(items) == []
