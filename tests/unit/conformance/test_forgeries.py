"""Holes that a forger finds, receivers that refuse in words, and causes that were tried."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from cast import CAST
from unit.conformance.parts import SECRET, callback
from unit.conformance.test_run import run, told

from hookproof.conformance.checks import Check, Control, State
from hookproof.conformance.policy import Policy
from hookproof.findings import Severity
from hookproof.testing import Incoming, Receiver, Reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.conformance.running.report import ReceiverReport
    from hookproof.findings import ReceiverFinding

LOGIN, CREATE, START = "zego_rtc/room_login", "zego_rtc/room_create", "zego_rtc/transcode_start"
ENTERED, RECORDING = "tencent_trtc/room_entered", "tencent_gme/recording"
OK, NO = Reply(200, b'{"code": 0}'), Reply(401, b"{}")

Answering = "Callable[[dict[str, Any], Incoming], Reply]"


def hand_made(answering: Callable[[dict[str, Any], Incoming], Reply]) -> type[Receiver]:
    """A receiver that somebody wrote by hand, in a few lines."""

    class HandMade(Receiver):
        def handle(self, incoming: Incoming) -> Reply:
            """Read an object, or refuse."""
            try:
                payload = json.loads(incoming.body)
            except (ValueError, RecursionError):
                return Reply(400)
            return answering(payload, incoming) if isinstance(payload, dict) else Reply(400)

    return HandMade


def sha(payload: dict[str, Any], secret: bytes = SECRET) -> str:
    """The documented digest of what is sorted and joined."""
    values = [str(payload.get(name)).encode() for name in ("timestamp", "nonce")]
    return hashlib.sha1(b"".join(sorted([secret, *values]))).hexdigest()  # noqa: S324


def mac(body: bytes, secret: bytes = SECRET, digest: str = "sha256") -> str:
    """The documented digest over a body."""
    return base64.b64encode(hmac.digest(secret, body, digest)).decode()


def is_right(payload: dict[str, Any]) -> bool:
    """Whether the signature is the documented one."""
    given = payload.get("signature")
    return isinstance(given, str) and given == sha(payload)


def header(incoming: Incoming, name: str) -> str | None:
    """The first header of a name."""
    return next((v for n, v in incoming.headers if n.lower() == name.lower()), None)


def errors(report: ReceiverReport) -> list[ReceiverFinding]:
    """The findings that weigh most."""
    return [f for f in report.findings if f.severity is Severity.ERROR]


def warned(report: ReceiverReport) -> set[str]:
    """Codes of the warnings but for encodings, which none of these receivers reads."""
    return {code for code, _ in told(report, Severity.WARNING)} - {"HP415"}


# -- holes ------------------------------------------------------------------------------------


def only_with_both(payload: dict[str, Any], _: Incoming) -> Reply:
    """Verify where there is something to verify."""
    if not payload.get("signature"):
        return NO
    both = payload.get("timestamp") and payload.get("nonce")
    return NO if both and not is_right(payload) else OK


def of_all_tenants(payload: dict[str, Any], _: Incoming) -> Reply:
    """Look through all secrets, one of which is empty."""
    return OK if payload.get("signature") in [sha(payload), sha(payload, b"")] else NO


def with_the_sample(payload: dict[str, Any], _: Incoming) -> Reply:
    """Keep the secret of the page beside one's own."""
    return OK if payload.get("signature") in [sha(payload), sha(payload, b"secret")] else NO


def where_it_came(_: dict[str, Any], incoming: Incoming) -> Reply:
    """Verify the header where there is one."""
    given = header(incoming, "Sign")
    return OK if given is None or given == mac(incoming.body) else NO


def any_beginning(payload: dict[str, Any], _: Incoming) -> Reply:
    """Compare as much as came."""
    given = payload.get("signature")
    return OK if isinstance(given, str) and given and sha(payload).startswith(given) else NO


@pytest.mark.parametrize(
    ("name", "answering", "kind", "words"),
    [
        (LOGIN, only_with_both, "input", "leaving out or changing what is signed"),
        (LOGIN, of_all_tenants, "empty-secret", "the empty secret"),
        (LOGIN, with_the_sample, "printed-secret", "stands in the vendor's documents"),
        (ENTERED, where_it_came, "none", "leaving the signature out"),
        (LOGIN, any_beginning, "part", "only a part is compared"),
        (LOGIN, lambda *_: OK, "any", "a signature made without the secret passes"),
    ],
)
def test_a_hole_is_one_error_that_says_who_gets_in(
    name: str, answering: Any, kind: str, words: str
) -> None:
    """What lets a forgery in is told, and nothing is told beside it that is not so."""
    report = run(hand_made(answering), name, max_cases=300)
    found = [f for f in errors(report) if f.check == Check.REFUSES_FORGED]
    assert [(f.code, f.kind) for f in found] == [("HP407", kind)]
    assert words in found[0].hint
    assert "HP416" not in warned(report)


