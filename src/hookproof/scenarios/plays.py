"""The ways in which a vendor may deliver events: orders, duplicates, lost answers, crashes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise, permutations
from math import factorial
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Mapping, Sequence


class Kind(StrEnum):
    """What happens in an act: an answered delivery, or what may go wrong with one.

    lost: the vendor has hung up before the answer, so that it delivers again later. together: two
    deliveries at once. crash: the receiver is started anew. killed: that happens in the middle of
    a delivery, which the vendor then repeats.
    """

    DELIVER = "deliver"
    LOST = "lost"
    TOGETHER = "together"
    CRASH = "crash"
    KILLED = "killed"


class Act(NamedTuple):
    """One thing that happens: its kind, and the events that it is about by their positions.

    `moment` is for `killed`: after which share of the time that an answer takes.
    """

    kind: Kind
    events: tuple[int, ...] = ()
    moment: float = 0.0


Play = tuple[Act, ...]
Order = tuple[int, ...]

# More events have more orders than can be counted one by one in reasonable time.
MOST_COUNTED: Final = 6
# When in a delivery the receiver is killed, as shares of the time that an answer takes.
MOMENTS: Final = (0.2, 0.5, 0.8)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The plays to try, each once, and how many there are. `exact` is False for an upper bound."""

    plays: tuple[Play, ...]
    there_are: int
    exact: bool = True


def plain(events: Sequence[int]) -> Play:
    """Each event once, in this order, all answered."""
    return tuple(Act(Kind.DELIVER, (one,)) for one in events)


