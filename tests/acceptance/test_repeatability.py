"""The same seed sends the same requests, whatever the receiver answers and whenever it is."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from functools import cache
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from acceptance.receiver_runs import SECRET, SHARED, contract, kinds

from hookproof.conformance.running.run import Plan, Surroundings, run_test
from hookproof.http.target import resolve_target
from hookproof.payload.body import read_body
from hookproof.testing import Receiver, Reply, serve

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hookproof.contract import Callback
    from hookproof.testing.receiver import Incoming

RECORD, COMPOSE = (contract().callback(name) for name in ("record", "compose"))
NOW = 1_800_000_000.0
# Signed in the body, and in a header over the body.
BOTH_SIGNED = (RECORD, contract().callback("tencent_gme/recording"))
AREAS = sorted({callback.area for callback in kinds()})
# In a body that cannot be read.
# The number that makes an event another one.
NUMBERED = re.compile(r"-?1[0-9]{12}$")
FRESH = re.compile(
    rb"""(["'](?:timestamp|nonce|signature|replay_url|(?:begin|end)_time)["']\s*:)[^,}]*"""
)


class Recorder(Receiver):
    """A correct receiver that keeps the bodies it got, and answers nothing else than asked."""

    def __init__(self, *args: Any, always: int | None = None) -> None:
        super().__init__(args[0], secrets=dict.fromkeys(AREAS, SECRET))
        self.always = always
        self.bodies: list[bytes] = []
        self.heads: list[list[tuple[str, str]]] = []
        self.paths: list[str] = []

    def handle(self, incoming: Incoming) -> Reply:
        """Keep the body, then answer it."""
        self.bodies.append(incoming.body)
        self.heads.append(list(incoming.headers))
        self.paths.append(incoming.path)
        return Reply(self.always) if self.always else super().handle(incoming)


def sent(
    seed: int,
    *,
    chosen: Sequence[Callback] = (RECORD,),
    always: int | None = None,
    clock: Callable[[], float] = lambda: NOW,
    anew: bool = False,
) -> list[bytes]:
    """The bodies of a run in the order they were sent; generated anew or shared with other runs."""
    corpus: dict[Any, Any] = {} if anew else SHARED.corpus
    receiver = Recorder(contract(), always=always)
    secrets = dict.fromkeys(AREAS, SECRET)
    with serve(receiver) as url:
        plan = Plan(chosen, secrets, max_cases=150, seed=seed)
        run_test(resolve_target(url), plan, surroundings=Surroundings(clock=clock, corpus=corpus))
    return receiver.bodies


def test_the_same_seed_sends_the_same_bytes() -> None:
    """With the clock held still two runs send the same bodies in the same order."""
    bodies = sent(7)
    assert sent(7, anew=True) == bodies
    assert len(bodies) == 150
    assert len(set(bodies)) > 130


def test_another_seed_sends_other_bytes() -> None:
    """Another seed has other nonces from the first request on, and other generated payloads."""
    one, other = sent(7), sent(8)
    assert one[0] != other[0]
    assert [without_chance(body) for body in one] != [without_chance(body) for body in other]


def test_what_is_sent_does_not_depend_on_the_answers() -> None:
    """A receiver that acknowledges everything is sent what one is sent that judges.

    What it is to be blamed for comes again in between, and costs it some of the last requests.
    """
    more = iter(sent(7, always=200))
    in_order = [body for body in sent(7) if body in more]
    assert in_order == sent(7)[: len(in_order)]
    assert len(in_order) > 100


def test_one_callback_does_not_change_what_another_is_sent() -> None:
    """Leaving a callback out changes no body of those that stay."""
    both = sent(7, chosen=(COMPOSE, RECORD))
    assert both[150:] == sent(7)


def test_moments_are_of_now_and_change_nothing_else() -> None:
    """Run at another time the payloads differ in moments, identity and signature alone."""
    moments = count(NOW)
    later = sent(7, clock=lambda: next(moments) + 5_000_000)
    assert [without_chance(body) for body in later] == [without_chance(body) for body in sent(7)]
    first = json.loads(later[0])
    assert int(first["timestamp"]) > NOW + 4_999_999


# Run in a process of its own: what Python hashes, and what time and text are like, is set there.
ELSEWHERE = """
import locale, time
from acceptance.test_repeatability import digest
locale.setlocale(locale.LC_ALL, "")
time.tzset()
print(digest())
"""


def digest() -> str:
    """What stands for every byte of a run: its requests with their headers."""
    receiver = Recorder(contract())
    secrets = dict.fromkeys(AREAS, SECRET)
    with serve(receiver) as url:
        plan = Plan(BOTH_SIGNED, secrets, max_cases=110, seed=7)
        run_test(resolve_target(url), plan, surroundings=Surroundings(clock=lambda: NOW))
    assert len(receiver.bodies) == 110 * len(BOTH_SIGNED)
    # The port is another one each time.
    heads = [[pair for pair in head if pair[0].lower() != "host"] for head in receiver.heads]
    told = repr([receiver.paths, heads, receiver.bodies])
    return sha256(told.encode()).hexdigest()


@pytest.mark.parametrize(
    "around",
    [
        {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Kathmandu", "LC_ALL": "C.UTF-8"},
        {
            "PYTHONHASHSEED": "4294967295",
            "TZ": "XYZ+11:30",
            "LC_ALL": "POSIX",
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
        },
    ],
    ids=lambda around: around["TZ"],
)
def test_no_environment_changes_what_is_sent(around: dict[str, str]) -> None:
    """Hashing, time zone and locale of a process change no byte; the clock is held still."""
    path = os.pathsep.join([str(Path(__file__).parents[1]), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        env={**os.environ, **around, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert done.stdout.strip() == here()


@cache
def here() -> str:
    """The digest of a run in this process, made once."""
    return digest()


def without_chance(body: bytes) -> Any:
    """What a body says but for what is new in each sending; bytes where it is no object."""
    payload = read_body(body).value
    if not isinstance(payload, dict):
        return FRESH.sub(b"", body)
    fresh = {"timestamp", "nonce", "signature", "begin_time", "end_time"}
    return [
        (name, NUMBERED.sub("", value) if isinstance(value, str) else value)
        for name, value in payload.items()
        if name not in fresh
    ]


def test_every_callback_is_sent_something() -> None:
    """No callback of the contract goes without requests: a run without any proves nothing."""
    receiver = Recorder(contract(), always=200)
    secrets = dict.fromkeys(AREAS, SECRET)
    with serve(receiver) as url:
        report = run_test(resolve_target(url), Plan(kinds(), secrets, max_cases=5))
    assert {result.requests for result in report.callbacks.values()} == {5}
    assert len(receiver.bodies) == 5 * len(kinds())