def strictly(payload: dict[str, Any], _: Incoming) -> Reply:
    """Compare texts in constant time."""
    return OK if hmac.compare_digest(str(payload.get("signature", "")), sha(payload)) else NO


def strictly_in_a_header(_: dict[str, Any], incoming: Incoming) -> Reply:
    """Compare texts in constant time."""
    given = header(incoming, "Signature") or ""
    return OK if hmac.compare_digest(given, mac(incoming.body, digest="sha1")) else NO


def of_now(payload: dict[str, Any], _: Incoming) -> Reply:
    """Look at the moment first, and at its type before that."""
    moment = payload.get("timestamp") or 0
    if isinstance(moment, bool | list | dict) or abs(int(moment) - time.time()) > 1e15:
        return NO
    return OK if is_right(payload) else NO


@pytest.mark.parametrize(
    ("name", "answering", "kind", "words"),
    [
        (LOGIN, strictly, "beyond-ascii", "compare bytes"),
        (RECORDING, strictly_in_a_header, "beyond-ascii", "compare bytes"),
        (LOGIN, of_now, "moment", "the moment is a number"),
    ],
)
def test_what_a_stranger_sends_may_not_crash(
    name: str, answering: Any, kind: str, words: str
) -> None:
    """Bytes beyond ASCII in a header or a field, and moments that are none, are tried."""
    report = run(hand_made(answering), name, max_cases=300)
    found = {f.kind: f for f in errors(report) if f.code == "HP408"}
    assert kind in found
    assert words in found[kind].hint


# -- the digest -------------------------------------------------------------------------------


def decoded_hex(payload: dict[str, Any], _: Incoming) -> Reply:
    """Compare digests, as Node's Buffer.from(text, "hex") reads them."""
    given = payload.get("signature")
    text = given if isinstance(given, str) and given.isascii() else ""
    pairs = [text[at : at + 2] for at in range(0, len(text) - 1, 2)]
    raw = bytes.fromhex("".join(pairs)) if all(c in "0123456789abcdefABCDEF" for c in text) else b""
    return OK if raw == bytes.fromhex(sha(payload)) else NO


def decoded_base64(_: dict[str, Any], incoming: Incoming) -> Reply:
    """Compare digests, as Python's b64decode reads them."""
    try:
        given = base64.b64decode((header(incoming, "Sign") or "").encode("latin-1"))
    except ValueError:
        return NO
    return OK if hmac.compare_digest(given, hmac.digest(SECRET, incoming.body, "sha256")) else NO


@pytest.mark.parametrize(("name", "answering"), [(LOGIN, decoded_hex), (ENTERED, decoded_base64)])
def test_digests_may_be_compared_as_bytes(name: str, answering: Any) -> None:
    """The right digest and more after it can only come from who has the secret."""
    report = run(hand_made(answering), name, max_cases=300)
    assert errors(report) == []
    assert warned(report) == {"HP416"}


# -- answers compared -------------------------------------------------------------------------


def refusing_with(yes: Any, no: Any) -> Any:
    """A receiver that answers 200 in any case."""

    def answering(payload: dict[str, Any], _: Incoming) -> Reply:
        said = yes if is_right(payload) else no
        return Reply(200, json.dumps(said() if callable(said) else said).encode())

    return answering


def varying(code: int) -> dict[str, Any]:
    """An answer that is another one each time."""
    return {"code": code, "time": time.time(), "id": uuid.uuid4().hex}


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ({"code": 0, "msg": "ok"}, {"code": 10003, "msg": "permission denied"}),
        ({"errcode": 0}, {"errcode": 40001, "errmsg": "invalid signature"}),
        ("ok", "ignored"),
        (lambda: varying(0), lambda: varying(7)),
    ],
)
def test_who_answers_otherwise_refuses_though_the_vendor_takes_it_for_delivered(
    yes: Any, no: Any
) -> None:
    """No forgery is accepted, and that a lost event looks like this is a warning."""
    report = run(hand_made(refusing_with(yes, no)), LOGIN, max_cases=200)
    assert errors(report) == []
    assert warned(report) == {"HP433"}
    assert report.callbacks[LOGIN].checks[Check.REFUSES_FORGED] is State.PASS


