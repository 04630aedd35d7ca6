"""The proof that all ways of delivering events lead to one state, or the shortest that does not."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from hookproof.errors import TargetUnreachable
from hookproof.scenarios.plays import Kind, choose, deliveries, holds, plain, smaller, told
from hookproof.scenarios.probe import NotRead
from hookproof.scenarios.state import (
    Fault,
    NotRepeatable,
    by_chance,
    differences,
    masked,
    meaning,
)

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from hookproof.scenarios.plays import Chosen, Play
    from hookproof.scenarios.runs import Run, Runs
    from hookproof.scenarios.state import Difference, Way

# Seconds between two runs of the same, so that a clock shows that counts in seconds.
_APART: Final = 1.1
# How often what depends on a moment is tried until it counts as steady.
_TRIES: Final = 4
_MOST_CAUSES: Final = 6
# Seconds without change before a state counts that is blamed.
_PATIENT: Final = 0.5
_BY_MOMENT: Final = frozenset({Kind.LOST, Kind.TOGETHER, Kind.KILLED})


@dataclass(frozen=True, slots=True)
class Cause:
    """What leads to another state: the shortest plays, and how many of those tried hold one.

    Plays with the same fault at the same places are one cause; `told` has each in words, and
    `differences` are those of the first.
    """

    fault: Fault
    plays: tuple[Play, ...]
    told: tuple[str, ...]
    differences: tuple[Difference, ...]
    refused: tuple[str, ...] = ()
    count: int = 1

    @property
    def key(self) -> tuple[Fault, frozenset[Way]]:
        """What causes are put together by."""
        return self.fault, frozenset(one.way for one in self.differences)

    @property
    def is_at_once(self) -> bool:
        """Whether it takes two deliveries at once, which then come in one order or the other."""
        return all(any(act.kind is Kind.TOGETHER for act in play) for play in self.plays)

    def joined(self, other: Cause) -> Cause | None:
        """This one and another, where they are the same; None where they are two.

        Two at once that lead to what an order leads to show that order, and say less of it.
        """
        if self.key == other.key:
            return self.with_one_more(other)
        if self.key[1] != other.key[1] or self.is_at_once == other.is_at_once:
            return None
        if other.is_at_once:
            return self.with_one_more(other)
        return replace(other.with_one_more(self), count=self.count + 1)

    def with_one_more(self, other: Cause | None = None) -> Cause:
        """This one, seen once more, perhaps by another play."""
        if other is None or other.plays[0] in self.plays:
            return replace(self, count=self.count + 1)
        plays, told = self.plays + other.plays, self.told + other.told
        return replace(self, plays=plays, told=told, count=self.count + 1)


@dataclass
class Proof:
    """What came of it. `not_checked` says why nothing was proved, `ended` why not all was tried."""

    seed: int
    there_are: int = 0
    exact: bool = True
    chosen: int = 0
    tried: int = 0
    causes: list[Cause] = field(default_factory=list)
    not_checked: str = ""
    ended: str = ""
    unsteady: int = 0
    not_compared: list[str] = field(default_factory=list)
    runs: int = 0

    @property
    def verdict(self) -> str:
        """pass, fail, or incomplete where nothing speaks against it and not all was tried."""
        if self.causes:
            return "fail"
        return "incomplete" if self.not_checked or self.ended else "pass"


def prove(
    runs: Runs,
    *,
    most: int,
    seed: int,
    chance: random.Random,
    time_is_up: Callable[[], bool],
) -> Proof:
    """Try the plays of a scenario, each failing one twice, and make it as short as it goes."""
    proof = Proof(seed)
    steps = runs.stage.scenario.steps
    after = {at: step.after for at, step in enumerate(steps)}
    try:
        judge = _Judge.of(runs)
    except NotRead as problem:
        proof.not_checked = str(problem)
        proof.runs = runs.count
        return proof
    proof.not_compared = sorted("/" + "/".join(way) for way in judge.ways)
    chosen: Chosen = choose(after, crashes=runs.restart is not None, most=most, chance=chance)
    proof.there_are, proof.exact = chosen.there_are, chosen.exact
    proof.chosen = len(chosen.plays)
    play: Play = ()
    try:
        for play in chosen.plays:
            if time_is_up():
                proof.ended = "the time was up"
                break
            _try(play, judge, proof)
            proof.tried += 1
        if not judge.is_steady():
            proof.not_checked = "the events in their order no longer lead to the state of before"
            proof.causes.clear()
    except NotRead as problem:
        proof.ended = str(problem)
    except TargetUnreachable:
        names = [step.name for step in steps]
        proof.ended = f"nobody listens any more, since: {told(play, names)}"
    proof.runs = runs.count
    return proof


def _try(play: Play, judge: _Judge, proof: Proof) -> None:
    if not judge.differ(play, judge.runs.run(play)):
        return
    for at, cause in enumerate(proof.causes):
        if any(holds(play, one) for one in cause.plays):
            proof.causes[at] = cause.with_one_more()
            return
    if len(proof.causes) >= _MOST_CAUSES:
        return
    confirmed = judge.fails(play, settle=judge.patience)
    if confirmed is None:
        proof.unsteady += 1
        return
    found = judge.smallest(play, confirmed)
    for at, cause in enumerate(proof.causes):
        if both := cause.joined(found):
            proof.causes[at] = both
            return
    proof.causes.append(found)


@dataclass
class _Judge:
    """Knows the state that events in their order lead to, and what is there by chance."""

    runs: Runs
    ways: frozenset[Way]
    known: dict[tuple[int, ...], Any]

    @classmethod
    def of(cls, runs: Runs) -> _Judge:
        """Learn it from two runs; raises NotRead where the state proves nothing."""
        names = [step.name for step in runs.stage.scenario.steps]
        events = tuple(range(len(names)))
        empty = runs.before()
        first = _whole(runs.run(plain(events)), names)
        runs.sleep(_APART)
        second = _whole(runs.run(plain(events)), names)
        try:
            ways = frozenset(by_chance(first, second))
        except NotRepeatable as place:
            what = f"the same deliveries led to two states: they differ at {place}"
            raise NotRead(f"{what}; is --reset complete, and --settle long enough?") from None
        shown = masked(first, ways)
        if shown == masked(empty, ways):
            # What is over may be gone from the state, but not what has only begun.
            shown = masked(runs.run(plain(events[:1])).state, ways)
        if shown in (masked(empty, ways), "(by chance)"):
            raise NotRead("the deliveries left no trace in the state that the probe reads")
        return cls(runs, ways, {events: second})

    def wanted(self, play: Play) -> Any:
        """The state that the events of a play lead to in their order."""
        return self._in_order(tuple(sorted({one for act in play for one in act.events})))

    def _in_order(self, events: tuple[int, ...]) -> Any:
        if events not in self.known:
            self.known[events] = self.runs.run(plain(events), settle=self.patience).state
        return self.known[events]

    def differ(self, play: Play, run: Run) -> list[Difference]:
        """What differs after a play."""
        return differences(self.wanted(play), run.state, self.ways)

    def fails(
        self, play: Play, *, settle: float | None = None
    ) -> tuple[Run, list[Difference]] | None:
        """What a play leads to that is wrong, beside its control; None where nothing is."""
        events = tuple(sorted({one for act in play for one in act.events}))
        if play == plain(events):
            return None
        tries = _TRIES if any(act.kind in _BY_MOMENT for act in play) else 1
        for _ in range(tries):
            run = self.runs.run(play, settle=settle)
            found = self.differ(play, run)
            if found:
                control = self.runs.run(plain(events), settle=settle)
                steady = not differences(self.wanted(play), control.state, self.ways)
                return (run, found) if steady else None
        return None

    def smallest(self, play: Play, confirmed: tuple[Run, list[Difference]]) -> Cause:
        """The shortest play within a failing one that fails too."""
        after = {at: step.after for at, step in enumerate(self.runs.stage.scenario.steps)}
        again = True
        while again:
            again = False
            for candidate in dict.fromkeys(smaller(play, after)):
                found = self.fails(candidate)
                if found:
                    play, confirmed, again = candidate, found, True
                    break
        names = [step.name for step in self.runs.stage.scenario.steps]
        run, ones = self.fails(play, settle=self.patience) or confirmed
        events = {one for act in play for one in act.events}
        repeated = deliveries(play) > len(events) or any(a.kind is Kind.TOGETHER for a in play)
        cut = any(act.kind in {Kind.CRASH, Kind.KILLED} for act in play)
        fault = meaning(ones, self.wanted(play), again=repeated, cut=cut)
        if fault is Fault.STALE and self._was_never_there(ones, run, sorted(events)):
            fault = Fault.EXTRA
        refused = tuple(f"{names[one]}: {said}" for one, said in run.refused.items())
        return Cause(fault, (play,), (told(play, names),), tuple(ones), refused)

    def _was_never_there(self, ones: list[Difference], run: Run, events: list[int]) -> bool:
        """Whether something is there that the events in their order leave at no time."""
        more = {str(one) for one in ones if one.wanted is None}
        for size in range(1, len(events)):
            earlier = self._in_order(tuple(events[:size]))
            more &= {str(one) for one in differences(earlier, run.state, self.ways)}
        return bool(more) and len(events) > 1

    def is_steady(self) -> bool:
        """Whether the events in their order still lead to the same state."""
        events = max(self.known, key=len)
        last = self.runs.run(plain(events), settle=self.patience)
        return not differences(self.known[events], last.state, self.ways)

    @property
    def patience(self) -> float:
        """For so many seconds a state must not change that somebody is blamed for."""
        return max(_PATIENT, self.runs.probe.settle * 3)


def _whole(run: Run, names: list[str]) -> Any:
    """The state of a run in which everything was received; raises NotRead where it was not."""
    for event, said in run.refused.items():
        raise NotRead(f"{names[event]} is not received even in its order: {said}")
    return run.state
