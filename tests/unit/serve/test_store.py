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


def test_a_filter_takes_a_short_number_for_no_part_of_another(tmp_path: Path) -> None:
    """It stands alone, whatever bytes are around it; a status is asked for as one."""

    def answered(one: Stored) -> Stored:
        return one.judged("an/event", "valid", (), 401 if one.body == b"forged" else 200)

    store = Store(tmp_path / "a" / "captures.db", judge=answered)
    bodies = [b'{"at": 1774014015}', b"forged", b'\xff {"code": 401}', b"a401b", b"room-1774"]
    stored(store, [row(body) for body in bodies])
    for sought, found in {
        "401": [b"forged", b'\xff {"code": 401}'],
        "status:401": [b"forged"],
        "status:4": [b"forged"],
        "status:2 ROOM": [b"room-1774"],
        "status:503": [],
        "1774": [b'{"at": 1774014015}', b"room-1774"],
        "401b": [b"a401b"],
    }.items():
        assert [one.body for one in store.after(0, limit=9, sought=sought)] == found, sought
    store.close()
