"""A load is sent whole, counted right, at its rate, whatever the receiver does."""

from __future__ import annotations

import random
import time
from collections import Counter

import pytest

from hookproof.conformance.cases.constants import Constants
from hookproof.contract import Contract
from hookproof.errors import UsageError
from hookproof.http.connection import ConnectFailed
from hookproof.http.target import resolve_target
from hookproof.http.transport import Transport
from hookproof.sending.events import Events
from hookproof.sending.load import Engine, Load, Threshold
from hookproof.testing import Receiver, Reply, serve

CALLBACK = Contract().callback("zego_rtc/record")


class Counting(Receiver):
    """Answers in turn what it is told to, and keeps what came."""

    def __init__(self, *replies: Reply) -> None:
        super().__init__(Contract(), secrets={"zego_rtc": b"secret"})
        self.replies, self.bodies = replies, list[bytes]()

    def handle(self, incoming):
        """Answer with the next one."""
        self.bodies.append(incoming.body)
        return self.replies[len(self.bodies) % len(self.replies)]


def load_on(receiver: Counting, *, count: int, rate=None, connections: int = 4) -> Load:
    """Send so many to a receiver."""
    events = Events(Constants(CALLBACK), b"secret", time.time, random.Random(1))
    with serve(receiver) as url:
        target = resolve_target(url)
        connect = Transport(target, timeout=5).connect
        good = lambda answer: answer.status == 200  # noqa: E731
        engine = Engine(target, connect, good, time.monotonic, 5, connections, rate)
        return engine.run(events.many([CALLBACK.examples[0].payload]), count=count)


@pytest.mark.parametrize("connections", [1, 7])
def test_each_event_is_sent_once(connections: int) -> None:
    """All of them, none twice, over as many connections as are allowed."""
    receiver = Counting(Reply(200))
    load = load_on(receiver, count=200, connections=connections)
    assert (load.sent, load.received, len(load.times)) == (200, 200, 200)
    assert len(set(receiver.bodies)) == len(receiver.bodies) == 200


def test_what_is_not_received_is_told_by_its_answer() -> None:
    """Counted by status, and not among what was received."""
    load = load_on(Counting(Reply(200), Reply(503), Reply(401)), count=90, connections=1)
    assert load.received == 30
    assert load.otherwise == Counter({"503": 30, "401": 30})


def test_the_rate_is_kept() -> None:
    """So many are due each second, and none before."""
    load = load_on(Counting(Reply(200)), count=50, rate=100)
    assert load.seconds >= 0.49
    assert load.sent == 50


def test_nobody_there_is_said_at_once() -> None:
    """Nothing was sent, so there are no figures."""
    target = resolve_target("http://127.0.0.1:9/")
    connect = Transport(target, timeout=1).connect
    engine = Engine(target, connect, bool, time.monotonic, 1, 1)
    with pytest.raises(ConnectFailed):
        engine.run(iter(()), count=1)


FIGURES = Load(10, 9, 0, 2.0, [0.001 * n for n in range(1, 10)])


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("p50<6ms", True),
        ("p50<5ms", False),
        ("p50<=5ms", True),
        ("max<0.01s", True),
        ("failed<10%", False),
        ("failed<=0.1", True),
        ("rate>4", True),
        ("rate>=6", False),
    ],
)
def test_thresholds(text: str, holds: bool) -> None:  # noqa: FBT001 - a row of a table
    """Each figure in its unit."""
    assert Threshold.read(text).holds(FIGURES) is holds


def test_no_answer_keeps_no_threshold_of_time() -> None:
    """Silence is not quick."""
    assert not Threshold.read("p99<1s").holds(Load(5, 0, 0, 1.0))


@pytest.mark.parametrize("text", ["p99", "p99<1", "p98<1s", "p99<1%", "failed<1ms", "rate>1s"])
def test_what_is_no_threshold_is_refused(text: str) -> None:
    """A figure without its unit could be meant otherwise."""
    with pytest.raises(UsageError, match="threshold"):
        Threshold.read(text)
