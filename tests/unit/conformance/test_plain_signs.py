"""What an answer says plainly of its cause, and the next step that follows from it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from unit.conformance.parts import answered, unanswered

from hookproof.conformance.cases.cases import Case
from hookproof.conformance.cases.forgeries import Hole
from hookproof.conformance.checks import Check
from hookproof.conformance.judging.advice import hint_for
from hookproof.conformance.judging.plain_signs import is_of_a_guard, named_fields, plain_sign
from hookproof.conformance.policy import Policy
from hookproof.findings import CODES
from hookproof.http.answer import Answer, Outcome

PAYLOAD = {"event": "x", "appid": 1, "room_id": "r", "timestamp": "1", "signature": "s"}


def told(status: int, body: bytes = b"", **headers: str) -> Answer:
    """An answer with headers."""
    pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Answer(Outcome.ANSWERED, status, headers=pairs, body=body)


CSRF = b"<html><title>403 Forbidden</title><p>CSRF verification failed. Request aborted.</p>"
SIGNS: list[tuple[Answer, str]] = [
    (told(301, Location="https://a.example/hook/"), "it redirects to https://a.example/hook/"),
    (told(307), "does not say where to"),
    (told(401, WWW_Authenticate='Basic realm="x"'), "asks for a password (Basic)"),
    (told(407, Proxy_Authenticate="Basic"), "asks for a password (Basic)"),
    (told(403, CSRF), "wants a CSRF token"),
    (told(419, b"CSRF token mismatch."), "wants a CSRF token"),
    (told(404, b"Stream not found"), "404 (Stream not found): is the path right?"),
    (
        told(404, b"<title>Error</title>\n<pre>Cannot POST /hook</pre>"),
        "404 (Cannot POST /hook): is the path right?",
    ),
    (told(405, Allow="GET, HEAD"), "POST is not allowed at this path, only GET, HEAD is"),
    (told(411), "wants a Content-Length"),
    (told(413), "its limit of bodies"),
    (told(415), "does not take this Content-Type"),
    (told(429), "it limits requests"),
    (told(400, b'json: unknown field "appid"'), "it knows no appid"),
    (
        told(422, b'{"detail":[{"type":"extra_forbidden","loc":["body","appid"]}]}'),
        "ignore what you do not know",
    ),
    (told(400, b"appid: unexpected field type"), "its answer names appid: take what the vendor"),
    (told(502), "a proxy or gateway says 502"),
    (told(504), "a proxy or gateway says 504"),
    (unanswered(Outcome.CLOSED), "as when the handler dies"),
    (unanswered(Outcome.RESET), "look for a panic"),
    (unanswered(Outcome.TIMEOUT), "acknowledge before working"),
]


@pytest.mark.parametrize(("answer", "words"), SIGNS)
def test_a_plain_sign_is_told(answer: Answer, words: str) -> None:
    """Each status, challenge and way to hang up has one plain meaning."""
    assert words in plain_sign(answer, payload=PAYLOAD)


@pytest.mark.parametrize("status", [200, 400, 401, 403, 409, 422, 500])
def test_without_a_sign_nothing_is_told(status: int) -> None:
    """A refusal that says no more than that says no cause."""
    assert plain_sign(told(status, b'{"error": "no"}'), payload=PAYLOAD) == ""


@pytest.mark.parametrize(
    ("said", "names"),
    [
        (
            "json: cannot unmarshal number into Go struct field Callback.appid of type string",
            ["appid"],
        ),
        ({"detail": [{"loc": ["body", "appid"], "msg": "int", "input": PAYLOAD}]}, ["appid"]),
        ({"detail": [{"type": "missing", "loc": ["body", "stream_alias"]}]}, ["stream_alias"]),
        ({"errors": [{"instancePath": "/room_id", "message": "must be number"}]}, ["room_id"]),
        ({"error": "room_id is required"}, ["room_id"]),
        ({"received": PAYLOAD}, []),
        (PAYLOAD, []),
        ("no", []),
    ],
)
def test_the_fields_that_a_refusal_names_are_read(said: Any, names: list[str]) -> None:
    """In the ways of the usual checkers; an echo of the payload names nothing."""
    body = said if isinstance(said, str) else json.dumps(said)
    assert named_fields(told(422, body.encode()), PAYLOAD) == names


def test_a_named_field_is_a_sign_unless_it_is_of_the_signature() -> None:
    """Who names appid has checked the payload; who names the signature may speak of that."""
    answer = told(400, b"appid must be text")
    assert "its answer names appid" in plain_sign(answer, payload=PAYLOAD)
    other = told(422, b'{"detail": [{"loc": ["body", "stream_alias"]}]}')
    assert "stream_alias, which this callback does not have" in plain_sign(other, payload=PAYLOAD)
    signed = frozenset({"signature", "timestamp"})
    wrong = told(400, b"signature is wrong")
    assert plain_sign(wrong, payload=PAYLOAD, signed=signed) == ""
    assert not is_of_a_guard(answer)
    assert is_of_a_guard(told(405))


def test_a_field_that_is_there_is_not_said_to_be_missing() -> None:
    """Whether it lies in an object, in nested JSON, or has another letter case."""
    payload = {**PAYLOAD, "AppId": 1, "EventInfo": {"RoomId": "r"}, "extra": '{"TaskId": "t"}'}
    del payload["appid"]
    for name in ("RoomId", "TaskId"):
        answer = told(422, json.dumps({"detail": [{"loc": ["body", name]}]}).encode())
        assert plain_sign(answer, payload=payload).startswith(f"its answer names {name}: take")
    answer = told(422, b'{"detail": [{"type": "missing", "loc": ["appid"]}]}')
    assert "this callback has appid as AppId, and letter case" in plain_sign(
        answer, payload=payload
    )


def test_a_field_that_may_be_left_out_is_no_matter_of_addresses() -> None:
    """The callback is taken at this address; what is asked for is optional."""
    answer = told(422, b'{"detail": [{"type": "missing", "loc": ["stream_alias"]}]}')
    other = hint("HP402", answer, check=Check.ACCEPTS_CONFORMING)
    assert "which the vendor may leave out: accept the callback without it" in other
    assert "is this the address of another" in hint("HP401", answer)


def hint(code: str, answer: Answer, **case: Any) -> str:
    """The next step for a finding."""
    check = case.pop("check", Check.ACCEPTS_GENUINE)
    policy = case.pop("policy", Policy.LENIENT)
    return hint_for(code, Case(check, "a case", PAYLOAD, **case), answer, policy=policy)


def test_a_crash_on_the_genuine_callback_is_not_to_be_refused() -> None:
    """It must be accepted; a crash on rubbish may be answered with 4xx."""
    assert "must be accepted" in hint("HP404", answered(500))
    assert "4xx" in hint("HP404", answered(500), check=Check.SURVIVES_MALFORMED)


def test_a_proxy_before_nothing_is_told_as_that() -> None:
    """To the genuine callback 502 means that nothing is there; to a payload, that it may be why."""
    assert "is the receiver running" in hint("HP428", answered(502))
    other = hint("HP428", answered(502), check=Check.ACCEPTS_CONFORMING)
    assert other == CODES["HP428"].hint


def test_what_was_declared_is_not_asked_for_again() -> None:
    """Under --policy strict nobody is told to say so with --policy strict."""
    assert "say so with --policy strict" in hint("HP406", answered(200))
    assert "say so" not in hint("HP406", answered(200), policy=Policy.STRICT)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("charset", "without its parameters"),
        ("upper-case", "no letter case"),
        ("no-type", "no Content-Type"),
        ("chunks", "length is not told"),
    ],
)
def test_each_header_variant_has_a_next_step_of_its_own(kind: str, words: str) -> None:
    """A body in chunks has nothing to do with how a media type is compared."""
    assert words in hint("HP421", answered(400), kind=kind)


def test_who_compares_media_types_letter_by_letter_is_told_so_once() -> None:
    """With a charset, in capitals or left out: a 415 has one reason; to chunks it has another."""
    kinds = ("charset", "upper-case", "no-type")
    told = {hint("HP421", answered(415), kind=kind) for kind in kinds}
    assert len(told) == 1
    assert "in any letter case" in told.pop()
    assert "length is not told" in hint("HP421", answered(415), kind="chunks")


def test_anybody_can_call_where_that_is_so() -> None:
    """Not where a forger needs a part of the right signature, or to have seen a callback."""
    needs = {Hole.PART, Hole.LETTERS, Hole.KNOWN}
    for hole in set(Hole) - {Hole.TWICE}:
        said = hint("HP407", answered(200), check=Check.REFUSES_FORGED, kind=hole)
        assert ("anybody can call" in said) == (hole not in needs)


def test_what_crashes_on_a_forgery_is_told_by_what_was_forged() -> None:
    """A strict comparison that wants bytes is another matter than a field that is missing."""
    for hole, words in (
        (Hole.NONE, "is there before comparing"),
        (Hole.ODD, "is text before comparing"),
        (Hole.BEYOND_ASCII, "compare bytes"),
        (Hole.MOMENT, "the moment is a number"),
        (Hole.PART, "check the length"),
    ):
        assert words in hint("HP408", answered(500), check=Check.REFUSES_FORGED, kind=hole)


def test_without_anything_closer_the_code_tells() -> None:
    """The usual next step stands where nothing else is known."""
    assert hint("HP402", answered(400), check=Check.ACCEPTS_CONFORMING) == CODES["HP402"].hint
