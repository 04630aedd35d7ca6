"""From what was sent and what came back to findings."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from unit.conformance.parts import answered, callback, unanswered

from hookproof.conformance.cases.cases import Case
from hookproof.conformance.cases.forgeries import Hole
from hookproof.conformance.checks import Check
from hookproof.conformance.judging.answer_body import acknowledgement, lie
from hookproof.conformance.judging.response_class import Excuse
from hookproof.conformance.judging.tally import ADVICE, Exhibit, FindingTally
from hookproof.conformance.judging.verdicts import judge_answer, lateness, vendor_note
from hookproof.conformance.policy import Policy
from hookproof.contract.model import Callback, Success
from hookproof.findings import CODES, ReceiverFinding, Severity, Variant
from hookproof.http.answer import Answer, Outcome
from hookproof.http.request import Request
from hookproof.http.symptom import Symptom
from hookproof.payload.body import BodyForm

HEX, BASE64 = callback("zego_rtc/record"), callback("tencent_gme/recording")
TIMEOUT = unanswered(Outcome.TIMEOUT)
REQUEST = Request(b"{}", (), BodyForm.JSON)
OF_REFUSAL = {
    Check.ACCEPTS_GENUINE: "HP401",
    Check.ACCEPTS_CONFORMING: "HP402",
    Check.ACCEPTS_DOCUMENTED_VARIANTS: "HP403",
    Check.ACCEPTS_REDELIVERY: "HP411",
    Check.TOLERATES_UNKNOWN_FIELDS: "HP412",
    Check.TOLERATES_DISORDER: "HP423",
}
OF_ACCEPTANCE = {Check.REFUSES_FORGED: "HP407", Check.REFUSES_TAMPERED: "HP409"}
SILENCES = [
    (TIMEOUT, "HP405"),
    (unanswered(Outcome.CLOSED), "HP405"),
    (unanswered(Outcome.RESET), "HP405"),
    (unanswered(Outcome.NOT_HTTP, "a banner"), "HP417"),
]


def judged(
    check: Check,
    answer: Answer,
    of: Callback = HEX,
    policy: Policy = Policy.LENIENT,
    excuse: Excuse | None = None,
    **case: Any,
) -> ReceiverFinding | None:
    """The finding for a case and its answer."""
    one = Case(check, "a case", {}, **case)
    return judge_answer(of, one, answer, where=lambda: "/here", policy=policy, excuse=excuse)


def code(check: Check, answer: Answer, of: Callback = HEX, **more: Any) -> str:
    """The code of the finding, empty without one."""
    finding = judged(check, answer, of, **more)
    return finding.code if finding else ""


@pytest.mark.parametrize("check", OF_REFUSAL)
def test_what_must_be_accepted(check: Check) -> None:
    """A 2XX is right; anything else is a refusal, a crash or silence, each with its code."""
    for status in (200, 201, 204, 299):
        assert code(check, answered(status)) == ""
    for status in (301, 307, 400, 401, 404, 409, 422, 499):
        assert code(check, answered(status)) == OF_REFUSAL[check]
    for status in (500, 501, 599):
        assert code(check, answered(status)) == "HP404"
    for status in (502, 503, 504):
        assert code(check, answered(status)) == "HP428"
    for answer, silent in SILENCES:
        assert code(check, answer) == silent


@pytest.mark.parametrize("check", OF_ACCEPTANCE)
def test_what_must_be_refused(check: Check) -> None:
    """A refusal in any words is right; acceptance, a crash and silence are errors."""
    for status in (301, 400, 401, 403, 404, 422):
        assert code(check, answered(status)) == ""
    for status in (200, 202):
        assert code(check, answered(status)) == OF_ACCEPTANCE[check]
    assert code(check, answered(500)) == "HP408"
    for answer, silent in SILENCES:
        assert code(check, answer) == silent


def test_what_is_broken_may_be_refused_or_accepted_but_not_crash() -> None:
    """Acknowledging a broken payload is another check, and a note."""
    check = Check.SURVIVES_MALFORMED
    for status in (400, 401, 404, 413, 422):
        assert code(check, answered(status)) == ""
    assert code(check, answered(500)) == "HP404"
    for answer, silent in SILENCES:
        assert code(check, answer) == silent
    accepted = judged(check, answered(200))
    assert accepted
    assert (accepted.code, accepted.check) == ("HP406", "refuses_malformed")
    assert accepted.severity is Severity.NOTE


@pytest.mark.parametrize("check", [one for one in OF_REFUSAL if one != Check.ACCEPTS_GENUINE])
def test_too_many_requests_say_nothing_of_a_payload(check: Check) -> None:
    """A 429 refuses whatever comes now, so it is told of the genuine callback, not of the case."""
    found = judged(check, answered(429))
    assert found
    assert (found.check, found.code) == (Check.ACCEPTS_GENUINE.value, "HP427")
    assert code(check, answered(428)) == OF_REFUSAL[check]


def test_a_strict_policy_wants_4xx() -> None:
    """Under it an acknowledgement of what is broken is an error, and so is a redirect."""
    check, strict = Check.SURVIVES_MALFORMED, Policy.STRICT
    accepted = judged(check, answered(200), policy=strict)
    assert accepted
    assert (accepted.code, accepted.severity) == ("HP406", Severity.ERROR)
    assert code(check, answered(302), policy=strict) == "HP424"
    for status in (400, 404, 422):
        assert code(check, answered(status), policy=strict) == ""
    assert code(check, answered(500), policy=strict) == "HP404"
    assert code(check, answered(302)) == ""


def test_who_acknowledges_everything_is_not_blamed_for_it() -> None:
    """Under ack-all broken payloads must be acknowledged, and a forgery that is proves nothing."""
    policy = Policy.ACK_ALL
    assert code(Check.SURVIVES_MALFORMED, answered(200), policy=policy) == ""
    assert code(Check.SURVIVES_MALFORMED, answered(400), policy=policy) == "HP425"
    assert code(Check.SURVIVES_MALFORMED, answered(500), policy=policy) == "HP404"
    for check in OF_ACCEPTANCE:
        hidden = judged(check, answered(200), policy=policy)
        assert hidden
        assert (hidden.code, hidden.severity) == ("HP426", Severity.NOTE)
        assert code(check, answered(401), policy=policy) == ""
        assert code(check, answered(500), policy=policy) == "HP408"


def test_a_body_tells_a_refusal_under_ack_all() -> None:
    """An acknowledgement whose body says that the signature is wrong refuses in words."""
    refused = answered(200, b'{"code": 401, "message": "bad signature"}')
    says_no = Excuse.SAYS_NO
    assert code(Check.REFUSES_FORGED, refused, policy=Policy.ACK_ALL, excuse=says_no) == ""
    assert code(Check.REFUSES_FORGED, refused, excuse=says_no) == "HP433"
    told = judged(Check.REFUSES_FORGED, refused, excuse=says_no)
    # What the vendor takes for delivered stands on the newest of its pages.
    assert told
    assert told.source == str(HEX.deliveries[0].source) != str(HEX.deliveries[1].source)
    assert code(Check.REFUSES_FORGED, refused) == "HP407"


def test_who_is_answered_otherwise_where_the_vendor_reads_the_answer_is_refused() -> None:
    """Where the body counts, another one is no acknowledgement, and nothing is wrong."""
    reads = replace(HEX.deliveries[0], success=Success("2XX", body="1"))
    strict = replace(HEX, deliveries=(reads,))
    says_no = Excuse.SAYS_NO
    assert code(Check.REFUSES_FORGED, answered(200, b"0"), strict, excuse=says_no) == ""
    assert code(Check.REFUSES_FORGED, answered(200, b"1"), strict) == "HP407"


def test_what_may_be_refused_counts_only_when_it_crashes() -> None:
    """Payloads that no vendor sends may be refused or acknowledged, whatever the check."""
    for check in (Check.SURVIVES_MALFORMED, Check.TOLERATES_UNKNOWN_FIELDS):
        for status in (200, 400, 413):
            assert code(check, answered(status), may_refuse=True) == ""
            assert code(check, answered(500), may_refuse=True) == "HP404"


def test_freshness_is_advice() -> None:
    """A callback of another day may be refused; accepting it is told in a note, a crash is one."""
    check = Check.CHECKS_FRESHNESS
    stale = judged(check, answered(200))
    assert stale
    assert (stale.code, stale.severity) == ("HP422", Severity.NOTE)
    assert code(check, answered(401)) == ""
    assert code(check, answered(500)) == "HP404"


def test_a_documented_encoding_that_is_not_read_is_a_warning() -> None:
    """However a receiver fails at a form or a header, no page promises that it comes so."""
    check = Check.ACCEPTS_DOCUMENTED_VARIANTS
    for answer in (answered(415), TIMEOUT):
        for advice in ("HP415", "HP421"):
            finding = judged(check, answer, advice=advice)
            assert finding
            assert (finding.code, finding.severity) == (advice, Severity.WARNING)
    assert code(check, answered(200), advice="HP415") == ""
    assert code(check, answered(500), advice="HP421") == "HP421"


def test_a_documented_encoding_may_not_crash_the_receiver() -> None:
    """It weighs as much as a crash on rubbish does: the page says that bodies may come so."""
    check = Check.ACCEPTS_DOCUMENTED_VARIANTS
    assert code(check, answered(500), advice="HP415") == "HP404"


def test_the_right_digest_in_another_writing_is_a_warning() -> None:
    """Who can make it has the secret, so nothing is forged, whatever the policy."""
    proved = Excuse.PROVES_SENDER
    for policy in Policy:
        assert code(Check.REFUSES_FORGED, answered(200), excuse=proved, policy=policy) == "HP416"
    assert CODES["HP416"].severity is Severity.WARNING


def test_what_a_server_may_hang_up_on_is_no_silence() -> None:
    """Closing on an overlong header refuses it; waiting for ever does not."""
    check = Check.REFUSES_FORGED
    for outcome in (Outcome.CLOSED, Outcome.RESET):
        assert code(check, unanswered(outcome), may_close=True) == ""
        assert code(check, unanswered(outcome)) == "HP405"
    assert code(check, TIMEOUT, may_close=True) == "HP405"


def test_of_two_signatures_either_may_count() -> None:
    """A right one beside a wrong one may be accepted or refused, and must not crash."""
    check = Check.REFUSES_FORGED
    assert code(check, answered(200), may_refuse=True) == ""
    assert code(check, answered(401), may_refuse=True) == ""
    assert code(check, answered(500), may_refuse=True) == "HP408"


def forged(kind: str, code: str = "HP407", **changes: Any) -> ReceiverFinding:
    """A finding on a forgery that passed by some hole."""
    check = Check.REFUSES_FORGED.value
    return finding(code=code, kind=kind, check=check, status=200, **changes)


@pytest.mark.parametrize(
    ("kinds", "left"),
    [
        (("none", "any", "part", "input"), ["any"]),
        (("none", "part"), ["none", "part"]),
        (("empty-secret", "nothing"), ["empty-secret"]),
        (("input", "nothing"), ["input"]),
        (("moment", "input"), ["input"]),
        (("nothing",), ["nothing"]),
    ],
)
def test_one_hole_is_one_finding(kinds: tuple[str, ...], left: list[str]) -> None:
    """Where any signature passes, every forgery does; and nothing is lost of the counts."""
    tally = FindingTally()
    for number, kind in enumerate(kinds):
        tally.add(forged(kind, where=f"/{number}"))
    tally.settle_forgeries()
    assert [f.kind for f in tally.findings] == left
    assert sum(f.count for f in tally.findings) == len(kinds)


def test_another_writing_is_no_matter_where_any_signature_passes() -> None:
    """HP416 says that the receiver compares loosely, and this one does not compare at all."""
    tally = FindingTally()
    tally.add(forged("", "HP416"))
    tally.add(forged("part", "HP407"))
    tally.settle_forgeries()
    assert tally.has("HP416")
    tally.add(forged("any", "HP407"))
    tally.settle_forgeries()
    assert [(f.code, f.kind) for f in tally.findings] == [("HP407", "any")]


def test_a_receiver_that_verifies_nothing_has_one_cause() -> None:
    """A changed body passes where any signature does, and only there."""
    tally = FindingTally()
    changed = finding(code="HP409", check=Check.REFUSES_TAMPERED.value, status=200)
    tally.add(changed)
    tally.add(forged("none"))
    tally.settle_forgeries()
    assert tally.has("HP409")
    tally.add(forged("any"))
    tally.settle_forgeries()
    assert [f.code for f in tally.findings] == ["HP407"]
    # Both checks have failed, whether they are told before the findings are settled or after.
    assert tally.findings[0].also_fails == (Check.REFUSES_TAMPERED,)
    assert tally.failed(Check.REFUSES_FORGED)
    assert tally.failed(Check.REFUSES_TAMPERED)
    assert not tally.failed(Check.ACCEPTS_GENUINE)


def test_what_follows_is_no_matter_where_only_a_part_is_compared() -> None:
    """The right digest with more after it passes for the same reason as half of it."""
    for kind, left in ((Hole.PART, ["HP407"]), (Hole.LETTERS, ["HP407", "HP416"])):
        tally = FindingTally()
        case = Case(Check.REFUSES_FORGED, "longer", {}, kind=kind)
        tally.add(forged("", "HP416"), exhibit=Exhibit(case, REQUEST))
        tally.add(forged(Hole.PART))
        tally.settle_forgeries()
        assert sorted(f.code for f in tally.findings) == left


def test_the_status_that_the_newest_page_wants() -> None:
    """Where it wants exactly 200, another 2XX is a callback taken and an answer that fails."""
    newest = replace(HEX.deliveries[0], success=Success("200"))
    strict = replace(HEX, deliveries=(newest,))
    assert code(Check.ACCEPTS_GENUINE, answered(204), strict) == ""
    assert code(Check.REFUSES_FORGED, answered(204), strict) == "HP407"
    assert acknowledgement(strict, answered(200)) == []
    [told] = acknowledgement(strict, answered(204))
    assert (told.code, told.severity) == ("HP414", Severity.ERROR)
    assert "wants the status 200, got 204" in told.message
    tally = FindingTally()
    tally.add(told)
    assert tally.failed(Check.ACKNOWLEDGES_AS_DOCUMENTED)


def test_a_finding_tells_what_was_wanted_and_what_came() -> None:
    """The message has the case, the wish and the answer; place, page and status stand beside."""
    finding = judged(Check.REFUSES_FORGED, answered(200, b"thanks\n"))
    assert finding
    assert finding.message == "a case: wanted a refusal (4xx), got 200 thanks"
    assert (finding.where, finding.status, finding.callback) == ("/here", 200, HEX.path)
    assert finding.source == str(HEX.signature.source)
    other = judged(Check.ACCEPTS_CONFORMING, TIMEOUT)
    assert other
    assert other.message == "a case: wanted an acknowledgement, got no answer within 0.5 s"
    assert (other.source, other.status) == (str(HEX.source), None)
    assert other.hint.startswith("nothing came within 0.5 s")


# Findings of one cause.


def finding(**changes: Any) -> ReceiverFinding:
    """A finding, changed in some parts."""
    plain = ReceiverFinding(
        code="HP402",
        severity=Severity.ERROR,
        callback="a/b",
        where="/c",
        message="",
        check=Check.ACCEPTS_CONFORMING.value,
        status=400,
    )
    return replace(plain, **changes)


def test_findings_of_one_cause_become_one() -> None:
    """They are counted, and the smallest request stands for all."""
    tally = FindingTally()
    for size, message in ((30, "long"), (10, "short"), (20, "middle")):
        tally.add(finding(message=message, reproduce=message), size=size)
    [found] = tally.findings
    assert (found.count, found.message, found.reproduce) == (3, "short", "short")


@pytest.mark.parametrize(
    "change",
    [
        {"code": "HP404"},
        {"check": Check.ACCEPTS_GENUINE.value},
        {"callback": "a/c"},
        {"where": "/d"},
        {"status": 422},
        {"status": None},
    ],
)
def test_findings_of_another_cause_stay_apart(change: dict[str, Any]) -> None:
    """Another code, check, callback, place or status is another finding."""
    tally = FindingTally()
    tally.add(finding())
    tally.add(finding(**change))
    assert [f.count for f in tally.findings] == [1, 1]


def test_the_heaviest_findings_come_first() -> None:
    """Errors stand before warnings and notes; equals keep their order."""
    tally, places = FindingTally(), count()
    for severity in (Severity.NOTE, Severity.ERROR, Severity.WARNING, Severity.ERROR):
        tally.add(finding(severity=severity, where=str(next(places))))
    assert [f.where for f in tally.findings] == ["1", "3", "2", "0"]


def test_advice_fails_no_check() -> None:
    """Only a finding that is more than advice makes its check fail."""
    assert set(ADVICE) == {
        *("HP410", "HP414", "HP415", "HP416", "HP418"),
        *("HP420", "HP421", "HP422", "HP426", "HP430", "HP431", "HP433", "HP435"),
    }
    for one in CODES:
        tally = FindingTally()
        tally.add(finding(code=one, severity=Severity.WARNING))
        assert tally.failed(Check.ACCEPTS_CONFORMING) is (one not in ADVICE)
        assert not tally.failed(Check.ACCEPTS_GENUINE)
        assert tally.has(one)


def test_a_note_fails_no_check() -> None:
    """What is a note under one policy and an error under another fails under that one alone."""
    for severity in Severity:
        tally = FindingTally()
        tally.add(finding(severity=severity))
        assert tally.failed(Check.ACCEPTS_CONFORMING) is (severity is not Severity.NOTE)


def test_a_finding_without_a_place_keeps_several_exhibits() -> None:
    """Causes may hide behind one status, so some requests are kept, the smallest first."""
    tally = FindingTally()
    for size in (30, 10, *range(11, 30)):
        case = Case(Check.ACCEPTS_CONFORMING, str(size), {})
        tally.add(finding(where=""), size=size, exhibit=Exhibit(case, REQUEST))
    [(found, exhibits)] = tally.exhibits
    assert (found.count, len(exhibits), exhibits[0].case.label) == (21, 12, "10")
    tally.take(found)
    assert (tally.findings, tally.exhibits) == ([], [])


# The acknowledgement, the time, and what the vendor leaves open.


def test_an_acknowledgement_without_the_older_pages_body_is_a_warning() -> None:
    """Each dated version of a page that wants a body is told; a trailing line end is no matter."""
    for body in (b"1", b"1\n", b" 1 "):
        assert acknowledgement(HEX, answered(200, body)) == []
    for body in (b"", b"ok", b"11", b"\xff\xfe"):
        [told] = acknowledgement(HEX, answered(200, body))
        assert (told.code, told.severity) == ("HP414", Severity.WARNING)
        assert "2023-04-17" in told.message
        assert told.hint == "answering 200 with the body 1 satisfies every version"
    assert acknowledgement(BASE64, answered(200)) == []


def test_an_acknowledgement_without_the_newest_pages_body_is_an_error() -> None:
    """What the newest page wants is not advice."""
    turned = replace(HEX, deliveries=HEX.deliveries[::-1])
    [told] = acknowledgement(turned, answered(200, b"ok"))
    assert told.severity is Severity.ERROR


def test_an_acknowledgement_that_tells_of_an_error_is_a_warning() -> None:
    """The vendor sees the status alone, so the event is lost; a body that a page wants is right."""
    told = lie(HEX, answered(200, b'{"code": 500, "message": "db"}'))
    assert told
    assert (told.code, told.severity) == ("HP420", Severity.WARNING)
    assert told.message.endswith("its body says code: 500")
    assert lie(HEX, answered(200, b'{"code": 0}')) is None
    wanted = replace(HEX.deliveries[0], success=Success("2XX", body="fail"))
    assert lie(replace(HEX, deliveries=(wanted,)), answered(200, b"fail")) is None


def test_late_by_the_page_is_an_error_and_by_the_call_a_warning() -> None:
    """The documented limit counts where there is one, else the one of the call."""
    assert lateness(HEX, answered(200, elapsed=5.0), timeout=5.0) is None
    told = lateness(HEX, answered(200, elapsed=5.1), timeout=5.0)
    assert told
    assert (told.code, told.severity) == ("HP413", Severity.WARNING)
    assert told.message == "answered after 5.1 s; --timeout allows 5 s"
    strict = replace(HEX, deliveries=(replace(HEX.deliveries[0], timeout=2.5),))
    late = lateness(strict, answered(200, elapsed=3.0), timeout=5.0)
    assert late
    assert late.severity is Severity.ERROR
    assert late.message == "answered after 3.0 s; the page gives 2.5 s"


def test_an_unsigned_body_is_a_note() -> None:
    """The note names what is signed and fails nothing."""
    note = vendor_note(HEX)
    assert (note.code, note.severity, note.check) == ("HP410", Severity.NOTE, "refuses_tampered")
    assert "timestamp, nonce and not the body" in note.message
    assert note.code in ADVICE
    assert note.hint == CODES["HP410"].hint
    unsigned = vendor_note(replace(HEX, signature=replace(HEX.signature, scheme="none")))
    assert "whoever knows the URL" in unsigned.message
    assert "put a secret into the URL" in unsigned.hint


def test_every_way_in_which_a_finding_showed_is_kept() -> None:
    """Findings of one cause become one; what was sent of each stays, with its answer, once."""
    told = FindingTally()
    for what in ("missing", "holding null", "missing"):
        found = judged(Check.SURVIVES_MALFORMED, answered(500))
        assert found
        variant = Variant(what=f"/extra_params {what}", got="500")
        told.add(replace(found, variants=(variant,)), size=1)
    [found] = told.findings
    assert [(one.what, one.count) for one in found.variants] == [
        ("/extra_params missing", 2),
        ("/extra_params holding null", 1),
    ]


def silent(code: str, check: Check, **changes: Any) -> ReceiverFinding:
    """A finding on a request that got no answer in time."""
    return finding(code=code, check=check.value, status=None, symptom=Symptom.SILENT, **changes)


def test_a_receiver_that_is_slow_is_told_once() -> None:
    """What comes together is not answered for the same reason; a payload that hangs it is."""
    tally, late = (
        FindingTally(),
        finding(code="HP413", severity=Severity.WARNING, message="after 6.0 s"),
    )
    hangs = silent("HP405", Check.ACCEPTS_CONFORMING, where="/a")
    tally.add(silent("HP405", Check.ACCEPTS_REDELIVERY, message="at once"))
    tally.settle_lateness()
    assert [f.code for f in tally.findings] == ["HP405"]
    for one in (late, hangs, silent("HP427", Check.ACCEPTS_GENUINE, message="later")):
        tally.add(one)
    tally.settle_lateness()
    told = {f.code: f for f in tally.findings}
    assert set(told) == {"HP413", "HP405"}
    assert told["HP405"].where == "/a"
    assert (told["HP413"].severity, told["HP413"].count) == (Severity.ERROR, 3)
    assert told["HP413"].message == "after 6.0 s; at once"
    assert "one request at a time" in told["HP413"].hint


def test_what_is_of_the_receiver_as_a_whole_has_no_place_and_no_kind() -> None:
    """Too many requests, and whatever is malformed being taken, are of no payload; others are."""
    strict = Policy.STRICT
    told = [
        ("HP427", Check.ACCEPTS_CONFORMING, answered(429), Policy.LENIENT, None, "", ""),
        ("HP406", Check.SURVIVES_MALFORMED, answered(200), Policy.LENIENT, None, "", ""),
        ("HP406", Check.SURVIVES_MALFORMED, answered(200), strict, None, "/here", "a kind"),
        ("HP424", Check.SURVIVES_MALFORMED, answered(302), strict, None, "/here", "a kind"),
        ("HP407", Check.REFUSES_FORGED, answered(200), strict, None, "/here", "a kind"),
        # The right digest may stand there in many ways, which are one.
        ("HP416", Check.REFUSES_FORGED, answered(200), strict, Excuse.PROVES_SENDER, "/here", ""),
    ]
    for name, check, answer, policy, excuse, where, kind in told:
        found = judged(check, answer, policy=policy, excuse=excuse, kind="a kind")
        assert found
        assert (found.code, found.where, found.kind, found.symptom) == (name, where, kind, "")
    odd = judged(Check.REFUSES_FORGED, replace(answered(200), symptom=Symptom.MORE_BYTES))
    assert odd
    assert odd.symptom == Symptom.MORE_BYTES


def test_what_should_have_come_is_said_in_a_few_words() -> None:
    """Of what is malformed: anything but a crash, any answer at all, or what was declared."""
    check = Check.SURVIVES_MALFORMED
    wanted = {
        "wanted any answer but a crash": (answered(500), Policy.LENIENT),
        "wanted an answer": (TIMEOUT, Policy.LENIENT),
        "wanted an acknowledgement, as declared": (answered(400), Policy.ACK_ALL),
    }
    for words, (answer, policy) in wanted.items():
        found = judged(check, answer, policy=policy)
        assert found
        assert found.wanted == words


def test_only_of_a_token_is_its_claim_advised() -> None:
    """A changed body is told by the claim that a token has of it, where one is signed so."""
    claim = replace(HEX.signature.body_claim, name="request_hash")
    named = replace(HEX, signature=replace(HEX.signature, body_claim=claim))
    plain = judged(Check.REFUSES_TAMPERED, answered(200), named)
    token = replace(HEX, signature=replace(HEX.signature, scheme="jwt", body_claim=claim))
    signed = judged(Check.REFUSES_TAMPERED, answered(200), token)
    assert plain
    assert signed
    assert token.signature.is_token
    assert "the claim request_hash of the token" in signed.hint
    assert "claim" not in plain.hint
