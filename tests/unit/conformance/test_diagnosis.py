"""Why a receiver refuses what is genuine: the way of signing that it does accept."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from base64 import b64encode
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from cast import CAST
from unit.conformance.parts import SECRET
from unit.conformance.test_run import run

from hookproof.findings import Severity
from hookproof.testing import Receiver, Refused, Reply
from hookproof.testing.correct import TrustsTheSignature

if TYPE_CHECKING:
    from hookproof.conformance.running.report import ReceiverReport
    from hookproof.testing.receiver import Delivered, Incoming

RECORD, GME = "zego_rtc/record", "tencent_gme/recording"


Own = Callable[[dict[str, Any], bytes], str]


def signs(own: Own) -> type[Receiver]:
    """A receiver that computes the signature by a rule of its own, and trusts it."""

    class Signs(TrustsTheSignature):
        def proves(self, delivered: Delivered) -> bool:
            """Compare with its own."""
            given = delivered.signature
            return bool(given == own(delivered.payload, delivered.incoming.body))

    return Signs


def sha1_of(*values: bytes | str) -> str:
    """The documented digest of some values."""
    encoded = [value.encode() if isinstance(value, str) else value for value in values]
    return hashlib.sha1(b"".join(sorted(encoded))).hexdigest()  # noqa: S324 - the vendor's


SecretWithLineEnd = signs(lambda p, _: sha1_of(SECRET + b"\n", p["timestamp"], p["nonce"]))
InMilliseconds = signs(lambda p, _: sha1_of(SECRET, p["timestamp"] + "000", p["nonce"]))
OtherSecretAtHand = signs(lambda p, _: sha1_of("the other secret", p["timestamp"], p["nonce"]))
WithNames = signs(
    lambda p, _: sha1_of(f"timestamp={p['timestamp']}&nonce={p['nonce']}{SECRET.decode()}")
)
PlainHash = signs(lambda _, body: b64encode(bytes.fromhex(sha1_of(SECRET + body))).decode())
AnotherHash = signs(
    lambda p, _: hashlib.sha256(
        b"".join(sorted([SECRET, p["timestamp"].encode(), p["nonce"].encode()]))
    ).hexdigest()
)
Rewritten = signs(
    lambda p, _: b64encode(hmac.digest(SECRET, json.dumps(p).encode(), "sha1")).decode()
)


EXPLAINED = [
    (RECORD, SecretWithLineEnd, "The secret was used with a line end"),
    (RECORD, InMilliseconds, "timestamp in milliseconds"),
    (RECORD, WithNames, "names of the values were signed"),
    (RECORD, OtherSecretAtHand, "another secret, HOOKPROOF_SECRET_OTHER"),
    (RECORD, AnotherHash, "SHA-256 was taken; SHA-1 is documented"),
    (RECORD, CAST["UsesHmac"], "An HMAC was computed"),
    (RECORD, CAST["JoinsInTheOrderOfTheVector"], "nonce + timestamp + <secret>"),
    (RECORD, CAST["TakesNoncesForNumbers"], "nonce as a float cut to an integer"),
    (RECORD, CAST["WantsUpperCase"], "upper-case hex"),
    (RECORD, CAST["ReadsTheSignatureFromTheUrl"], "in the URL's query"),
    (GME, CAST["ReadsTheSignatureFromTheUrl"], "in the URL's query"),
    (GME, PlainHash, "A plain hash was taken (<secret>, then the body)"),
    (GME, Rewritten, "in another layout"),
]


def refusal(report: ReceiverReport) -> Any:
    """The one error that tells of the refused control."""
    [found] = [f for f in report.findings if f.severity is Severity.ERROR]
    assert (found.code, found.check) == ("HP401", "accepts_genuine")
    return found


@pytest.mark.parametrize(("name", "receiver", "words"), EXPLAINED)
def test_the_mistake_behind_a_refusal_is_told(
    name: str, receiver: type[Receiver], words: str
) -> None:
    """The callback signed in that wrong way is accepted, and the hint says what way it was."""
    others = {"HOOKPROOF_SECRET_OTHER": b"the other secret"}
    report = run(receiver, name, max_cases=300, other_secrets=others)
    found = refusal(report)
    assert words in found.hint
    for secret in (SECRET.decode(), "the other secret"):
        assert secret not in repr(report)


@pytest.mark.parametrize("name", [RECORD, GME])
def test_a_mistake_that_shows_late_is_told_as_well(name: str) -> None:
    """A receiver that fails at some nonces or layouts only is looked into in the same way."""
    fault = {RECORD: "SortsNumbersAsNumbers", GME: "SignsReserialisedJson"}[name]
    words = {RECORD: "sorted as numbers", GME: "parsed and written again"}[name]
    report = run(CAST[fault], name, max_cases=200)
    hints = {f.hint for f in report.findings if f.code == "HP402"}
    assert any(words in hint for hint in hints)


def test_a_secret_that_is_not_known_is_the_likeliest_reason() -> None:
    """Where no usual mistake explains it, that is said, and how many were tried."""
    found = refusal(run(CAST["UsesAnotherSecret"], RECORD, max_cases=300))
    assert "another secret" in found.hint
    assert "usual mistakes" in found.hint


class WantsNumbers(Receiver):
    """Wants the moment as a number."""

    def validate(self, delivered: Delivered) -> None:
        """Refuse text."""
        if isinstance(delivered.payload["timestamp"], str):
            raise Refused(422, "timestamp must be a number")


class LivesEightHoursLater(Receiver):
    """Takes its local time for UTC."""

    def validate(self, delivered: Delivered) -> None:
        """Refuse what is not of the last minutes by that clock."""
        if abs(time.time() + 8 * 3600 - int(delivered.payload["timestamp"])) > 300:
            raise Refused(401, "the callback is too old")


class ReadsForms(Receiver):
    """Reads nothing but forms."""

    def handle(self, incoming: Incoming) -> Reply:
        """Refuse JSON."""
        return Reply(400) if incoming.body.startswith(b"{") else super().handle(incoming)


@pytest.mark.parametrize(
    ("receiver", "words"),
    [
        (WantsNumbers, "with timestamp as a number: the vendor sends text"),
        (ReadsForms, "as a form: it does not read JSON bodies"),
        (CAST["TakesSecondsForMilliseconds"], "look at the receiver's clock, and the unit"),
        (LivesEightHoursLater, "with a moment 8 h later: its clock or time zone"),
    ],
)
def test_a_refusal_for_another_reason_is_told_apart(receiver: type[Receiver], words: str) -> None:
    """What is wrong with a payload is found by sending it otherwise, or by how a forgery fares."""
    assert words in refusal(run(receiver, RECORD, max_cases=300)).hint


def test_where_nobody_was_asked_nothing_more_is_sent() -> None:
    """A path that is not there, or a method that is not allowed, is no matter of signatures."""
    told = {
        "IsNotThere": "is the path right?",
        "WantsAnotherMethod": "POST is not allowed at this path",
        "Redirects": "it redirects to /elsewhere, and vendors do not follow",
    }
    for fault, words in told.items():
        report = run(CAST[fault], RECORD)
        # Once, and once more to see whether that repeats.
        assert report.callbacks[RECORD].requests == 2
        assert words in refusal(report).hint


def test_the_most_requests_hold_for_a_diagnosis_too() -> None:
    """With few requests allowed the receiver gets no more of them."""
    for most in (1, 2, 5):
        report = run(CAST["UsesAnotherSecret"], RECORD, max_cases=most)
        assert report.callbacks[RECORD].requests <= most


def test_what_was_found_for_one_callback_is_not_searched_again() -> None:
    """Others of the area that are refused in the same way are not signed in every way again."""
    name = "zego_rtc/compose"
    report = run(CAST["UsesAnotherSecret"], name, RECORD, GME, max_cases=300)
    hints = {finding.callback: finding.hint for finding in report.findings}
    assert hints[RECORD].startswith(f"as with {name}: refused in the same way")
    assert not hints[GME].startswith("as with")
    requests = {path: result.requests for path, result in report.callbacks.items()}
    assert requests[RECORD] < requests[name] / 2