def choose(
    after: Mapping[int, frozenset[int]], *, crashes: bool, most: int, chance: random.Random
) -> Chosen:
    """All plays of some events but the plain one, or as many as `most` drawn from them.

    `after` has for each event those that cause it. With `crashes` the receiver is started anew as
    well. What is drawn has all plays of the order in which things happened first: one thing going
    wrong is what happens most often.
    """
    events = tuple(after)
    natural = plain(events)
    if len(events) <= MOST_COUNTED:
        found = dict.fromkeys(
            play for order in _orders(after) for play in _plays_of(order, after, crashes=crashes)
        )
        found.pop(natural, None)
        every = tuple(found)
        if len(every) <= most:
            return Chosen(every, len(every))
        near = dict.fromkeys(_plays_of(events, after, crashes=crashes))
        near.pop(natural, None)
        rest = [play for play in every if play not in near]
        drawn = _sample([*near], most // 2, chance)
        drawn += chance.sample(rest, min(most - len(drawn), len(rest)))
        return Chosen(tuple(drawn), len(every))
    return _drawn(after, crashes=crashes, most=most, chance=chance)


def _sample(plays: list[Play], most: int, chance: random.Random) -> list[Play]:
    return plays if len(plays) <= most else chance.sample(plays, most)


def _drawn(
    after: Mapping[int, frozenset[int]], *, crashes: bool, most: int, chance: random.Random
) -> Chosen:
    """Plays of random orders; how many there are is at most what orders without causes have."""
    events = tuple(after)
    one_order = dict.fromkeys(_plays_of(events, after, crashes=crashes))
    one_order.pop(plain(events))
    drawn = dict.fromkeys(_sample([*one_order], most // 2, chance))
    for _ in range(most * 20):
        if len(drawn) >= most:
            break
        play = chance.choice([*_plays_of(_random(after, chance), after, crashes=crashes)])
        if play != plain(events):
            drawn[play] = None
    return Chosen(tuple(drawn), factorial(len(events)) * len(one_order), exact=False)


def _orders(after: Mapping[int, frozenset[int]]) -> Iterator[Order]:
    """The orders in which each event comes after those that cause it."""
    for order in permutations(after):
        if all(after[one] <= {*order[:at]} for at, one in enumerate(order)):
            yield order


def _random(after: Mapping[int, frozenset[int]], chance: random.Random) -> Order:
    left, order = list(after), list[int]()
    while left:
        ready = [one for one in left if after[one] <= {*order}]
        order.append(chance.choice(ready))
        left.remove(order[-1])
    return tuple(order)


def _plays_of(
    order: Order, after: Mapping[int, frozenset[int]], *, crashes: bool
) -> Iterator[Play]:
    """The plays of one order with at most one thing going wrong."""
    acts = plain(order)
    yield acts
    for at, one in enumerate(order):
        again, lost = Act(Kind.DELIVER, (one,)), Act(Kind.LOST, (one,))
        for later in range(at + 1, len(acts) + 1):
            yield (*acts[:later], again, *acts[later:])
            yield (*acts[:at], lost, *acts[at + 1 : later], again, *acts[later:])
        yield (*acts[:at], Act(Kind.TOGETHER, (one, one)), *acts[at + 1 :])
        if crashes:
            yield (*acts[: at + 1], Act(Kind.CRASH), *acts[at + 1 :])
            for moment in MOMENTS:
                yield (*acts[:at], Act(Kind.KILLED, (one,), moment), *acts[at + 1 :])
    for at, (one, other) in enumerate(pairwise(order)):
        if one not in after[other]:
            both = Act(Kind.TOGETHER, (min(one, other), max(one, other)))
            yield (*acts[:at], both, *acts[at + 2 :])


def deliveries(play: Play) -> int:
    """How many deliveries a play has; that of a killed receiver is repeated."""
    return sum(len(act.events) + (act.kind is Kind.KILLED) for act in play)


def told(play: Play, names: Sequence[str]) -> str:
    """A play in words."""
    words = []
    seen: set[int] = set()
    for act in play:
        named = [f"{names[one]} again" if one in seen else names[one] for one in act.events]
        match act.kind:
            case Kind.DELIVER:
                words.append(named[0])
            case Kind.LOST:
                words.append(f"{named[0]} (answer lost)")
            case Kind.TOGETHER:
                twin = act.events[0] == act.events[1]
                words.append(
                    f"{named[0]} twice at once" if twin else f"{' and '.join(named)} at once"
                )
            case Kind.KILLED:
                words.append(f"{named[0]} (killed in the middle, started anew, delivered again)")
            case Kind.CRASH:
                words.append("(started anew)")
        seen |= {*act.events}
    return ", then ".join(words)


def smaller(play: Play, after: Mapping[int, frozenset[int]]) -> Iterator[Play]:
    """Plays with less in them, the smallest first: without an event, without a fault, in order."""
    events = {one for act in play for one in act.events}
    for one in sorted(events):
        if not any(one in after[other] for other in events) and len(events) > 1:
            yield _without(play, one)
    for at, act in enumerate(play):
        rest = (*play[:at], *play[at + 1 :])
        if {one for a in rest for one in a.events} == events:
            yield rest
        if act.kind in {Kind.LOST, Kind.KILLED}:
            yield (*play[:at], Act(Kind.DELIVER, act.events), *play[at + 1 :])
        if act.kind is Kind.TOGETHER:
            yield (*play[:at], *plain(tuple(dict.fromkeys(act.events))), *play[at + 1 :])
            yield (*play[:at], *plain(act.events), *play[at + 1 :])
    for at, (act, following) in enumerate(pairwise(play)):
        if act.kind is following.kind is Kind.DELIVER and act.events > following.events:
            yield (*play[:at], following, act, *play[at + 2 :])


def _without(play: Play, event: int) -> Play:
    kept = []
    for act in play:
        events = tuple(one for one in act.events if one != event)
        if act.events and not events:
            continue
        kind = Kind.DELIVER if act.kind is Kind.TOGETHER and len(events) == 1 else act.kind
        kept.append(Act(kind, events, act.moment))
    return tuple(kept)


def holds(play: Play, smallest: Play) -> bool:
    """Whether all that is in a small play happens in a larger one, in the same order."""
    acts = iter(play)
    return all(any(_is_like(act, wanted) for act in acts) for wanted in smallest)


def _is_like(act: Act, wanted: Act) -> bool:
    if wanted.kind is Kind.DELIVER:
        return act.kind is not Kind.CRASH and wanted.events[0] in act.events
    return act.kind is wanted.kind and act.events == wanted.events
