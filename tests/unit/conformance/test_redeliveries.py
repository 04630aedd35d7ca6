"""Deliveries as a vendor makes them: again, together, given up, out of order, elsewhere."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from http.server import HTTPServer
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qsl, urlsplit

import pytest
from cast import CAST
from unit.conformance.parts import SECRET, callback, contract, payload, sender
from unit.conformance.test_run import run

from hookproof.conformance.cases.cases import Case
from hookproof.conformance.checks import Check, State
from hookproof.conformance.running.redeliveries import disordered, has_order
from hookproof.conformance.running.run import Plan, run_test
from hookproof.conformance.sending.side_connections import Aside
from hookproof.findings import Severity
from hookproof.http.target import resolve_target
from hookproof.testing import Incoming, Receiver, Reply, serve
from hookproof.testing.server import _Handler

if TYPE_CHECKING:
    from hookproof.contract import Callback
    from hookproof.http.request import Request

RECORD, GME = "zego_rtc/record", "tencent_gme/recording"


class Keeps(Receiver):
    """Keeps what it got."""

    def __init__(self, *args: Any, delay: float = 0.0) -> None:
        areas = ("zego_rtc", "tencent_gme")
        super().__init__(args[0], secrets=dict.fromkeys(areas, SECRET))
        self.got: list[Incoming] = []
        self.delay = delay

    def handle(self, incoming: Incoming) -> Reply:
        """Keep the request, then answer it."""
        self.got.append(incoming)
        reply = super().handle(incoming)
        return Reply(reply.status, reply.body, delay=self.delay)


def request(name: str) -> Request:
    """A genuine request."""
    case = Case(Check.ACCEPTS_GENUINE, "", payload(name), verbatim=True)
    return sender(callback(name)).write(case)


def test_chunks_carry_the_same_body() -> None:
    """A body in chunks arrives whole and without its length."""
    receiver = Keeps(contract())
    with serve(receiver) as url:
        answer = Aside(resolve_target(url), 5.0).send(request(RECORD), chunked=True)
    assert answer.status == 200
    [got] = receiver.got
    assert got.body == request(RECORD).body
    names = {name.lower() for name, _ in got.headers}
    assert "transfer-encoding" in names
    assert "content-length" not in names


def test_the_same_request_goes_out_so_often_at_once() -> None:
    """Each over a connection of its own, and every answer comes back."""
    receiver = Keeps(contract(), delay=0.05)
    with serve(receiver) as url:
        answers = Aside(resolve_target(url), 5.0).send_together([request(GME)] * 4)
    assert [answer.status for answer in answers] == [200] * 4
    assert {incoming.body for incoming in receiver.got} == {request(GME).body}


def test_a_sender_that_gives_up_has_sent_all_the_same() -> None:
    """The receiver got the callback although nobody waits for its answer."""
    receiver = Keeps(contract(), delay=0.5)
    with serve(receiver) as url:
        answer = Aside(resolve_target(url), 5.0).give_up(request(GME), after=0.2)
    assert answer.status is None
    assert [incoming.body for incoming in receiver.got] == [request(GME).body]


@pytest.mark.parametrize(("path", "kept"), [("", {}), ("hook?a=1", {"a": "1"})])
def test_parameters_are_added_to_the_urls_own(path: str, kept: dict[str, str]) -> None:
    """What the URL has in its query stays."""
    receiver = Keeps(contract())
    with serve(receiver) as url:
        aside = Aside(resolve_target(url + path), 5.0)
        aside.send_with_query(request(RECORD), query={"signature": "a b&c"})
    [got] = receiver.got
    assert dict(parse_qsl(urlsplit(got.path).query)) == {**kept, "signature": "a b&c"}


@pytest.mark.parametrize("name", ["CrashesInParallel", "RefusesWhileBusy", "RefusesKnownEvents"])
def test_a_fault_in_one_way_of_redelivery_is_told_by_that_way(name: str) -> None:
    """The message says which delivery it was that failed."""
    words = {
        "CrashesInParallel": "times at once",
        "RefusesWhileBusy": "",
        "RefusesKnownEvents": "a new moment and nonce",
    }
    report = run(CAST[name], RECORD)
    errors = [f for f in report.findings if f.severity is Severity.ERROR]
    assert {f.check for f in errors} == {"accepts_redelivery"}
    assert any(words[name] in f.message for f in errors)


def test_several_events_of_one_callback_come_the_latest_first() -> None:
    """They are of one thing, and differ in the event alone."""
    events = list(disordered(callback(GME), payload(GME)))
    assert [case.payload["EventType"] for case in events] == [3, 2, 1]
    assert len({json.dumps({**case.payload, "EventType": 0}) for case in events}) == 1
    assert all(case.verbatim for case in events)


@dataclass(frozen=True)
class Ordered:
    """A callback as it is read once the contract tells orderings."""

    inner: Callback
    ordering: tuple[str, ...]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)


@pytest.mark.parametrize(
    ("name", "pointer", "values"),
    [
        ("zego_rtc/transcode_stop", "/Sequence", [1, 0]),
        (RECORD, "/begin_time", ["1481597359", "1481597358"]),
    ],
)
def test_an_ordering_gives_a_later_and_an_earlier_event(
    name: str, pointer: str, values: list[Any]
) -> None:
    """The field that orders events is moved on for the first and put back for the second."""
    ordered = cast("Any", Ordered(callback(name), (pointer,)))
    found = [case.payload[pointer[1:]] for case in disordered(ordered, payload(name))]
    assert found == values


def test_what_the_clock_orders_is_not_moved() -> None:
    """The moment of sending is of now, and cannot be put in disorder."""
    ordered = cast("Any", Ordered(callback(RECORD), ("/timestamp",)))
    assert not has_order(ordered, payload(RECORD))


def test_without_an_order_there_is_nothing_to_test() -> None:
    """The check is skipped, and tested where one callback tells of several events."""
    report = run(Receiver, RECORD, GME, max_cases=60)
    states = [report.callbacks[name].checks[Check.TOLERATES_DISORDER] for name in (RECORD, GME)]
    assert states == [State.SKIPPED, State.PASS]


class OneAtATime(HTTPServer):
    """Serves a connection to its end before it looks at the next one."""

    def __init__(self, receiver: Receiver) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.receiver = receiver
        self.stopping = threading.Event()


def test_a_receiver_that_serves_one_connection_at_a_time_is_not_blamed() -> None:
    """Nothing is delivered beside a connection that is kept open, for it would be in the way."""
    secrets = {callback(GME).area: SECRET}
    server = OneAtATime(Receiver(contract(), secrets=secrets))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        plan = Plan([callback(GME)], secrets, max_cases=60, timeout=2.0)
        target = resolve_target(f"http://127.0.0.1:{server.server_port}/")
        report = run_test(target, plan)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert [f for f in report.findings if f.severity is not Severity.NOTE] == []
    assert report.verdict == "pass"
