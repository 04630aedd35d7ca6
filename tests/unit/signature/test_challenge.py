"""An answer gives back what a challenge asks for, in one of the documented forms."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any

import pytest
from small_contract import SOURCE, read_contract, write_contract
from unit.conformance.parts import answered

from hookproof.conformance.judging.answer_body import challenge_faults
from hookproof.contract import contract_in
from hookproof.contract_proof.check import check_contract, usability_problems
from hookproof.contract_proof.checks.reading import read_model
from hookproof.describe.page import render_callback
from hookproof.findings import Severity
from hookproof.receiver.lane import challenge_answer
from hookproof.report.ink import Ink
from hookproof.signature.challenge import answers_challenge

if TYPE_CHECKING:
    from pathlib import Path

    from hookproof.contract import Callback

SECRET = b"zoom secret"
ECHO = {"from": "/nonce"}
SLACK = [{"text": ECHO}, {"form": {"challenge": ECHO}}, {"json": {"challenge": ECHO}}]
ZOOM = [{"json": {"plainToken": ECHO, "encryptedToken": {**ECHO, "hmac": "sha256"}}}]
HASHED = hmac.new(SECRET, b"4f1c", hashlib.sha256).hexdigest()
PAYLOAD = {"event": "order_paid", "order": "A-17", "nonce": "4f1c", "time": 1767225600}
SIGNATURE = {
    "scheme": "hmac-body",
    "digest": "sha256",
    "inputs": [],
    "signature": {"in": "header", "field": "X-Sign"},
    "encodings": ["hex"],
    "required": True,
}


def asking(folder: Path, challenge: Any, **more: Any) -> Callback:
    """A callback that asks for a challenge back."""
    folder = write_contract(folder, signature=SIGNATURE, more={"x-challenge": challenge, **more})
    return read_contract(folder).callback("order_paid")


@pytest.mark.parametrize(
    ("challenge", "body", "right"),
    [
        (SLACK, b"4f1c", True),
        (SLACK, b"4f1c\n", True),
        (SLACK, b"challenge=4f1c", True),
        (SLACK, b'{"challenge": "4f1c", "ok": true}', True),
        (SLACK, b"", False),
        (SLACK, b"4f1d", False),
        (SLACK, b'"4f1c"', False),
        (SLACK, b'{"challenge": "4f1d"}', False),
        (SLACK, b'{"Challenge": "4f1c"}', False),
        (SLACK[2:], b"4f1c", False),
        (ZOOM, json.dumps({"plainToken": "4f1c", "encryptedToken": HASHED}).encode(), True),
        (ZOOM, json.dumps({"plainToken": "4f1c", "encryptedToken": HASHED[:-1]}).encode(), False),
        (ZOOM, b'{"plainToken": "4f1c"}', False),
        (ZOOM, b"4f1c", False),
        (ZOOM, b"\xff[", False),
    ],
)
def test_an_answer_is_held_to_the_challenge(
    tmp_path: Path, challenge: Any, body: bytes, *, right: bool
) -> None:
    """Text, form and JSON are read; a wrong, a missing or another value is an error."""
    callback = asking(tmp_path, challenge)
    assert answers_challenge(callback, PAYLOAD, SECRET, body) == right
    found = challenge_faults(callback, PAYLOAD, answered(200, body), secret=SECRET)
    told = [("HP414", Severity.ERROR)]
    assert [(one.code, one.severity) for one in found] == ([] if right else told)
    assert all("/nonce" in one.hint and HASHED not in one.hint for one in found)


@pytest.mark.parametrize("challenge", [*([one] for one in SLACK), ZOOM, SLACK])
def test_a_receiver_gives_the_right_answer(tmp_path: Path, challenge: Any) -> None:
    """What the receiver's own library answers is what the vendor takes, of each form."""
    callback = asking(tmp_path, challenge)
    given = challenge_answer(callback, PAYLOAD, SECRET)
    assert answers_challenge(callback, PAYLOAD, SECRET, given.body)
    assert given.content_type in {"text/plain", "application/json"} or b"challenge=" in given.body


def test_what_asks_nothing_takes_any_answer(tmp_path: Path) -> None:
    """A payload without the field that is to be given back asks for nothing."""
    callback = asking(tmp_path, SLACK)
    assert answers_challenge(callback, {"event": "order_paid"}, SECRET, b"ok")
    assert challenge_answer(callback, {"event": "order_paid"}, SECRET).body == b""


def test_show_says_what_is_given_back(tmp_path: Path) -> None:
    """The page of a callback tells each form of the answer."""
    shown = " ".join(render_callback(asking(tmp_path, ZOOM), ink=Ink()).split())
    assert "Gives back JSON in which plainToken is the value of /nonce" in shown
    assert "encryptedToken is the HMAC-SHA256 of the value of /nonce with the secret" in shown


SCHEMA = {"application/json": {"schema": {"type": "object"}, "example": {}}}
ANSWERED = {"200": {"description": "Received.", "content": SCHEMA}}


@pytest.mark.parametrize(
    ("challenge", "more", "code"),
    [
        ([{"text": {"from": "/nowhere"}}], {}, "HP513"),
        ([{"json": {"a": {"from": "/nonce", "encoding": "hex"}}}], {}, "HP508"),
        ([{"text": ECHO, "json": {"a": ECHO}}], {}, "HP508"),
        ([{"xml": ECHO}], {}, "HP508"),
        (ZOOM, {"x-signature": {"scheme": "none", "source": SOURCE}}, "HP508"),
        (ZOOM, {"responses": ANSWERED}, "HP508"),
    ],
)
def test_a_challenge_that_cannot_be_carried_out_is_refused(
    tmp_path: Path, challenge: Any, more: dict[str, Any], code: str
) -> None:
    """The proof names what is wrong with it; nothing of it is passed over."""
    files = write_contract(tmp_path, signature=SIGNATURE, more={"x-challenge": challenge, **more})
    problems = check_contract(contract_in(files))
    assert code in [one.code for one in problems if one.severity == "error"], problems
    assert usability_problems(read_model(contract_in(files))) or code == "HP513"
