"""The quick proof of a sender: its yes is that of the exact one."""

from __future__ import annotations

import random
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import orjson

from hookproof.contract import Contract
from hookproof.receiver import Receiver
from hookproof.signature.prover import prover
from hookproof.signature.verify import verify

CONTRACT = Contract()
SECRET = b"a secret"
ODD = [None, 7, 1.5, True, "", "é", [], {"a": 1}, "\ud800", 10**30]


def requests() -> list[tuple[Any, dict[str, Any]]]:
    """A genuine request of each area and place of signature, as `verify` wants it."""
    found: dict[Any, tuple[Any, dict[str, Any]]] = {}
    for name in CONTRACT.names():
        callback = CONTRACT.callback(name)
        facts = callback.signature
        if facts.is_unsigned or (facts.scheme, facts.place) in found:
            continue
        hooks = Receiver(callback.area, secret=SECRET)
        sent = hooks.sign(name, callback.examples[0].payload)
        request = {"payload": orjson.loads(sent.body), "body": sent.body, "headers": sent.headers}
        found[facts.scheme, facts.place] = (facts, {**request, "url": f"/hook?{sent.query}"})
    return list(found.values())


REQUESTS = requests()


def asked(request: dict[str, Any]) -> tuple[dict[str, Any], Any]:
    """What is asked of a prover: the payload, and the request that it came in."""
    beside = {name: value for name, value in request.items() if name != "payload"}
    return request["payload"], SimpleNamespace(**beside)


def test_what_is_genuine_is_proved_at_once() -> None:
    """Of every way of signing that the shipped contract has, by any of the secrets."""
    assert len(REQUESTS) >= 5
    for facts, request in REQUESTS:
        assert prover(facts, [b"another", SECRET])(*asked(request)), facts
        assert not prover(facts, [b"another"])(*asked(request)), facts
        assert not prover(facts, [])(*asked(request)), facts


def test_it_never_says_yes_where_verify_says_no() -> None:
    """Fields of any type, headers and queries that are changed or doubled, other bodies."""
    chance = random.Random(3)
    for facts, request in REQUESTS:
        proves = prover(facts, [SECRET])
        for _ in range(300):
            changed = {**request, "payload": dict(request["payload"])}
            for name in chance.sample(sorted(changed["payload"]), 2):
                if chance.random() < 0.7:
                    changed["payload"][name] = chance.choice(ODD)
            if chance.random() < 0.3:
                changed["headers"] = tuple(chance.choices([("Signature", "é"), ("Sign", "x")]))
            if chance.random() < 0.3:
                changed["url"] = chance.choice(["", "?", "/?Sign=%ff", request["url"] + "&Sign=1"])
            if chance.random() < 0.2:
                changed["body"] = b"{}"
            exactly = verify(facts, SECRET, **changed).valid
            assert not (proves(*asked(changed)) and not exactly), changed


def test_no_recipe_is_too_hard_to_say_no_to() -> None:
    """What has no quick way is left to the exact one."""
    facts, request = REQUESTS[0]
    paired = replace(facts, place=replace(facts.place, pair="v1"))
    assert not prover(paired, [SECRET])(*asked(request))
