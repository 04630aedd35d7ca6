"""Where a vendor reads the body of an answer, the receiver test reads it too."""

from __future__ import annotations

from dataclasses import replace

import pytest
from unit.receiver.parts import SECRET, answered, callback, contract, payload, sender

from hookproof.contract.facts import Answer
from hookproof.delivery.request import write_request
from hookproof.finding import Severity
from hookproof.receiver.answer_body import acknowledgement
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
    request = write_request(ASKED, payload(NAME), secret=SECRET)
    incoming = Incoming(request.body, request.headers)
    body = receiver.read(incoming)
    reply = receiver.acknowledge(Delivered(ASKED, body.value, body, incoming))
    assert (reply.status, reply.body) == (200, b'{"result":0}')
    assert ("Content-Type", "application/json") in reply.headers
    assert acknowledgement(ASKED, answered(reply.status, reply.body)) == []
    assert sender(ASKED).callback.answer is not None
