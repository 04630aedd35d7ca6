"""Two JSON reports of one kind compared: what is new, mended, unchanged, not looked at again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from hookproof.errors import UsageError


class Standing(StrEnum):
    """What became of something since the older report.

    not_looked_at: the newer run did not try what would show it, so it is not known to be mended.
    """

    NEW = "new"
    MENDED = "mended"
    UNCHANGED = "unchanged"
    NOT_LOOKED_AT = "not looked at again"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a report tells of, and by what it is known again in another."""

    severity: str
    code: str
    about: str
    what: str
    key: tuple[str, ...]

    def __str__(self) -> str:
        """In a line."""
        return f"{self.severity:<8} {self.code:<7} {self.about}  {self.what}"

    def as_json(self) -> dict[str, str]:
        """For a program."""
        return {name: value for name, value in asdict(self).items() if name != "key"}


@dataclass(frozen=True, slots=True)
class Told:
    """What a report tells of. `looked` has what it has evidence of, as its items have it in keys.

    `sample` says what was drawn where not everything was tried.
    """

    kind: str
    items: dict[tuple[str, ...], Item]
    looked: frozenset[tuple[str, ...]]
    sample: str = ""


def read_report(text: str, name: str) -> Told:
    """A report of `test` or of `play`; raises UsageError for anything else."""
    try:
        said = json.loads(text)
        if "proof" in said:
            return _of_play(said)
        if "findings" in said and "callbacks" in said and "target" in said:
            return _of_test(said)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        hint = "write one by --report json=FILE"
        raise UsageError(f"{name} is no report of test or play: {error}", hint=hint) from error
    raise UsageError(f"{name} is no report of test or play", hint="write one by --report json=FILE")


def compared(old: Told, new: Told) -> dict[Standing, list[Item]]:
    """Everything that either of two reports tells of; raises UsageError for two kinds."""
    if old.kind != new.kind:
        message = f"one report is of {old.kind} and the other of {new.kind}"
        raise UsageError(message, hint="compare two of one kind")
    found: dict[Standing, list[Item]] = {standing: [] for standing in Standing}
    for key, item in new.items.items():
        found[Standing.UNCHANGED if key in old.items else Standing.NEW].append(item)
    for key, item in old.items.items():
        if key not in new.items:
            looked = key[: 2 if new.kind == "test" else 1] in new.looked
            looked = looked and new.sample in {"", old.sample}
            found[Standing.MENDED if looked else Standing.NOT_LOOKED_AT].append(item)
    return found


def _of_test(said: dict[str, Any]) -> Told:
    """A finding is known by callback, check, code, and what was special about its request."""
    items: dict[tuple[str, ...], Item] = {}
    for one in said["findings"]:
        key = (one["callback"], one["check"], one["code"], one["where"], one["kind"])
        what = f"{one['where']} {one['message']}".strip()
        items[key] = Item(one["severity"], one["code"], one["callback"], what, key)
    looked = frozenset(
        (name, check)
        for name, callback in said["callbacks"].items()
        for check, state in callback["checks"].items()
        if state in {"pass", "fail"}
    )
    return Told("test", items, looked)


def _of_play(said: dict[str, Any]) -> Told:
    """A cause is known by its scenario and the shortest way to it, a loss by its step."""
    name, proof, sample = said["scenario"], said["proof"], ""
    items: dict[tuple[str, ...], Item] = {}
    if proof is None:
        kind, looked = "play", frozenset({(name,)})
        for step in said["lost"]:
            items[name, step] = Item("error", "lost", name, step, (name, step))
    else:
        # What is drawn is the same by the same seed alone.
        whole = proof["tried"] == proof["there_are"]
        sample = "" if whole else f"{proof['seed']} {proof['chosen']}"
        kind = "play with a probe"
        looked = frozenset(() if proof["not_checked"] or proof["ended"] else ((name,),))
        for one in proof["causes"]:
            places = " ".join(sorted({d["where"] for d in one["differences"]}))
            key = (name, one["fault"], places)
            items[key] = Item("error", one["fault"], name, one["plays"][0], key)
    return Told(kind, items, looked, sample)
