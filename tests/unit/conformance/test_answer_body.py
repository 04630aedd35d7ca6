"""Where a vendor reads the body of an answer, the receiver test reads it too."""

from __future__ import annotations

from dataclasses import replace

import pytest
from unit.conformance.parts import SECRET, answered, callback, contract, payload, sender

from hookproof.conformance.judging.answer_body import Acknowledgements, acknowledgement
from hookproof.contract.model import Answer
from hookproof.findings import Severity
from hookproof.http.request import Sending, write_request
from hookproof.testing import Receiver
from hookproof.testing.receiver import Delivered, Incoming

NAME = "zego_rtc/compose"
SCHEMA = {
    "type": "object",
    "required": ["result"],
    "properties": {"result": {"enum": [0, 1, 2]}, "reason": {"type": "string"}},
}
ASKED = replace(callback(NAME), answer=Answer("200", SCHEMA, {"result": 0}))


@pytest.mark.parametrize("body", [b'{"result":0}', b'{"result": 2, "reason": "no", "more": 1}\n'])
def test_a_documented_answer_is_no_finding(body):
    """JSON that fits the answer's schema is what the vendor asked for."""
    assert acknowledgement(ASKED, answered(200, body)) == []


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "it is no JSON"),
        (b"ok", "it is no JSON"),
        (b'{"result":0,"result":1}', "it is no JSON"),
        (b"{}", "at /result"),
        (b'{"result":"0"}', "at /result it wants one of 0, 1, 2"),
        (b"[]", "at the whole it wants an object"),
    ],
)
def test_another_answer_is_an_error(body, says):
    """What the vendor cannot read counts as no answer, and an example of a good one is given."""
    (finding,) = acknowledgement(ASKED, answered(200, body))
    assert (finding.code, finding.severity) == ("HP414", Severity.ERROR)
    assert says in finding.message
    assert 'answer 200 with JSON such as {"result": 0}' in finding.hint


def test_elsewhere_the_body_is_not_read():
    """Without an answer in the contract any body will do."""
    assert acknowledgement(callback(NAME), answered(200, b"anything")) == []


def test_the_correct_receiver_gives_the_answer_that_is_asked_for():
    """It answers with the contract's own example, as JSON."""
    receiver = Receiver(contract(), secrets={ASKED.area: SECRET})
    request = write_request(ASKED, payload(NAME), secret=SECRET, sending=Sending())
    incoming = Incoming(request.body, request.headers)
    body = receiver.read(incoming)
    reply = receiver.acknowledge(Delivered(ASKED, body.value, body, incoming))
    assert (reply.status, reply.body) == (200, b'{"result":0}')
    assert ("Content-Type", "application/json") in reply.headers
    assert acknowledgement(ASKED, answered(reply.status, reply.body)) == []
    assert sender(ASKED).callback.answer is not None


def learned(*bodies: bytes) -> Acknowledgements:
    """What is known after some answers to genuine callbacks."""
    known = Acknowledgements()
    for body in bodies:
        known.learn(answered(200, body))
    return known


OK = b'{"code": 0, "msg": "ok"}'


@pytest.mark.parametrize(
    ("known", "other"),
    [
        ([OK, OK], OK),
        ([OK, OK], b'{"msg":"ok","code":0}'),
        ([b'{"a": "x", "n": 1}', b'{"a": "x", "n": 2}'], b'{"a": "x", "n": 7}'),
        ([b'{"at": "2026-01-01T00:00:00Z"}'], b'{"at": "2026-01-01T00:00:01Z"}'),
        ([b'{"t": 1795939560.84}'], b'{"t": 1795939561.01}'),
        ([b"took 1795939560 ok"], b"took 1795939999 ok"),
        ([b'{"id": "9f86d081884c7d65"}'], b'{"id": "2c26b46b68ffc68f"}'),
        ([b'{"of": "<signature>"}'], b'{"of": null}'),
        ([OK, OK, b'{"code": 0, "msg": "known"}', OK, OK], b'{"code": 0, "msg": "known"}'),
        ([b""], b""),
    ],
)
def test_what_varies_by_itself_makes_no_other_answer(known: list[bytes], other: bytes) -> None:
    """Dates, numbers of requests and what is echoed say neither yes nor no."""
    assert learned(*known).has_like(answered(200, other))


@pytest.mark.parametrize(
    ("known", "other"),
    [
        ([OK, OK], b'{"code": 10003, "msg": "permission denied"}'),
        ([OK, OK], b'{"code": 0, "msg": "ok", "debug": "unsigned"}'),
        ([OK, OK], b'{"code": 0}'),
        ([b"ok"], b"error"),
        ([b""], b"no"),
        ([b"ok at 1795939560"], b"error at 1795939560"),
        ([b'{"a": 1, "n": 1}', b'{"a": 1, "n": 2}'], b'{"a": 2, "n": 3}'),
    ],
)
def test_another_answer_is_another_one(known: list[bytes], other: bytes) -> None:
    """What every genuine callback is told, and this request is not, is a refusal."""
    assert not learned(*known).has_like(answered(200, other))
    assert not learned(*known).has_like(answered(202, known[0]))


def test_without_an_answer_nothing_is_told_apart() -> None:
    """Nothing is known, so nothing speaks for a receiver."""
    assert Acknowledgements().has_like(answered(200, b"anything"))
