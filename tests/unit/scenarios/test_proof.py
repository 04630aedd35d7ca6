"""A proof finds each fault of state, makes it small, and blames nobody for what is by chance."""

from __future__ import annotations

import random
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest

from hookproof.errors import TargetUnreachable
from hookproof.scenarios.plays import Kind, deliveries
from hookproof.scenarios.probe import NotRead
from hookproof.scenarios.proof import prove
from hookproof.scenarios.runs import Run

# ruff: noqa: D101, D102 - the name of a faulty one tells its fault

STEPS = [SimpleNamespace(name=name, after=frozenset()) for name in ("start", "update", "stop")]


class Simulated:
    """A receiver in memory: takes events one after the other, and has a state."""

    restart = None
    probe = SimpleNamespace(settle=0.0)

    def __init__(self, *, crashes: bool = False) -> None:
        self.stage = SimpleNamespace(scenario=SimpleNamespace(steps=STEPS))
        self.restart = "again" if crashes else None
        self.count, self.serial = 0, count(1)
        self.sleep = lambda _: None

    def before(self) -> Any:
        self.state = self.empty()
        return self.shown()

    def run(self, play, *, settle=None) -> Run:
        del settle
        self.count += 1
        self.state = self.empty()
        for act in play:
            if act.kind is Kind.CRASH:
                self.crash()
            elif act.kind is Kind.KILLED:
                self.killed(act.events[0])
            elif act.kind is Kind.TOGETHER:
                self.together(act.events)
            else:
                self.take(act.events[0])
        return Run(self.shown())

    def empty(self) -> Any:
        return {"events": [], "status": -1}

    def shown(self) -> Any:
        return {**self.state, "at": next(self.serial)}

    def take(self, event: int) -> None:
        if event not in self.state["events"]:
            self.state["events"].append(event)
            self.state["status"] = max(self.state["status"], event)

    def crash(self) -> None:
        pass

    def killed(self, event: int) -> None:
        self.take(event)

    def together(self, events) -> None:
        for event in events:
            self.take(event)


class LastWins(Simulated):
    def take(self, event: int) -> None:
        super().take(event)
        self.state["status"] = event


class Rows(Simulated):
    def take(self, event: int) -> None:
        self.state["events"].append(event)
        self.state["status"] = max(self.state["status"], event)


class MakesUp(Simulated):
    """What comes without its start has a row made up for the start."""

    def take(self, event: int) -> None:
        if event and 0 not in self.state["events"]:
            self.state.setdefault("rows", []).append({"of": "nobody"})
        super().take(event)


class NeverDeletes(Simulated):
    """A start makes a row and a stop deletes it, if it is there already."""

    def take(self, event: int) -> None:
        super().take(event)
        if event == 0:
            self.state["rows"] = [{"of": "stream"}]
        if event == 2:
            self.state.pop("rows", None)


class NeedsStart(Simulated):
    def take(self, event: int) -> None:
        if event == 0 or 0 in self.state["events"]:
            super().take(event)


class LosesOne(Simulated):
    def together(self, events) -> None:
        self.take(events[0])


class Forgets(Simulated):
    def crash(self) -> None:
        self.state["events"] = self.state["events"][:-1]


class Half(Simulated):
    def killed(self, event: int) -> None:
        self.state["events"].append(event)


class DeletesAtStop(Simulated):
    """What is over is gone, so that a start which comes later makes a new one."""

    def empty(self) -> Any:
        return {"live": []}

    def take(self, event: int) -> None:
        self.state["live"] = [] if event == 2 else ["{task}"]

    def together(self, events) -> None:
        for event in reversed(events):
            self.take(event)


def proof_of(receiver: Simulated, *, most: int = 1000):
    """A proof of it, by everything that may go wrong."""
    chance = random.Random(1)
    return prove(receiver, most=most, seed=1, chance=chance, time_is_up=lambda: False)


