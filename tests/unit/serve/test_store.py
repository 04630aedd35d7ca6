"""The store writes groups of requests, and goes on after a fault."""

from __future__ import annotations

from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from hookproof.serve.store import Store, Stored

if TYPE_CHECKING:
    from pathlib import Path


def row(body: bytes) -> Stored:
    """A request."""
    return Stored(0, 1.0, "POST", "/in", (("a", "b"),), body)


def judged(one: Stored) -> Stored:
    """A judgement; of one body it fails."""
    if one.body == b"odd":
        raise RuntimeError("a fault of ours")
    return one.judged("an/event", "valid", (), 200)


def stored(store: Store, rows: list[Stored]) -> Any:
    """What became of a group."""
    told: SimpleQueue[Any] = SimpleQueue()
    store.add(rows, told.put)
    return told.get(timeout=10)


def test_a_group_has_numbers_in_its_order(tmp_path: Path) -> None:
    """However many they are, each row is found by the number that was told."""
    store = Store(tmp_path / "a" / "captures.db", judge=judged)
    before = 0
    for size in (1, 3, 64, 100, 257):
        kept = stored(store, [row(b"%d-%d" % (size, at)) for at in range(size)])
        assert [one.id for one in kept] == [*range(before + 1, before + size + 1)]
        for one in kept:
            assert store.get(one.id) == one
        before += size
    assert store.count() == before
    assert [one.id for one in store.latest(limit=2, before=3)] == [2, 1]
    store.close()


def test_a_fault_costs_one_group_alone(tmp_path: Path) -> None:
    """It is told to who waits, nothing of the group is stored, and the next one is."""
    store = Store(tmp_path / "a" / "captures.db", judge=judged)
    assert isinstance(stored(store, [row(b"fine"), row(b"odd")]), RuntimeError)
    assert [one.body for one in stored(store, [row(b"next")])] == [b"next"]
    assert store.count() == 1
    store.close()