def test_who_says_something_else_each_time_and_takes_all_is_open() -> None:
    """What varies by itself is no refusal: dates, numbers of requests, what is echoed."""

    def answering(payload: dict[str, Any], _: Incoming) -> Reply:
        return Reply(200, json.dumps({**varying(0), "of": payload.get("signature")}).encode())

    report = run(hand_made(answering), LOGIN, max_cases=200)
    assert [(f.code, f.kind) for f in errors(report)] == [("HP407", "any")]


def test_a_decision_that_all_get_and_that_is_an_error_proves_nothing() -> None:
    """Where the vendor reads the answer, too: who fails every callback has accepted no forgery."""
    no = {"ActionStatus": "FAIL", "ErrorInfo": "request timeout", "ErrorCode": 70001}
    path = "tencent_im/c2c_after_send_msg"
    report = run(hand_made(refusing_with(no, no)), path)
    assert (report.verdict, [one.code for one in report.findings]) == ("incomplete", ["HP429"])
    yes = {"ActionStatus": "OK", "ErrorInfo": "", "ErrorCode": 0}
    report = run(hand_made(refusing_with(yes, yes)), path, max_cases=60)
    assert {one.code for one in errors(report)} == {"HP407"}


@pytest.mark.parametrize("policy", [Policy.LENIENT, Policy.ACK_ALL])
def test_one_answer_to_genuine_and_forged_that_reads_like_a_refusal_proves_nothing(
    policy: Policy,
) -> None:
    """With a wrong secret every callback gets it: nothing was accepted, and nothing refused."""
    no = {"code": 10003, "msg": "permission denied"}
    report = run(hand_made(refusing_with(no, no)), LOGIN, policy=policy)
    assert report.verdict == "incomplete"
    assert [finding.code for finding in report.findings] == ["HP429"]
    assert report.callbacks[LOGIN].control is Control.UNCLEAR
    assert set(report.callbacks[LOGIN].checks.values()) == {State.INCONCLUSIVE}


def test_an_acknowledgement_in_odd_words_is_one_where_forgeries_are_refused() -> None:
    """{"code": 1} may mean well: what counts is that a forgery gets something else."""
    report = run(hand_made(lambda p, _: Reply(200, b'{"code": 1}') if is_right(p) else NO), LOGIN)
    assert report.callbacks[LOGIN].control is Control.ACCEPTED
    assert errors(report) == []


def test_a_refusal_in_words_is_seen_where_all_is_acknowledged() -> None:
    """Under ack-all another body than the genuine callback's is all that is wanted."""

    class Words(Receiver):
        def handle(self, incoming: Incoming) -> Reply:
            reply = super().handle(incoming)
            return Reply(200, b"taken" if reply.status == 200 else b"not taken")

    report = run(Words, LOGIN, policy=Policy.ACK_ALL, max_cases=200)
    assert report.callbacks[LOGIN].checks[Check.REFUSES_FORGED] is State.PASS
    assert not {"HP407", "HP426", "HP433"} & {finding.code for finding in report.findings}


# -- causes -----------------------------------------------------------------------------------


def hint_of(report: ReceiverReport, name: str) -> str:
    """The next step for a refused genuine callback."""
    [found] = [f for f in errors(report) if f.callback == name and f.code == "HP401"]
    return found.hint


def test_field_names_in_the_other_letter_case_are_a_cause() -> None:
    """Some callbacks write Signature where others of the area write signature."""
    report = run(hand_made(lambda p, _: OK if is_right(p) else NO), LOGIN, START, max_cases=200)
    told = hint_of(report, START)
    assert "with signature, timestamp, nonce in place of Signature, Timestamp, Nonce" in told
    assert "another secret" not in told


def test_a_field_of_another_type_is_a_cause_and_named_by_the_answer() -> None:
    """A struct with text for a number says so, and the number as text is accepted."""
    said = b"json: cannot unmarshal number into Go struct field Callback.appid of type string"

    def answering(payload: dict[str, Any], _: Incoming) -> Reply:
        if not isinstance(payload.get("appid", ""), str):
            return Reply(400, said)
        return OK if is_right(payload) else NO

    told = hint_of(run(hand_made(answering), CREATE, max_cases=200), CREATE)
    assert "with appid as text: the vendor sends a number" in told
    assert "another secret" not in told


def test_an_open_receiver_that_wants_a_field_is_not_suspected_of_another_secret() -> None:
    """What the run has shown of the area counts: no signature is needed there."""
    no = Reply(400, b'{"error": "validation"}')

    def answering(payload: dict[str, Any], _: Incoming) -> Reply:
        return OK if isinstance(payload.get("user_account"), str) else no

    report = run(hand_made(answering), LOGIN, CREATE, max_cases=200)
    told = hint_of(report, CREATE)
    assert f"no signature is needed for {LOGIN}" in told
    alone = hint_of(run(hand_made(answering), CREATE, max_cases=200), CREATE)
    assert "an empty object gets the same answer" in alone
    for hint in (told, alone):
        assert "another secret" not in hint


