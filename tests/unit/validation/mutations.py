"""Samples mutated by a seeded chance, and all our readers and judges held to one verdict."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson
from unit.captures.lines import ODD

from hookproof.contract import Contract
from hookproof.http.request import Layout, write_json
from hookproof.payload.body import read_body
from hookproof.schema.open_lists import without_open_lists
from hookproof.schema.reference import ReferenceValidator
from hookproof.validation.fast_path import DOUBT, Express
from hookproof.validation.validator import Validator
from hookproof.validation_run.summary import group_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hookproof.findings import CaptureFinding
    from hookproof.payload.body import Body
    from hookproof.validation.validator import Verdict

LAYOUTS = [Layout.COMPACT, Layout.COMPACT, Layout.ESCAPED]


def mutants(count: int, *, seed: int = 1) -> Iterator[bytes]:
    """So many bodies, each a sample after one to three mutations."""
    chance = random.Random(seed)
    contract = Contract()
    samples = [e.payload for n in contract.names() for e in contract.callback(n).examples]
    for _ in range(count):
        payload = chance.choice(samples)
        if chance.random() < 0.5:
            payload = swap_values(chance, payload, chance.choice(samples))
            if chance.random() < 0.7:
                yield write(chance, payload)
                continue
        raw, other = write(chance, payload), write(chance, chance.choice(samples))
        for _ in range(chance.choice([1, 1, 2, 3])):
            raw = chance.choice(BYTEWISE)(chance, raw, other)
        yield raw


def variants(count: int, *, seed: int = 1) -> Iterator[bytes]:
    """So many bodies that are nearly like a sample: most of them valid, with more or less in it."""
    chance = random.Random(seed)
    contract = Contract()
    callbacks = [contract.callback(name) for name in contract.names()]
    for _ in range(count):
        samples = [example.payload for example in chance.choice(callbacks).examples]
        payload = chance.choice(samples)
        for _ in range(chance.choice([0, 1, 1, 2])):
            payload = vary(chance, payload, chance.choice(samples))
        yield write(chance, payload)


def vary(chance: random.Random, value: Any, other: Any) -> Any:
    """A value with a little more or less in it, or with what another one has there."""
    if looks_nested(value):
        inside = orjson.loads(value)
        return write_json(vary(chance, inside, inside))
    if isinstance(value, list) and value:
        at = chance.randrange(len(value))
        changed = vary(chance, value[at], value[at])
        return chance.choice([value[:at], [*value, value[at]], [*value[:at], changed, *value[at:]]])
    if isinstance(value, dict) and value:
        return vary_object(chance, value, other if isinstance(other, dict) else value)
    return chance.choice([value, other])


def vary_object(
    chance: random.Random, value: dict[str, Any], other: dict[str, Any]
) -> dict[str, Any]:
    """An object with a field less, a new one, those of another one, or one of them changed."""
    name = chance.choice([*value])
    less = {key: each for key, each in value.items() if key != name}
    new = {**value, chance.choice(["x", "y", "a/b"]): chance.choice([1, "x", [], {"z": 1}])}
    changed = {**value, name: vary(chance, value[name], other.get(name, value[name]))}
    return chance.choice([less, new, {**value, **other}, changed, changed, changed])


def write(chance: random.Random, payload: dict[str, Any]) -> bytes:
    """A payload as bytes; a lone surrogate as it would come from a careless sender."""
    return write_json(payload, layout=chance.choice(LAYOUTS)).encode("utf-8", "surrogatepass")


def flip(chance: random.Random, raw: bytes, other: bytes) -> bytes:
    """One byte is another one, or has one bit turned."""
    at = chance.randrange(len(raw) or 1)
    byte = raw[at : at + 1] or b"x"
    new = bytes([byte[0] ^ 1 << chance.randrange(8)]) if chance.random() < 0.5 else digit(chance)
    return raw[:at] + new + raw[at + 1 :]


def digit(chance: random.Random) -> bytes:
    """A byte that may leave JSON whole."""
    return bytes([chance.choice(b'0123456789-.eE{}[],:" \\nutfalse\x00\xff')])


def delete(chance: random.Random, raw: bytes, other: bytes) -> bytes:
    """A few bytes are missing."""
    at = chance.randrange(len(raw) or 1)
    return raw[:at] + raw[at + chance.choice([1, 1, 2, 8, 40]) :]


def duplicate(chance: random.Random, raw: bytes, other: bytes) -> bytes:
    """A stretch stands twice; often a whole field, which is then named twice."""
    commas = [at for at, byte in enumerate(raw) if byte == ord(",")]
    if len(commas) > 1 and chance.random() < 0.6:
        first = chance.randrange(len(commas) - 1)
        begin, end = commas[first], commas[first + 1]
    else:
        begin = chance.randrange(len(raw) or 1)
        end = begin + chance.randrange(1, 40)
    return raw[:end] + raw[begin:end] + raw[end:]


def splice(chance: random.Random, raw: bytes, other: bytes) -> bytes:
    """The beginning of one body and the end of another one."""
    at = chance.randrange(len(raw) or 1)
    if chance.random() < 0.5:
        return raw[:at] + other[chance.randrange(len(other)) :]
    comma, begin = raw.rfind(b",", 0, at), other.find(b",", chance.randrange(len(other)))
    return raw[: max(comma, 0)] + other[max(begin, 0) :]


BYTEWISE = (flip, delete, duplicate, splice)


def swap_values(
    chance: random.Random, payload: dict[str, Any], donor: dict[str, Any]
) -> dict[str, Any]:
    """Up to three fields hold what another field holds, or something odd; nested JSON too."""
    payload = dict(payload)
    nested = [name for name, value in payload.items() if looks_nested(value)]
    if nested and chance.random() < 0.5:
        name = chance.choice(nested)
        inner = orjson.loads(payload[name])
        payload[name] = write_json(put_odd(chance, inner, inner))
        return payload
    return put_odd(chance, payload, donor)


def looks_nested(value: Any) -> bool:
    """Whether a text holds a JSON object with something in it."""
    return isinstance(value, str) and value.startswith('{"')


def put_odd(chance: random.Random, value: dict[str, Any], donor: dict[str, Any]) -> dict[str, Any]:
    """The object with up to three values changed, at any depth."""
    value = dict(value)
    for _ in range(chance.choice([1, 1, 2, 3])):
        name = chance.choice(list(value))
        inner = value[name]
        if isinstance(inner, dict) and inner and chance.random() < 0.6:
            value[name] = put_odd(chance, inner, donor)
        elif isinstance(inner, list) and inner and chance.random() < 0.6:
            value[name] = [*inner, chance.choice([*ODD, *inner])]
        else:
            value[name] = chance.choice([*ODD, *donor.values()])
    return value


@dataclass
class Jury:
    """All judges of one contract; `counts` is what they saw, `disputes` where they differ."""

    counts: Counter[str] = field(default_factory=Counter)
    disputes: list[tuple[str, bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        contract = Contract()
        callbacks = [contract.callback(name) for name in contract.names()]
        self._validator = Validator(contract)
        self._lanes = {callback.path: Express(callback) for callback in callbacks}
        # As after the first captures: a lane learns from what was judged exactly.
        for callback in callbacks:
            for example in callback.examples:
                self._lanes[callback.path].key(write_json(example.payload).encode())
        # A list that grows refuses nothing, and an older edition of a page is one as well.
        self._exact = {
            c.path: [
                ReferenceValidator(without_open_lists(schema)).is_valid
                for schema in (c.schema, *(edition.schema for edition in c.editions))
            ]
            for c in callbacks
        }
        self._faults: dict[Any, list[tuple[str, ...]]] = {}

    def hear(self, raw: bytes) -> None:
        """Let all of them judge one body."""
        body = read_body(raw)
        verdict = self._validator.judge(body)
        self.counts["mutations"] += 1
        unidentified = not isinstance(body.value, dict) or not verdict.callback
        if unidentified:
            self.counts["not decoded or not identified"] += 1
        else:
            self._compare_validators(raw, body, verdict)
        self._compare_lane(raw, verdict)

    def _compare_validators(self, raw: bytes, body: Body, verdict: Verdict) -> None:
        """jsonschema, jsonschema-rs and the findings say the same of a payload."""
        exact = any(accepts(body.value) for accepts in self._exact[verdict.callback])
        fast = self._validator.compiled(verdict.callback).accepts(body.value)
        told = not any(is_violation(finding) for finding in verdict.findings)
        self.counts["valid" if exact else "invalid"] += 1
        if not exact == fast == told:
            self.disputes.append((f"jsonschema {exact}, jsonschema-rs {fast}, told {told}", raw))

    def _compare_lane(self, raw: bytes, verdict: Verdict) -> None:
        """The fast lane passes only what the exact way passes, and sees the same in it."""
        try:
            value = orjson.loads(raw)
        except orjson.JSONDecodeError:
            return
        candidates = self._validator.identify(value) if isinstance(value, dict) else []
        if len(candidates) != 1:
            return
        lane = self._lanes[candidates[0].path]
        seen = lane.look(raw, value)
        self.counts["passed by the fast lane" if seen is not DOUBT else "doubted by it"] += 1
        if seen is not DOUBT and len(seen.told) != len(verdict.findings):
            self.disputes.append((f"fast lane {seen}, exact way {verdict.findings}", raw))
        key = lane.key(raw)
        if key is not DOUBT and seen is not DOUBT and seen is not key:
            self.disputes.append((f"a look sees {seen}, the key says {key}", raw))
        if key is not DOUBT:
            keys = sorted(map(group_key, verdict.findings))
            if self._faults.setdefault((lane.path, key), keys) != keys:
                self.disputes.append((f"one fault {key}, two sets of findings", raw))


def is_violation(finding: CaptureFinding) -> bool:
    """Whether a finding says that the payload breaks the schema (not that it is ill written)."""
    return finding.code.startswith("HP20")
