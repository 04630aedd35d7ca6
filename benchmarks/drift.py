"""The drift sentinel: a clean archive, and one with seeded changes, each to be told at first sight.

python benchmarks/drift.py [--captures 1000000] [--changes 200] [--seed 1]

Leaves with 1 where a change is not told in the capture in which it first stands, where anything is
told of the clean archive, or where a proposed patch refuses a capture with the change, or takes
a failing payload that the contract refuses.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hookproof.captures.formats import ReadOptions
from hookproof.contract import Contract
from hookproof.drift.archive import Watch, watch_files
from hookproof.payload.body import read_body
from hookproof.schema.nested_json import texts_of
from hookproof.signature.secrets import Secrets
from hookproof.validation.untyped import typed
from hookproof.validation.validator import Validator

if TYPE_CHECKING:
    from hookproof.drift.draft import Draft
    from hookproof.drift.sentinel import Drift

# Each change stands in so many captures.
REPEATS = 5


@dataclass(frozen=True)
class Change:
    """A seeded change: what kind, of which callback, where, and the payloads that have it."""

    kind: str
    callback: str
    where: str
    payload: dict[str, Any]


def another(value: Any, number: int) -> Any:
    """A value of another type."""
    if isinstance(value, bool) or value is None:
        return number
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return number if number % 2 else [value[:5]]
    return f"changed-{number}"


def changes(contract: Contract, count: int, chance: random.Random) -> list[Change]:
    """So many changes, of all kinds, each in a place of its own."""
    found: list[Change] = []
    places: set[tuple[str, str]] = set()
    names = list(contract.names())
    validator = Validator(contract)
    while len(found) < count:
        name = chance.choice(names)
        callback = contract.callback(name)
        payload = dict(chance.choice(callback.examples).payload)
        if [one.path for one in validator.identify(payload)] != [name]:
            continue
        made = change(callback, payload, chance.choice(("field", "type", "value", "event")), chance)
        if made is None or (made.kind != "event" and (made.callback, made.where) in places):
            continue
        if validator.compiled(name).accepts(made.payload) and made.kind != "field":
            continue
        places.add((made.callback, made.where))
        found.append(made)
    return found


def change(  # noqa: PLR0911 - kind by kind
    callback: Any, payload: dict[str, Any], kind: str, chance: random.Random
) -> Change | None:
    """One change of a payload, None where it has no place for this kind."""
    path, naming = callback.path, callback.naming_fields
    number = chance.randrange(10**6)
    if kind == "event":
        if len(naming) != 1:
            return None
        [field] = naming
        value = f"brand_new_{number}" if isinstance(payload.get(field), str) else 900_000 + number
        return Change(kind, "", f"/{field}", {**payload, field: value})
    if kind == "field":
        name = f"new_{number}"
        # Of JSON in a text that the page does not open there is nothing to be known.
        opened = {place[0] for place in texts_of(callback.schema) if len(place) == 1}
        nested = [k for k, v in payload.items() if k in opened and str(v)[:1] == "{"]
        if nested and chance.random() < 0.5:
            field = chance.choice(nested)
            inner = {**json.loads(payload[field]), name: [number, {"a": str(number)}]}
            text = json.dumps(inner, separators=(",", ":"))
            return Change(kind, path, f"/{field}/{name}", {**payload, field: text})
        return Change(kind, path, f"/{name}", {**payload, name: number})
    properties = callback.schema["properties"]
    # What stands around a name is a part of it.
    names = {name.split("/")[name.startswith("/")] for name in callback.discriminator}
    held = {*names, callback.signature.place.field}
    if kind == "value":
        listed = [
            f for f, s in properties.items() if "enum" in s and f in payload and f not in held
        ]
        if not listed:
            return None
        field = chance.choice(listed)
        value = f"NEW_{number}" if isinstance(payload[field], str) else 700_000 + number
        return Change(kind, path, f"/{field}", {**payload, field: value})
    free = [field for field in payload if field in properties and field not in held]
    field = chance.choice(free) if free else None
    if field is None:
        return None
    return Change(kind, path, f"/{field}", {**payload, field: another(payload[field], number)})


def failing(payloads: Path, contract: Contract) -> dict[str, list[tuple[str, Any]]]:
    """The payloads that the contract refuses, by callback."""
    found: dict[str, list[tuple[str, Any]]] = {}
    validator = Validator(contract)
    for file in sorted(payloads.glob("*/*/fail/*")):
        name = "/".join(file.relative_to(payloads).parts[:2])
        body = read_body(file.read_bytes())
        if not body.reading.complete or not isinstance(body.value, dict):
            continue
        compiled = validator.compiled(name)
        value = body.value if body.form == "json" else typed(compiled.callback.schema, body.value)
        if not compiled.accepts(value):
            found.setdefault(name, []).append((str(file), value))
    return found


def is_a_failing_payload(one: Change, refused: dict[str, list[tuple[str, Any]]]) -> bool:
    """Whether the team has decided that just this change is wrong."""
    field = one.where[1:].partition("/")[0]
    kind = type(one.payload.get(field))
    return one.kind in {"type", "value"} and any(
        type(value.get(field)) is kind for _, value in refused.get(one.callback, ())
    )


def write(
    file: Path, contract: Contract, seeded: list[Change], count: int, chance: random.Random
) -> dict[int, int]:
    """Write an archive; gives the line at which each change first stands, by its number."""
    clean = []
    validator = Validator(contract)
    for name in contract.names():
        compiled = validator.compiled(name)
        for example in compiled.callback.examples:
            same = [one.path for one in validator.identify(example.payload)] == [name]
            valid = same and compiled.accepts(example.payload)
            if valid and not compiled.unknown_in(example.payload):
                clean.append(json.dumps(example.payload, ensure_ascii=False))
    places = chance.sample(range(count), len(seeded) * REPEATS)
    at = {place: number % len(seeded) for number, place in enumerate(places)}
    first: dict[int, int] = {}
    with file.open("w", encoding="utf-8") as out:
        for line in range(count):
            if line in at:
                first.setdefault(at[line], line + 1)
                out.write(json.dumps(seeded[at[line]].payload, ensure_ascii=False) + "\n")
            else:
                out.write(clean[chance.randrange(len(clean))] + "\n")
    return first


def watched(file: Path, contract: Contract) -> tuple[Watch, list[Drift], float]:
    """What is told of an archive, and how long it took."""
    validator = Validator(contract)
    watch = Watch(contract, validator, Secrets({}))
    begun = time.perf_counter()
    told = list(
        watch_files(
            [str(file)], watch, options=ReadOptions(sought=validator.sought), input_format="ndjson"
        )
    )
    return watch, told, time.perf_counter() - begun


def main() -> None:
    """Print what was told, and leave with 1 where a bar is not kept."""
    options = argparse.ArgumentParser()
    options.add_argument("--captures", type=int, default=1_000_000)
    options.add_argument("--changes", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--payloads", type=Path, default=Path("tests/payloads"))
    wish = options.parse_args()
    chance, contract = random.Random(wish.seed), Contract()
    refused = failing(wish.payloads, contract)
    pool = [
        one
        for one in changes(contract, wish.changes * 2, chance)
        if not is_a_failing_payload(one, refused)
    ]
    seeded = pool[: wish.changes]
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "clean.ndjson"
        write(file, contract, [], wish.captures, chance)
        _, told, seconds = watched(file, contract)
        print(f"clean: {wish.captures:,} captures in {seconds:.0f} s, {len(told)} alerts")
        faults += [f"told of a clean capture: {one.text}" for one in told]
        file.unlink()
        file = Path(folder) / "seeded.ndjson"
        first = write(file, contract, seeded, wish.captures, chance)
        watch, told, seconds = watched(file, contract)
    print(f"seeded: {len(seeded)} changes, {len(told)} alerts, in {seconds:.0f} s")
    by_line = {}
    for one in told:
        by_line.setdefault(int(one.capture.rpartition(" ")[2]), []).append(one)
    at_first_sight = 0
    for number, one in enumerate(seeded):
        here = by_line.pop(first[number], [])
        kinds = {alert.kind.value for alert in here}
        # A text where a number was may be told as a type, a new value of a list as a value.
        if one.kind in kinds or (one.kind in {"type", "value"} and kinds & {"type", "value"}):
            at_first_sight += 1
        else:
            faults.append(f"not told at first sight: {one.kind} {one.callback} {one.where}: {here}")
    faults += [f"told of line {line}: {one[0].text}" for line, one in by_line.items()]
    drafts: dict[str, Draft] = watch.sentinel.drafts
    accepted = sum(_accepts(one, watch) for one in seeded)
    print(f"told at first sight: {at_first_sight}; accepted by their patch: {accepted}")
    faults += [
        f"refused with its patch: {one.kind} {one.callback} {one.where}"
        for one in seeded
        if not _accepts(one, watch)
    ]
    taken = [
        f"a failing payload is accepted: {place}"
        for name, draft in drafts.items()
        for place, value in refused.get(name, ())
        if draft.judge.accepts(value)
    ]
    count = sum(len(refused.get(name, ())) for name in drafts)
    print(f"failing payloads of the {len(drafts)} changed schemas: {count}, accepted: {len(taken)}")
    faults += taken
    print("\n".join(faults[:20]))
    sys.exit(bool(faults))


def _accepts(one: Change, watch: Watch) -> bool:
    """Whether the widened schema of its callback takes a change."""
    if one.kind == "event":
        named = (e for e in watch.sentinel.events if e.named.items() <= one.payload.items())
        name = next((e.name for e in named), "")
    else:
        name = one.callback
    draft = watch.sentinel.drafts.get(name)
    return draft is not None and draft.knows(one.payload)


if __name__ == "__main__":
    main()