def test_where_a_callback_was_accepted_the_secret_is_right() -> None:
    """What is refused beside it is refused for something else."""

    def answering(payload: dict[str, Any], _: Incoming) -> Reply:
        return OK if is_right(payload) and payload.get("event") == "room_login" else NO

    told = hint_of(run(hand_made(answering), LOGIN, CREATE, max_cases=250), CREATE)
    assert f"the secret is right, for {LOGIN} was accepted with it" in told


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(400, b"Bad Request"), "an empty object gets the same answer: look at what gives it"),
        (
            Reply(401, b"bad signature"),
            "compare the secrets, where the receiver reads",
        ),
    ],
)
def test_one_refusal_for_all_is_told_as_that(reply: Reply, words: str) -> None:
    """A guard, a route and a wrong secret look the same, so none of them is named."""
    told = hint_of(run(hand_made(lambda *_: reply), LOGIN, max_cases=250), LOGIN)
    assert "refused in the same way whatever the signature is" in told
    assert words in told
    assert "another secret" not in told


def test_a_layout_that_is_refused_is_told_as_such_and_nothing_beside_it() -> None:
    """HMAC over JSON written anew: the moment's unit has nothing to do with it."""

    def answering(payload: dict[str, Any], incoming: Incoming) -> Reply:
        again = json.dumps(payload, separators=(",", ":"), ensure_ascii=False)
        right = mac(again.encode("utf-8", "replace"))
        return OK if header(incoming, "Sign") == right else NO

    report = run(hand_made(answering), ENTERED, max_cases=200)
    found = {f.kind: f for f in errors(report) if f.code == "HP402"}
    assert "layout" in found
    assert {one.what for one in found["layout"].variants} >= {
        "JSON laid out over several lines",
        "JSON with a line end after it",
        "JSON indented by tabs, a tab after each colon",
    }
    assert "in another layout" in found["layout"].hint
    assert not [f for f in errors(report) if "seconds" in f.hint]


def test_a_cause_is_carried_only_where_a_request_has_confirmed_it() -> None:
    """Another callback that is refused in the same way may be so for another reason."""

    def answering(payload: dict[str, Any], _: Incoming) -> Reply:
        strict = payload.get("event") in {"room_create", "room_close"}
        if strict and not isinstance(payload.get("timestamp"), str):
            return NO
        return OK if is_right(payload) else NO

    close = "zego_rtc/room_close"
    report = run(hand_made(answering), CREATE, START, close, max_cases=250)
    first, other, third = (hint_of(report, name) for name in (CREATE, START, close))
    assert "with timestamp as text" in first
    assert "in place of Signature" in other
    assert third.startswith(f"as with {CREATE}: ")
    assert "with timestamp as text" in third


def test_the_right_signature_elsewhere_is_told_by_the_one_place_that_was_tried() -> None:
    """The name in the query is the one that the receiver reads."""
    told = hint_of(run(CAST["ReadsTheSignatureFromTheUrl"], RECORDING, max_cases=200), RECORDING)
    assert "the URL's query, as signature;" in told


def test_the_address_of_another_callback_is_told_as_that() -> None:
    """The answer asks for a field that this callback has not, and one that has it is accepted."""
    asks = b'{"detail": [{"type": "missing", "loc": ["body", "user_account"]}]}'

    def answering(payload: dict[str, Any], _: Incoming) -> Reply:
        return Reply(422, asks) if "user_account" not in payload else OK

    report = run(
        hand_made(answering),
        CREATE,
        max_cases=100,
        neighbours=lambda _: (callback(CREATE), callback(LOGIN)),
    )
    assert f"the receiver accepts {LOGIN} at this address" in hint_of(report, CREATE)


def test_another_callback_is_signed_by_its_own_recipe() -> None:
    """Who takes a digest over the secret alone, where there is no more, serves no other one."""

    def answering(payload: dict[str, Any], _: Incoming) -> Reply:
        said = f"{SECRET.decode()}{payload.get('timestamp', '')}{payload.get('nonce', '')}"
        right = hashlib.sha1(said.encode(), usedforsecurity=False).hexdigest()
        return OK if payload.get("signature") == right else Reply(401)

    report = run(
        hand_made(answering),
        LOGIN,
        max_cases=200,
        neighbours=lambda _: (callback("zego_rtc/censor_audio_v2_result"),),
    )
    assert "at this address" not in hint_of(report, LOGIN)
    assert "sort them as texts" in hint_of(report, LOGIN)