@pytest.mark.parametrize(
    ("receiver", "fault", "size"),
    [
        (LastWins, "stale", 2),
        (Rows, "doubled", 2),
        (NeedsStart, "missing", 2),
        (LosesOne, "missing", 2),
        (Forgets, "torn", 1),
        (Half, "torn", 2),
        (DeletesAtStop, "stale", 2),
        (MakesUp, "extra", 2),
        (NeverDeletes, "stale", 2),
    ],
)
def test_a_fault_is_found_named_and_made_small(receiver, fault, size) -> None:
    """With the fewest deliveries that show it; all that hold it are counted with it."""
    proof = proof_of(receiver(crashes=True))
    assert proof.verdict == "fail"
    assert {cause.fault.value for cause in proof.causes} == {fault}
    assert {deliveries(play) for one in proof.causes for play in one.plays} == {size}
    assert sum(cause.count for cause in proof.causes) > 1
    assert proof.tried == proof.there_are


def test_a_correct_receiver_passes() -> None:
    """Each way was tried; what differs between equal runs is told as not compared."""
    proof = proof_of(Simulated(crashes=True))
    assert (proof.verdict, proof.causes, proof.unsteady) == ("pass", [], 0)
    assert proof.tried == proof.there_are > 100
    assert proof.not_compared == ["/at"]


def test_a_state_without_a_trace_proves_nothing() -> None:
    """A probe that reads something else never passes."""
    blind = Simulated()
    blind.shown = lambda: {"up": True, "at": next(blind.serial)}  # type: ignore[method-assign]
    proof = proof_of(blind)
    assert proof.verdict == "incomplete"
    assert "no trace" in proof.not_checked


def test_a_probe_that_always_fails_proves_nothing() -> None:
    """And neither does one whose state is another after the same deliveries."""

    class Unread(Simulated):
        def before(self) -> Any:
            raise NotRead("404")

    assert proof_of(Unread()).not_checked == "404"
    growing = Simulated()
    growing.empty = lambda: {"events": [0] * next(growing.serial), "status": -1}  # type: ignore[method-assign]
    assert "two states" in proof_of(growing).not_checked


def test_what_does_not_repeat_convicts_nobody() -> None:
    """It is counted, and the verdict is that of all the rest."""

    class Once(Simulated):
        def run(self, play, *, settle=None) -> Run:
            found = super().run(play, settle=settle)
            return Run({**found.state, "status": 7}) if self.count == 30 else found

    proof = proof_of(Once())
    assert (proof.verdict, proof.unsteady) == ("pass", 1)


def test_a_receiver_that_changes_under_way_convicts_nobody() -> None:
    """Where its own order leads elsewhere in the end, nothing is compared with anything."""

    class Drifting(Simulated):
        def shown(self) -> Any:
            return {**super().shown(), "count": self.count > 60}

    proof = proof_of(Drifting())
    assert proof.causes == []
    assert proof.verdict == "incomplete"


def test_a_receiver_that_is_gone_is_told_with_what_came_before() -> None:
    """What was found until then stays found."""

    class Dying(LastWins):
        def run(self, play, *, settle=None) -> Run:
            if self.count == 90:
                raise TargetUnreachable("http://x/", "refused")
            return super().run(play, settle=settle)

    proof = proof_of(Dying())
    assert proof.verdict == "fail"
    assert proof.ended.startswith("nobody listens any more, since: ")


def test_time_is_kept() -> None:
    """What was not tried is told."""
    proof = prove(Simulated(), most=1000, seed=1, chance=random.Random(1), time_is_up=lambda: True)
    assert (proof.verdict, proof.tried, proof.ended) == ("incomplete", 0, "the time was up")


def test_an_event_that_is_refused_in_its_order_proves_nothing() -> None:
    """The receiver is not ready for this scenario at all."""
    refusing = Simulated()
    whole = refusing.run
    refusing.run = lambda play, **_: Run(whole(play).state, {1: "403"})  # type: ignore[method-assign]
    assert "update is not received even in its order: 403" in proof_of(refusing).not_checked
