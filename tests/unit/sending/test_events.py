"""Events are told as the vendor would: each attempt signed anew, one identity, always valid."""

from __future__ import annotations

import json
import random
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest

from hookproof.cli.send import _FORGERIES
from hookproof.conformance.cases.constants import Constants
from hookproof.contract import Contract
from hookproof.payload.body import read_body
from hookproof.payload.pointer import from_pointer
from hookproof.sending.events import FORGERIES, Events
from hookproof.signature import sign, verify
from hookproof.signature.prover import signer
from hookproof.signature.verify import find_signature
from hookproof.validation.compiled_callback import CompiledCallback

if TYPE_CHECKING:
    from hookproof.contract import Callback
    from hookproof.http.request import Request

CONTRACT = Contract()
SECRET = b"secret of these tests"


class Ticking:
    """A clock that moves a little each time somebody looks."""

    def __init__(self, step: float) -> None:
        self.now, self.step = 1_795_000_000.0, step

    def __call__(self) -> float:
        """The time."""
        self.now += self.step
        return self.now


def events_of(name: str, *, step: float = 0.0) -> Events:
    """Events of a callback, at a moment that moves by so much."""
    constants = Constants(CONTRACT.callback(name))
    return Events(constants, SECRET, Ticking(step), random.Random(1), "http://a.example/hook")


def test_many_events_are_genuine_and_all_different() -> None:
    """Of every callback: signed right, valid, each with an identity of its own, also when cast."""
    for name in CONTRACT.names():
        events, callback = events_of(name, step=0.001), CONTRACT.callback(name)
        keys, accepts = set(), CompiledCallback(callback).accepts
        requests = list(islice(events.many([callback.examples[0].payload]), 20))
        for one in requests:
            payload = read_body(one.body, form=one.form).value
            about = {"headers": one.headers, "url": one.url}
            sought = {"payload": payload, "body": one.body}
            if not callback.signature.is_unsigned:
                assert verify(callback.signature, SECRET, **sought, **about).valid, name
            assert accepts(payload), name
            keys.add((one.headers, one.body))
        assert len(keys) == len(requests), name


def identity_of(request: Request, callback: Callback) -> str:
    """What a receiver knows an event by: the values of the dedupe key, and what is beside."""
    found = [
        find_signature(fact.place, request.payload, request.headers, url=request.url)[1]
        for fact in callback.request_fields
        if fact.is_unique
    ]
    for pointer in callback.dedupe_key:
        value: Any = request.payload
        for part in from_pointer(pointer):
            value = value.get(part) if isinstance(value, dict) else None
        found.append(value)
    return "" if found.count(None) == len(found) else json.dumps(found)


def test_another_event_is_another() -> None:
    """Of every example of every callback: whatever identifies an event, no two share it.

    A list does, a number in text, a moment in seconds that all have, and a field deeper down.
    """
    for name in CONTRACT.names():
        events, callback = events_of(name), CONTRACT.callback(name)
        for example in callback.examples:
            several = [events.write(events.another(example.payload)) for _ in range(3)]
            identities = {identity_of(one, callback) for one in several}
            assert len(identities) == 3 or identities == {""}, (name, identities)


def test_attempts_tell_of_one_event() -> None:
    """Moment, nonce and signature are of each attempt; all else is the event's."""
    events = events_of("zego_rtc/record", step=1)
    event = events.another(CONTRACT.callback("zego_rtc/record").examples[0].payload)
    first, second = (json.loads(events.write(event).body) for _ in range(2))
    differing = {name for name in first if first[name] != second[name]}
    assert differing == {"timestamp", "nonce", "signature"}


def test_what_is_kept_stays() -> None:
    """A payload of one's own has only what each attempt has anew."""
    events = events_of("zego_rtc/record")
    own = {"timestamp": "5", "nonce": "1", "begin_time": "1500000000", "event": "record"}
    event = events.of(own, kept=frozenset(own) - events.anew)
    sent = json.loads(events.write(event).body)
    assert (sent["begin_time"], sent["event"]) == ("1500000000", "record")
    assert "5" not in sent["timestamp"][:1]
    assert sent["nonce"] != "1"


@pytest.mark.parametrize("word", FORGERIES)
@pytest.mark.parametrize("name", ["zego_rtc/record", "tencent_gme/recording", "agora/uploaded"])
def test_no_forgery_proves_the_sender(word: str, name: str) -> None:
    """None of them verifies, wherever the signature stands."""
    events, callback = events_of(name), CONTRACT.callback(name)
    events.forgery = FORGERIES[word]
    request = events.write(events.of(callback.examples[0].payload))
    sought = {"payload": json.loads(request.body), "body": request.body}
    assert not verify(callback.signature, SECRET, **sought, headers=request.headers).valid


def test_the_command_knows_each_forgery() -> None:
    """The options are read before the table is, which costs time."""
    assert set(_FORGERIES) == set(FORGERIES)


def test_the_quick_way_signs_as_the_other() -> None:
    """Of every callback that has a quick way, for what a mould asks it."""
    quick = 0
    for name in CONTRACT.names():
        events, callback = events_of(name), CONTRACT.callback(name)
        request = events.write(events.another(callback.examples[0].payload))
        facts = events.sender.signature
        if facts.is_unsigned or not (signs := signer(facts, SECRET)):
            continue
        given = {"payload": request.payload, "body": request.body}
        wanted = sign(facts, SECRET, **given, headers=request.headers, url=request.url)
        assert signs(request.payload, request) == wanted, name
        quick += 1
    assert quick > 100
