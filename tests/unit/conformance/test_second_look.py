"""Nothing is blamed on one observation: what does not repeat is one note for the run."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from cast import CAST
from unit.conformance.parts import NOW, callback
from unit.conformance.test_run import run, told

from hookproof.conformance.checks import Check, Control, State
from hookproof.conformance.judging.steadiness import Change, Steadiness
from hookproof.findings import ReceiverFinding, Severity
from hookproof.report.of_receiver import receiver_report
from hookproof.testing import Incoming, Receiver, Reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.conformance.running.report import ReceiverReport
    from hookproof.testing.receiver import Delivered

RECORD, GME, COMPOSE = "zego_rtc/record", "tencent_gme/recording", "zego_rtc/compose"


def stray(
    reply: Reply, *, when: Callable[[int], bool], kind: type[Receiver] = Receiver
) -> type[Receiver]:
    """A receiver that gives such a reply to the requests of some numbers, counted from 1."""

    class Stray(kind):  # type: ignore[misc, valid-type]
        number = 0

        def handle(self, incoming: Incoming) -> Reply:
            Stray.number += 1
            mine: Reply = super().handle(incoming)
            return reply if when(Stray.number) else mine

    return Stray


def notes_of(report: ReceiverReport) -> list[ReceiverFinding]:
    """What is told of answers that did not repeat."""
    return [one for one in report.findings if one.code == "HP432"]


STRAY = {
    "503": Reply(503),
    "502": Reply(502, b"<html>Bad Gateway</html>"),
    "500": Reply(500),
    "401": Reply(401),
    "400": Reply(400),
    "closed": Reply(raw=b""),
    "no HTTP": Reply(raw=b"garbage\r\n\r\n"),
    "silence": Reply(delay=0.8),
    "late": Reply(200, b"1", delay=0.4),
    "oddly": Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Encoding: gzip\r\n\r\n1"),
}


# A connection that is closed while it was idle is opened again without a word, as HTTP has it.
@pytest.mark.parametrize("name", [name for name in STRAY if name != "closed"])
def test_an_answer_that_does_not_repeat_blames_nothing(name: str) -> None:
    """Whatever comes once in a while, of a correct receiver there is no error and one note."""
    # Where it is not the answer itself that is wrong, only acknowledgements show it.
    each = 7 if name == "late" else 31
    receiver = stray(STRAY[name], when=lambda number: number % each == 5)
    report = run(receiver, RECORD, max_cases=130, timeout=0.3)
    assert told(report) == []
    assert {code for code, _ in told(report, Severity.WARNING)} <= {"HP432"}
    [note] = notes_of(report)
    assert note.count >= 1
    assert f"{note.count} of 130 requests" in note.message
    assert "then 200" in note.message or "then 4" in note.message
    assert report.callbacks[RECORD].requests == 130


@pytest.mark.parametrize("first", [1, 2, 3])
@pytest.mark.parametrize("name", ["503", "500", "401", "closed", "silence", "late"])
def test_a_bad_start_costs_a_run_nothing_but_a_word(name: str, first: int) -> None:
    """The genuine callback is tried again as the vendor would, and everything is tested."""
    if first > 1 and name in {"500", "401", "silence", "late"}:
        pytest.skip("what comes again and again is no stray answer")
    receiver = stray(STRAY[name], when=lambda number: number <= first)
    around = {"sleep": lambda _: None}
    report = run(receiver, RECORD, max_cases=60, timeout=0.3, around=around)
    assert told(report) == []
    result = report.callbacks[RECORD]
    assert State.INCONCLUSIVE not in result.checks.values()
    [note] = notes_of(report)
    assert "the genuine callback" in note.message


def test_one_note_is_told_for_all_callbacks() -> None:
    """However many callbacks are concerned, what did not repeat is one finding of the run."""
    receiver = stray(STRAY["503"], when=lambda number: number % 40 == 0)
    report = run(receiver, RECORD, COMPOSE, max_cases=100)
    [note] = notes_of(report)
    assert note.severity is Severity.NOTE
    assert RECORD in note.message
    assert COMPOSE in note.message


def test_a_receiver_that_often_fails_is_warned_of_with_the_rate() -> None:
    """Three in ten is no hiccup: no payload is blamed, and the share is told as a warning."""
    chance = random.Random(5)
    receiver = stray(STRAY["503"], when=lambda _: chance.random() < 0.3)
    around = {"sleep": lambda _: None}
    report = run(receiver, RECORD, max_cases=150, around=around)
    assert told(report) == []
    [note] = notes_of(report)
    assert note.severity is Severity.WARNING
    assert " %)" in note.message


def test_a_fault_is_found_on_an_unsteady_receiver_too() -> None:
    """What repeats is an error however often something else goes wrong."""
    receiver = stray(
        STRAY["503"], when=lambda number: number % 20 == 0, kind=CAST["RefusesUnknownFields"]
    )
    report = run(receiver, RECORD, max_cases=200, around={"sleep": lambda _: None})
    assert {code for code, _ in told(report)} == {"HP412"}


class Deploys(Receiver):
    """Is not there for a while: its proxy answers 503 until it was waited for long enough."""

    waited: ClassVar[float] = 0.0
    number: ClassVar[int] = 0
    headers: ClassVar[tuple[tuple[str, str], ...]] = ()

    def handle(self, incoming: Incoming) -> Reply:
        """Answer 503 from the fortieth request on."""
        Deploys.number += 1
        gone = Deploys.number >= 40 and Deploys.waited < 3
        return Reply(503, headers=self.headers) if gone else super().handle(incoming)


@pytest.mark.parametrize("asked", ["", "1", "2"])
def test_a_deployment_is_waited_for(asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a proxy says 503 to the genuine callback too, nothing is blamed; Retry-After holds."""
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        Deploys.waited += seconds

    monkeypatch.setattr(Deploys, "waited", 0.0)
    monkeypatch.setattr(Deploys, "number", 0)
    monkeypatch.setattr(Deploys, "headers", (("Retry-After", asked),) if asked else ())
    report = run(Deploys, RECORD, max_cases=80, around={"sleep": sleep})
    assert told(report) == []
    assert len(notes_of(report)) == 1
    assert not asked or set(waits) == {float(asked)}


