"""The ways of delivering are all there, each once; a failing one is made smaller step by step."""

from __future__ import annotations

import random
from itertools import permutations

import pytest

from hookproof.scenarios.plays import (
    Act,
    Kind,
    choose,
    deliveries,
    holds,
    plain,
    smaller,
    told,
)

FREE = {0: frozenset(), 1: frozenset(), 2: frozenset()}
NAMES = ["start", "update", "stop"]


def chosen(after, *, crashes=False, most=10_000, seed=1):
    """What is chosen of some events."""
    return choose(after, crashes=crashes, most=most, chance=random.Random(seed))


def test_every_order_and_every_duplicate_is_there_once() -> None:
    """Counted by hand: three events in 6 orders, and each of them twice in 4!/2 sequences."""
    found = chosen(FREE)
    assert (found.exact, found.there_are) == (True, len(found.plays))
    assert len(set(found.plays)) == len(found.plays)
    orders = {plain(order) for order in permutations(range(3))}
    assert orders - {*found.plays} == {plain(range(3))}
    only = [p for p in found.plays if all(act.kind is Kind.DELIVER for act in p)]
    assert len([play for play in only if len(play) == 4]) == 3 * 12
    lost = [p for p in found.plays if any(act.kind is Kind.LOST for act in p)]
    assert len(lost) == 3 * 12
    assert len([p for p in found.plays if any(a.kind is Kind.TOGETHER for a in p)]) == 6 + 18


def test_crashes_come_between_and_within_deliveries() -> None:
    """After each delivery, and at three moments of each; only where they are possible."""
    assert not any(act.kind is Kind.CRASH for play in chosen(FREE).plays for act in play)
    plays = chosen(FREE, crashes=True).plays
    assert len([p for p in plays if any(a.kind is Kind.CRASH for a in p)]) == 6 * 3
    assert len([p for p in plays if any(a.kind is Kind.KILLED for a in p)]) == 6 * 3 * 3


def test_what_is_caused_never_comes_first() -> None:
    """Nor at the same time as its cause."""
    after = {0: frozenset(), 1: frozenset(), 2: frozenset({0, 1})}
    for play in chosen(after).plays:
        first = {one: at for at, act in reversed([*enumerate(play)]) for one in act.events}
        assert first[2] > max(first[0], first[1])


def test_a_sample_says_of_how_many_and_is_the_same_by_its_seed() -> None:
    """One thing going wrong in the usual order is in each sample before anything else."""
    all_of_them = chosen(FREE)
    some, again, other = chosen(FREE, most=20), chosen(FREE, most=20), chosen(FREE, most=20, seed=2)
    assert (len(some.plays), some.there_are) == (20, len(all_of_them.plays))
    assert some.plays == again.plays != other.plays
    assert {*some.plays} <= {*all_of_them.plays}


def test_many_events_are_drawn_and_bounded() -> None:
    """Twelve have more orders than can be counted, and are still tried."""
    after = {one: frozenset({one - 1}) if one % 3 == 2 else frozenset() for one in range(12)}
    found = chosen(after, most=50)
    assert len(found.plays) == 50 == len({*found.plays})
    assert not found.exact
    assert found.there_are > 10**9
    for play in found.plays:
        order = [one for act in play for one in act.events]
        assert all(order.index(one - 1) < order.index(one) for one in range(2, 12, 3))


def test_shrinking_ends_and_never_grows() -> None:
    """Each smaller play has no more in it, and following any way comes to an end."""
    for play in chosen(FREE, crashes=True).plays[::7]:
        current, steps = play, 0
        while ones := [one for one in smaller(current, FREE) if one != current]:
            assert all(deliveries(one) <= deliveries(current) + 1 for one in ones)
            current, steps = ones[-1], steps + 1
            assert steps < 60, told(play, NAMES)


def test_a_cause_is_not_left_out_before_what_it_causes() -> None:
    """The events of a smaller play are ones that could have happened."""
    after = {0: frozenset(), 1: frozenset({0})}
    events = {frozenset(a.events[0] for a in one) for one in smaller(plain((0, 1, 1)), after)}
    assert frozenset({1}) not in events


@pytest.mark.parametrize(
    ("play", "smallest", "is_in"),
    [
        (plain((2, 0, 1)), plain((2, 0)), True),
        (plain((0, 2, 1)), plain((2, 0)), False),
        (plain((0, 1, 2, 0)), plain((0, 0)), True),
        ((Act(Kind.LOST, (0,)), *plain((1, 0))), plain((0, 0)), True),
        ((Act(Kind.TOGETHER, (0, 1)),), (Act(Kind.TOGETHER, (0, 1)),), True),
        (plain((0, 1)), (Act(Kind.TOGETHER, (0, 1)),), False),
    ],
)
def test_a_known_cause_is_known_again(play, smallest, is_in) -> None:
    """Where all of it happens in a larger play, in its order."""
    assert holds(play, smallest) is is_in


def test_plays_are_told_in_words() -> None:
    """By the names of the steps."""
    play = (Act(Kind.LOST, (0,)), Act(Kind.TOGETHER, (1, 2)), *plain((0,)), Act(Kind.CRASH))
    words = "start (answer lost), then update and stop at once, then start again"
    assert told(play, NAMES) == f"{words}, then (started anew)"
