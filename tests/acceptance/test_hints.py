"""The next step leads to the fix, and says nothing against what was found: row by row."""

from __future__ import annotations

import hmac
import re
from typing import Any

import pytest
from acceptance.receiver_runs import SHARED, contract
from receivers.truths.host import NO, OK, SECRET, Call, Reset, Told, digest, serving, trtc, zego

from hookproof.conformance.policy import Policy
from hookproof.conformance.running.run import Plan, run_test
from hookproof.http.target import resolve_target
from hookproof.report.of_receiver import receiver_report
from hookproof.report.text import as_text

LOGIN, RECORD, ENTERED = "zego_rtc/room_login", "zego_rtc/record", "tencent_trtc/room_entered"


def always(*told: Any) -> Any:
    """Who gives one answer, whatever comes."""

    def handle(call: Call) -> Told:
        del call
        return told

    handle.reads_forms = True  # type: ignore[attr-defined]
    return handle


def dies_without_a_name(call: Call) -> Told:
    if not zego(call):
        return NO
    if "user_nickname" not in call.payload:
        raise Reset
    return OK


def compares_text(call: Call) -> Told:
    given = call.payload.get("signature")
    if not isinstance(given, str):
        return NO
    right = digest(call.payload.get("timestamp"), call.payload.get("nonce"))
    return OK if hmac.compare_digest(given, right) else NO


def takes_a_nonce_once(call: Call) -> Told:
    if not zego(call):
        return NO
    nonce = str(call.payload["nonce"])
    if nonce in call.memory:
        return 409, {"error": "known"}
    call.memory[nonce] = True
    return OK


def acknowledges_what_is_signed(call: Call) -> Told:
    return OK if isinstance(call.payload, dict) and zego(call) else NO


def dies_of_forms(call: Call) -> Told:
    # As in Express, where the body of a request that no middleware has read is undefined.
    return OK if zego(call) else NO


dies_of_forms.reads_forms = True  # type: ignore[attr-defined]


def takes_no_chunks(call: Call) -> Told:
    if "Transfer-Encoding" in call.headers:
        return 411, {}
    return OK if trtc(call) else NO


def wants_a_type(call: Call) -> Told:
    if "Content-Type" not in call.headers:
        return 400, {"error": "no media type"}
    return OK if trtc(call) else NO


# The receiver, its callback, the code of the first cause, what its next step says, and what no
# word of the report says. Each row is one of those that once led away from the fix.
ROWS = {
    "a crash on the genuine callback": (
        *(always(500, b"oops"), LOGIN, "HP404", "look at the receiver's log"),
        "answer 4xx|is the secret",
    ),
    "a proxy with nothing behind": (
        *(always(502, b"<title>502 Bad Gateway</title>"), LOGIN, "HP428", "nothing behind it"),
        "crashes on a payload|answer 4xx|is the secret",
    ),
    "a redirect": (
        *(always(301, b"", {"Location": "https://example.com/hook"}), LOGIN, "HP401"),
        *("redirects to https://example.com/hook", "is the secret|verifies with another"),
    ),
    "not found": (
        *(always(404, b"no such page"), LOGIN, "HP401", "is the path right"),
        "is the secret|verifies with another",
    ),
    "another method": (
        *(always(405, b"", {"Allow": "GET"}), LOGIN, "HP401", "only GET is"),
        "is the secret|verifies with another",
    ),
    "another media type": (
        *(always(415, b""), LOGIN, "HP401", "does not take this Content-Type"),
        "is the secret|verifies with another",
    ),
    "a limit of requests": (
        *(always(429, b""), LOGIN, "HP401", "it limits requests"),
        "is the secret|verifies with another",
    ),
    "a handler that dies": (
        *(dies_without_a_name, LOGIN, "HP405", "look for a panic"),
        "answer before working",
    ),
    "text that is compared in constant time": (
        *(compares_text, LOGIN, "HP408", "compare bytes of one length, not text"),
        "is there and is text",
    ),
    "a nonce that was there": (
        *(takes_a_nonce_once, LOGIN, "HP411", "answer a known event as the first time"),
        "HP402|wants of the payload",
    ),
    "a form that is not read": (
        *(dies_of_forms, RECORD, "HP404", "read or refused: answer 4xx where it is not"),
        "HP415|must be accepted",
    ),
    "chunks": (takes_no_chunks, ENTERED, "HP421", "Transfer-Encoding: chunked", "letter case"),
    "no media type": (wants_a_type, ENTERED, "HP421", "where no Content-Type says", "chunked"),
}


def told(handle: Any, callback: str, **options: Any) -> str:
    """The text of a run, on one line."""
    plan = Plan([contract().callback(callback)], {callback.partition("/")[0]: SECRET}, **options)
    with serving(handle) as url:
        report = run_test(resolve_target(url), plan, surroundings=SHARED)
    return " ".join(as_text(receiver_report(report)).split())


@pytest.mark.parametrize("row", ROWS)
def test_a_hint_leads_to_the_fix(row: str) -> None:
    """The first cause has the code that it is, and its next step is what mends it."""
    handle, callback, code, says, never = ROWS[row]
    text = told(handle, callback, max_cases=300)
    causes = re.findall(r" 1 (?:error|warning) (HP\d+) ", text)
    assert causes[:1] == [code], text[:400]
    block = text.rpartition(f" 1 {'warning' if code == 'HP421' else 'error'} {code} ")[2]
    assert says in block.partition(" page http")[0], block[:400]
    assert not re.search(never, text)


def test_a_form_that_is_crashed_on_need_not_be_read() -> None:
    """The genuine callback in that form and the forged ones are one cause, with its next step."""
    assert "is to be read or refused: answer 4xx" in told(dies_of_forms, RECORD, max_cases=300)


def test_who_declared_to_be_strict_is_not_told_to_declare_it() -> None:
    """The step for a broken payload that is acknowledged is another one under the policy."""
    lenient = told(acknowledges_what_is_signed, LOGIN, max_cases=150)
    strict = told(acknowledges_what_is_signed, LOGIN, max_cases=150, policy=Policy.STRICT)
    assert "HP406" in lenient
    assert "as declared by --policy strict" in strict
    assert "say so with --policy strict" not in strict