def test_what_asks_for_more_than_a_run_can_wait_stops_accepting() -> None:
    """A limit that lasts an hour is told, and not waited for."""
    waits: list[float] = []
    limit = Reply(429, headers=(("Retry-After", "3600"),))
    receiver = stray(limit, when=lambda number: number >= 40)
    report = run(receiver, RECORD, max_cases=80, around={"sleep": waits.append})
    assert {code for code, _ in told(report)} == {"HP427"}
    assert waits == []


@pytest.mark.parametrize("a_second", [5, 20, 100])
def test_a_limit_of_requests_in_a_second_is_kept_to(
    a_second: int,
) -> None:
    """What says 429 without a word of when is sent to more slowly, and blamed for nothing."""
    now = [1000.0]
    taken: list[float] = []

    def sleep(seconds: float) -> None:
        now[0] += seconds

    class Limits(Receiver):
        def handle(self, incoming: Incoming) -> Reply:
            now[0] += 0.001
            if sum(one > now[0] - 1 for one in taken) >= a_second:
                return Reply(429, b"slow down")
            taken.append(now[0])
            return super().handle(incoming)

    around = {"sleep": sleep, "monotonic": lambda: now[0]}
    report = run(Limits, RECORD, max_cases=150, around=around, time_limit=600.0)
    assert told(report) == []
    assert len(taken) > 120


class BehindAProxy(Receiver):
    """Dies on one field; what stands before it answers 502."""

    def handle(self, incoming: Incoming) -> Reply:
        """Answer as a proxy does whose server ended the connection."""
        try:
            return super().handle(incoming)
        except KeyError:
            return Reply(502, b"<h1>502 Bad Gateway</h1>")

    def validate(self, delivered: Delivered) -> None:
        """Take the alias for granted."""
        delivered.payload["stream_alias"]
        super().validate(delivered)


def test_a_proxys_word_is_told_as_such() -> None:
    """A 502 that repeats with one payload alone is an error, and no crash of what was not seen."""
    report = run(BehindAProxy, RECORD, max_cases=150)
    assert told(report) == [("HP428", "/stream_alias")]
    [found] = [one for one in report.findings if one.severity is Severity.ERROR]
    assert "proxy" in found.hint


def test_what_could_not_be_tried_again_is_no_error_and_no_pass() -> None:
    """Without a request left the check stays open, and the note says why."""
    for most in range(2, 30):
        report = run(CAST["AcceptsMissingSignature"], RECORD, max_cases=most)
        if notes_of(report):
            break
    assert told(report) == []
    open_checks = {
        check
        for check, state in report.callbacks[RECORD].checks.items()
        if state is State.INCONCLUSIVE
    }
    assert Check.REFUSES_FORGED in open_checks


