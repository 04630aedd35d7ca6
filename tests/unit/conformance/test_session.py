"""When a run gives up: its time is up, or nobody is there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pytest
from unit.conformance.parts import answered, unanswered

from hookproof.conformance.sending.session import Session, TargetGone, TimeIsUp
from hookproof.http.answer import Answer, Outcome
from hookproof.http.request import Request
from hookproof.http.symptom import Symptom
from hookproof.payload.body import BodyForm

if TYPE_CHECKING:
    from collections.abc import Sequence

REQUEST = Request(b"{}", (("Content-Type", "application/json"),), BodyForm.JSON)
OK = answered(200)
REFUSED = unanswered(Outcome.REFUSED, "the connection was refused")
NOBODY = [
    Outcome.REFUSED,
    Outcome.UNREACHABLE,
    Outcome.TLS,
]
SOMEBODY = [Outcome.TIMEOUT, Outcome.CLOSED, Outcome.RESET, Outcome.NOT_HTTP]


class Script:
    """A transport that gives prepared answers."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        self.answers = list(answers)
        self.sent: list[tuple[bytes, Any, str]] = []

    def send_request(self, request: Request, *, meanwhile: Any, **_: Any) -> Answer:
        """Keep what is sent; give the next answer."""
        self.sent.append((request.body, request.headers, request.query))
        meanwhile()
        return self.answers.pop(0)


def session(answers: Sequence[Answer], **options: Any) -> Session:
    """A session over prepared answers, its clock at zero."""
    around = {"monotonic": lambda: 0.0, "aside": None, "sleep": lambda _: None} | options
    return Session(cast("Any", Script(answers)), **around)


def sends(one: Session, times: int) -> list[Answer]:
    """Send so many requests."""
    return [one.send(REQUEST) for _ in range(times)]


@pytest.mark.parametrize("query", ["", "Signature=x%3D"])
def test_body_headers_and_query_go_out_as_they_are(query: str) -> None:
    """The session hands the request on and gives the answer back."""
    one = session([OK])
    assert one.send(replace(REQUEST, query=query)) is OK
    assert cast("Any", one.transport).sent == [(REQUEST.body, REQUEST.headers, query)]


def test_when_the_time_is_up_nothing_is_sent() -> None:
    """At the end of the time no further request goes out."""
    one = session([OK], ends_at=0.0)
    with pytest.raises(TimeIsUp):
        one.send(REQUEST)
    assert cast("Any", one.transport).sent == []


def test_a_moment_before_the_end_is_time_enough() -> None:
    """A request may begin as long as any time is left."""
    assert session([OK], ends_at=0.001).send(REQUEST) is OK


@pytest.mark.parametrize("outcome", NOBODY)
def test_a_target_that_never_was_there_is_gone_at_once(outcome: Outcome) -> None:
    """The first request that reaches nobody ends the run, with the reason."""
    with pytest.raises(TargetGone, match="no route"):
        session([unanswered(outcome, "no route")]).send(REQUEST)


def test_without_a_detail_the_outcome_is_the_reason() -> None:
    """A reason is always given."""
    with pytest.raises(TargetGone, match="connection-refused"):
        session([unanswered(Outcome.REFUSED)]).send(REQUEST)


def test_a_target_that_was_there_may_come_back() -> None:
    """After an answer four refusals in a row are borne; the request goes out again after each."""
    waits: list[float] = []
    one = session([OK, *[REFUSED] * 4, answered(503)], sleep=waits.append)
    one.send(REQUEST)
    answer = one.send(REQUEST)
    assert (answer.status, answer.symptom) == (503, Symptom.CAME_BACK)
    assert answer.detail == "nobody listened 4 times in a row, and then it was back"
    assert waits == sorted(waits)
    assert 1 < sum(waits) < 2


def test_five_refusals_in_a_row_are_the_end() -> None:
    """The fifth refusal is one too many, and nothing more is sent."""
    one = session([OK, REFUSED, OK, *[REFUSED] * 5, OK])
    sends(one, 2)
    with pytest.raises(TargetGone, match="the connection was refused, 5 times in a row"):
        one.send(REQUEST)
    assert len(cast("Any", one.transport).answers) == 1


def test_five_refusals_of_deliveries_aside_are_the_end() -> None:
    """Four side connections may find nobody, the fifth in a row ends the run."""
    one = session([])
    one.heed(OK)
    for _ in range(2):
        for _ in range(4):
            one.heed(REFUSED)
        one.heed(OK)
    for _ in range(4):
        one.heed(REFUSED)
    with pytest.raises(TargetGone, match="the connection was refused"):
        one.heed(REFUSED)


def test_nothing_is_waited_for_beyond_the_end_of_the_time() -> None:
    """When the time is up while nobody listens, that is what is told."""
    moments = iter([0.0, 0.0, 0.0, 9.0])
    one = session([OK, REFUSED, REFUSED], ends_at=5.0, monotonic=lambda: next(moments))
    one.send(REQUEST)
    with pytest.raises(TimeIsUp):
        one.send(REQUEST)


@pytest.mark.parametrize("outcome", SOMEBODY)
def test_silence_and_noise_do_not_count_as_gone(outcome: Outcome) -> None:
    """Whoever takes a connection is there, whatever comes of it."""
    assert len(sends(session([unanswered(outcome)] * 20), 20)) == 20
