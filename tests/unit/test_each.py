"""`each` tries every value, and hides no failure."""

from __future__ import annotations

import pytest
from each import each


def test_all_are_tried_and_those_that_fail_are_named() -> None:
    """One failure is raised as it is, several together."""
    tried: list[tuple[int, str]] = []

    @each("b", "xy")
    @each("a", range(3))
    def holds(a: int, b: str) -> None:
        tried.append((a, b))
        assert a != 1 or b != "y"

    with pytest.raises(AssertionError) as one:
        holds()
    assert one.value.__notes__ == ["of {'a': 1}", "of {'b': 'y'}"]
    assert len(tried) == 6

    @each(("a", "b"), [(1, 1), (1, 2), (2, 1)])
    def differ(a: int, b: int) -> None:
        assert a == b

    with pytest.raises(BaseExceptionGroup, match="2 of 3 fail"):
        differ()


def test_no_value_is_left_out_by_a_skip() -> None:
    """What is behind it would not be tried."""

    @each("a", [1, 2])
    def skips(a: int) -> None:
        if a == 1:
            pytest.skip("no reason")

    with pytest.raises(AssertionError, match="'a': 1} would be skipped"):
        skips()
