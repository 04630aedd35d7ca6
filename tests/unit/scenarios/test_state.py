"""States are compared by what the deliveries made of them, not by what is there by chance."""

from __future__ import annotations

import pytest

from hookproof.scenarios.state import (
    Fault,
    NotRepeatable,
    by_chance,
    differences,
    masked,
    meaning,
    named,
)

ROWS = {"tasks": {"{task}": "stop"}, "rows": [{"seq": 1, "at": 5}, {"seq": 2, "at": 6}], "n": 2}
CHANCE = frozenset({("rows", "*", "at")})


def test_values_of_the_cast_have_their_names() -> None:
    """As keys, within texts and as numbers; nothing else is touched."""
    state = {"task-17": ["x/task-17.mp4", 17, 170, "17"], "n": 1}
    cast = {"task": "task-17", "file": 17}
    assert named(state, cast) == {"{task}": ["x/{task}.mp4", "{file}", 170, "{file}"], "n": 1}


def test_what_differs_between_equal_runs_is_by_chance() -> None:
    """Moments and nonces of rows; the order of rows does not count."""
    other = {**ROWS, "rows": [{"seq": 1, "at": 7}, {"seq": 2, "at": 9}]}
    assert {*by_chance(ROWS, other)} == {*CHANCE}
    turned = {**ROWS, "rows": [*reversed(ROWS["rows"])]}
    assert [*by_chance(ROWS, turned)] == []


def test_rows_in_an_order_of_their_own_hide_nothing() -> None:
    """Sorted by what is by chance, they are still told apart by what is not."""
    one = [{"key": "a", "seq": 1, "kind": "x"}, {"key": "b", "seq": 2, "kind": "y"}]
    other = [{"key": "c", "seq": 2, "kind": "y"}, {"key": "d", "seq": 1, "kind": "x"}]
    assert {*by_chance(one, other)} == {("*", "key")}
    assert {*by_chance([5, 1, 2], [1, 2, 6])} == {("*",)}


@pytest.mark.parametrize(
    "other",
    [
        {**ROWS, "more": 1},
        {**ROWS, "rows": ROWS["rows"][:1]},
        {**ROWS, "n": [2]},
    ],
)
def test_another_shape_proves_nothing(other) -> None:
    """The same deliveries must lead to states that can be laid beside each other."""
    with pytest.raises(NotRepeatable):
        list(by_chance(ROWS, other))


def test_numbers_of_rows_tell_of_the_order_alone() -> None:
    """A database gives them as rows come; another status is another matter."""
    wanted = [{"id": 1, "seq": 1}, {"id": 2, "seq": 2}]
    assert differences(wanted, [{"id": 1, "seq": 2}, {"id": 2, "seq": 1}], frozenset()) == []
    assert differences(wanted, [{"id": 3, "seq": 2}, {"id": 9, "seq": 1}], frozenset()) == []
    assert differences(wanted, [{"id": 1, "seq": 1}, {"id": 2, "seq": 3}], frozenset())
    one = {"task": {"status": 2}}
    assert differences(one, {"task": {"status": 1}}, frozenset())


@pytest.mark.parametrize(
    ("found", "again", "cut", "fault"),
    [
        ({**ROWS, "rows": [*ROWS["rows"], {"seq": 2, "at": 6}]}, True, False, Fault.DOUBLED),
        ({**ROWS, "n": 3}, True, False, Fault.DOUBLED),
        ({**ROWS, "rows": ROWS["rows"][1:]}, False, False, Fault.MISSING),
        ({**ROWS, "n": 1}, True, False, Fault.MISSING),
        ({**ROWS, "tasks": {"{task}": "start"}}, False, False, Fault.STALE),
        ({**ROWS, "n": 1}, True, True, Fault.TORN),
        ({**ROWS, "tasks": {"{task}": ""}}, True, True, Fault.TORN),
        ({**ROWS, "tasks": {"{task}": ""}}, False, False, Fault.STALE),
        ({**ROWS, "tasks": {}}, False, False, Fault.MISSING),
        ({**ROWS, "tasks": {**ROWS["tasks"], "{gone}": "start"}}, False, False, Fault.STALE),
    ],
)
def test_what_a_difference_means(found, again, cut, fault) -> None:
    """Missing, doubled, stale or torn."""
    ones = differences(ROWS, found, CHANCE)
    assert ones
    assert meaning(ones, masked(ROWS, CHANCE), again=again, cut=cut) is fault
