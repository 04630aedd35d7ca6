"""What schemathesis generates for us: something of each kind, and the same for the same seed."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from unit.conformance.parts import NAMES, SECRET, callback, compiled, sender

from hookproof.conformance.cases.cases import Case
from hookproof.conformance.checks import Check
from hookproof.conformance.generation import fuzzer as generate
from hookproof.conformance.generation.fuzzer import Generated, generate_payloads
from hookproof.conformance.judging.ground_truth import Nature, nature_of
from hookproof.conformance.sending.session import TimeIsUp
from hookproof.errors import DependencyMissing, HookproofError
from hookproof.schema.violations import find_violations

if TYPE_CHECKING:
    from pathlib import Path

WANTED = 100
SMALL = "tencent_gme/recording"


@cache
def generated(name: str) -> list[Generated]:
    """The payloads of a callback."""
    return generate_payloads(callback(name), seed=1, conforming=WANTED, broken=WANTED)


def natures(name: str, *, breaks: bool) -> Counter[Nature]:
    """What the payloads of one kind are once they are sent."""
    writer = sender(callback(name))
    cases = [
        Case(Check.ACCEPTS_CONFORMING, "", one.payload, verbatim=True)
        for one in generated(name)
        if one.breaks is breaks
    ]
    return Counter(nature_of(writer.write(case), compiled(name), secret=SECRET) for case in cases)


@pytest.mark.parametrize("name", NAMES)
def test_there_is_as_much_of_each_kind_as_was_wanted(name: str) -> None:
    """Coverage gives at least the wanted number of each kind, and fuzzing what it lacks."""
    kinds = Counter(one.breaks for one in generated(name))
    assert min(kinds[True], kinds[False]) >= WANTED
    assert all(one.description for one in generated(name))
    fuzzed = [one for one in generated(name) if one.description == "a generated payload"]
    covered = kinds - Counter(one.breaks for one in fuzzed)
    assert fuzzed or min(covered[True], covered[False]) >= WANTED


@pytest.mark.parametrize("name", NAMES)
def test_what_was_made_to_conform_conforms(name: str) -> None:
    """Sent with a right signature it is genuine, and valid unless a dropped condition breaks it."""
    found = natures(name, breaks=False)
    assert all(nature.genuine for nature in found)
    conditional = '"if": ' in json.dumps(callback(name).schema)
    valid = sum(times for nature, times in found.items() if nature.conforming)
    assert valid >= (found.total() / 4 if conditional else found.total())


def test_what_breaks_a_condition_breaks_nothing_else() -> None:
    """Where conditions are dropped, the payloads that they refuse are wrong in that place only."""
    name = "zego_rtc/procedure"
    writer = sender(callback(name))
    for one in generated(name):
        if not one.breaks:
            payload = writer.write(Case(Check.ACCEPTS_CONFORMING, "", one.payload)).payload
            places = {v.path[0] for v in find_violations(callback(name).schema, payload)}
            assert places <= {"extra_params"}


@pytest.mark.parametrize("name", NAMES)
def test_most_of_what_was_made_to_break_breaks(name: str) -> None:
    """At least three of four broken payloads break the contract; the rest is judged anew."""
    found = natures(name, breaks=True)
    broken = sum(times for nature, times in found.items() if not nature.conforming)
    assert broken >= found.total() * 3 / 4


@pytest.mark.parametrize("name", NAMES)
def test_payloads_vary(name: str) -> None:
    """There are many distinct payloads of each kind, and no signature in any."""
    for breaks in (True, False):
        texts = {repr(one.payload) for one in generated(name) if one.breaks is breaks}
        assert len(texts) > WANTED / 3
    field = callback(name).signature.place.field
    objects = [one.payload for one in generated(name) if isinstance(one.payload, dict)]
    assert not [payload for payload in objects if field in payload and payload[field] != 42]


def test_nested_json_is_generated_as_text() -> None:
    """What the contract wants as JSON text is text, of every documented shape."""
    found = [one.payload for one in generated("zego_rtc/record") if not one.breaks]
    assert all(isinstance(payload["extra_params"], str) for payload in found)
    for member in ("FileID", "PersistentId", "ObsObject"):
        assert any(member in payload["extra_params"] for payload in found)


def test_the_same_seed_gives_the_same_payloads() -> None:
    """A second call in the same process gives the same again, another seed does not."""
    one = callback(SMALL)
    assert generate_payloads(one, seed=1, conforming=WANTED, broken=WANTED) == generated(SMALL)
    assert generate_payloads(one, seed=2, conforming=WANTED, broken=WANTED) != generated(SMALL)


SCRIPT = """
import hashlib
from hookproof.contract import Contract
from hookproof.conformance.generation.fuzzer import generate_payloads
found = generate_payloads(Contract().callback({name!r}), seed=1, conforming={n}, broken={n})
print(hashlib.sha256(repr(found).encode()).hexdigest())
"""


@pytest.mark.parametrize("hash_seed", ["0", "4242"])
def test_another_process_gives_the_same_payloads(hash_seed: str, tmp_path: Path) -> None:
    """Neither the order of sets nor what else is imported changes a payload; no file is left."""
    script = SCRIPT.format(name=SMALL, n=WANTED)
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": os.pathsep.join(sys.path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.strip() == hashlib.sha256(repr(generated(SMALL)).encode()).hexdigest()
    assert list(tmp_path.iterdir()) == []


def test_generating_opens_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is sent while payloads are made, not even where a proxy is set."""

    def connect(_: socket.socket, address: Any) -> None:
        pytest.fail(f"connected to {address}")

    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket.socket, "connect_ex", connect)
    assert generate_payloads(callback(SMALL), seed=1, conforming=1, broken=1)


def test_without_schemathesis_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is not installed the error says what to install."""
    monkeypatch.setitem(sys.modules, "schemathesis", None)
    with pytest.raises(DependencyMissing, match=r"hookproof\[test\]"):
        generate_payloads(callback(SMALL), seed=1, conforming=1, broken=1)


def test_nothing_generated_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A generator that gives nothing would prove nothing, so it is not passed over."""
    monkeypatch.setattr(generate, "_run", lambda *_, **__: iter(()))
    with pytest.raises(HookproofError, match=f"nothing was generated for {SMALL}"):
        generate_payloads(callback(SMALL), seed=1, conforming=1, broken=1)


def test_ctrl_c_ends_generating(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fuzzer takes an interruption for a wish to end early; here it goes on to the caller."""
    monkeypatch.setattr(generate, "_DRAWN_AT_MOST", 1_000_000)
    press = threading.Timer(1.0, signal.pthread_kill, (threading.get_ident(), signal.SIGINT))
    press.start()
    with pytest.raises(KeyboardInterrupt):
        generate_payloads(callback(SMALL), seed=1, conforming=1_000_000, broken=1, within=60)


@pytest.mark.parametrize("within", [-1.0, 0.0])
def test_without_time_nothing_is_generated(within: float) -> None:
    """Where no time is left the run is over, which is no fault of the callback."""
    with pytest.raises(TimeIsUp):
        generate_payloads(callback(SMALL), seed=1, conforming=WANTED, broken=1, within=within)


def test_the_engine_stops_when_the_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Payloads that would take hours are given up, and those made until then are there."""
    monkeypatch.setattr(generate, "_DRAWN_AT_MOST", 1_000_000)
    found = generate_payloads(callback(SMALL), seed=1, conforming=1_000_000, broken=1, within=5)
    assert 0 < len(found) < 1_000_000