def test_a_busy_machine_leaves_no_check_open_without_a_word() -> None:
    """One slow answer, at once with others or the last of all, costs a short run no evidence.

    One that never came costs it where no request is left; then the first line says so.
    """
    for name, at in (("late", 26), ("late", 30), ("late", 40), ("silence", 33)):
        receiver = stray(STRAY[name], when=lambda number, at=at: number == at)
        report = run(receiver, RECORD, max_cases=40, timeout=0.3)
        assert State.INCONCLUSIVE not in report.callbacks[RECORD].checks.values()
    report = run(stray(STRAY["silence"], when=lambda n: n == 28), RECORD, max_cases=40, timeout=0.3)
    assert report.callbacks[RECORD].checks[Check.ACCEPTS_REDELIVERY] is State.INCONCLUSIVE
    reason = receiver_report(report).reason
    assert reason.startswith("accepts redelivery failed once, with no request left")


def test_a_refused_control_is_refused_twice() -> None:
    """The genuine callback is blamed on nothing but two like refusals either."""
    report = run(CAST["IsNotThere"], RECORD)
    assert report.callbacks[RECORD].control is Control.REFUSED
    assert report.callbacks[RECORD].requests == 2
    assert notes_of(report) == []


def test_a_receiver_is_trusted_the_more_it_has_accepted() -> None:
    """After few requests nobody knows how steady it is."""
    early, late = Steadiness(accepted=5), Steadiness(accepted=200)
    assert (early.in_a_row, late.in_a_row) == (2, 2)
    assert early.repeats > late.repeats == 2


@pytest.mark.parametrize("each", [2, 3, 7])
@pytest.mark.parametrize("name", ["503", "401", "500"])
def test_a_receiver_that_fails_every_nth_time_is_not_blamed(name: str, each: int) -> None:
    """Whatever falls into step with it: no error, and one finding on how unsteady it is."""
    receiver = stray(STRAY[name], when=lambda number: number % each == 0)
    report = run(receiver, RECORD, GME, max_cases=150, around={"sleep": lambda _: None})
    assert told(report) == []
    assert len(notes_of(report)) == 1
    assert all(one.requests <= 150 for one in report.callbacks.values())


@pytest.mark.parametrize("seed", range(4))
def test_three_in_ten_refusals_convict_nobody(seed: int) -> None:
    """They look like a wrong signature, and do not show on what belongs refused."""
    chance = random.Random(seed)
    receiver = stray(STRAY["401"], when=lambda _: chance.random() < 0.3)
    report = run(receiver, RECORD, max_cases=200, around={"sleep": lambda _: None})
    assert told(report) == []
    assert report.callbacks[RECORD].control is Control.ACCEPTED
    assert len(notes_of(report)) == 1


def test_a_cause_is_not_named_where_the_same_is_accepted_now() -> None:
    """What is refused at first and then accepted, whatever is changed, was not for the change."""
    receiver = stray(STRAY["401"], when=lambda number: number <= 4)
    report = run(receiver, RECORD, max_cases=100, around={"sleep": lambda _: None})
    [refused] = [one for one in report.findings if one.code == "HP401"]
    assert "accepted a moment later" in refused.hint


def test_a_correct_receiver_is_sent_nothing_twice() -> None:
    """Where there is nothing to blame a second look costs no request."""

    class Keeps(Receiver):
        bodies: ClassVar[list[bytes]] = []

        def handle(self, incoming: Incoming) -> Reply:
            Keeps.bodies.append(incoming.body)
            return super().handle(incoming)

    around: dict[str, Any] = {"clock": lambda: NOW}
    report = run(Keeps, RECORD, max_cases=100, around=around)
    assert report.callbacks[RECORD].requests == 100
    again = [body for body in Keeps.bodies if Keeps.bodies.count(body) > 1]
    # The redeliveries: of the control, of a new event at once, and after giving up.
    assert len(set(again)) == 3


def test_the_less_steady_a_receiver_is_the_more_often_it_must_show() -> None:
    """With one stray answer two repeats suffice, with three in ten they do not."""
    change = Change(RECORD, "one", "got 503", "200")
    steady = Steadiness(requests=300, accepted=150)
    assert steady.repeats == 2
    assert steady.finding("page") is None
    assert Steadiness(300, 150, [change]).repeats == 2
    assert Steadiness(300, 150, [change] * 3).repeats == 3
    assert Steadiness(300, 150, [change] * 60).repeats > 8
    found = Steadiness(300, 150, [change] * 60).finding("page")
    assert found is not None
    assert found.severity is Severity.WARNING
    assert found.message.startswith("60 of 300 requests (20 %)")
    assert found.message.endswith("and 55 more")
    assert callback(RECORD).path == found.callback
