"""Captured lines for tests: genuine ones, and ones mutated by a seeded chance."""

from __future__ import annotations

import random
from functools import cache
from typing import Any

from hookproof.contract import Contract
from hookproof.http.request import Layout, write_json

ODD: tuple[Any, ...] = (
    None,
    5,
    -1,
    2**64,
    1.5,
    True,
    "",
    "zzz",
    "x" * 300,
    "直" * 200,
    [],
    {},
    [1],
)
BROKEN = (b'{"event": "record"', b"[]", b'{"event":"record","event":"record"}', b"null", b"\xff")


@cache
def _samples() -> list[dict[str, Any]]:
    contract = Contract()
    return [e.payload for name in contract.names() for e in contract.callback(name).examples]


def lines(count: int, *, bad: float, seed: int = 1) -> list[bytes]:
    """So many lines; the share `bad` of them is mutated in one of many ways."""
    chance = random.Random(seed)
    return [line(chance, chance.choice(_samples()), bad=bad) for _ in range(count)]


def line(chance: random.Random, payload: dict[str, Any], *, bad: float) -> bytes:
    """One line."""
    if chance.random() >= bad:
        layout = chance.choice([Layout.COMPACT, Layout.COMPACT, Layout.ESCAPED])
        return write_json(payload, layout=layout).encode()
    kind = chance.randrange(7)
    payload = dict(payload)
    name = chance.choice(list(payload))
    if kind == 0:
        del payload[name]
    elif kind == 1:
        payload[chance.choice(["x_new", "event", "EventType", "a/b~c"])] = chance.choice(ODD)
    elif kind == 2 and "extra_params" in payload:
        payload["extra_params"] = chance.choice(
            [
                '{"Duration":-1,"x":1}',
                "no json",
                "[]",
                '{"a":1,"a":2}',
                '{"media":{"transcode":[{}]}}',
            ]
        )
    elif kind == 3:
        return chance.choice(BROKEN)
    else:
        payload[name] = chance.choice(ODD)
    return write_json(payload).encode("utf-8", "surrogatepass")
