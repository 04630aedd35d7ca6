"""Every case is what it claims to be: none is dropped in silence when it is sent."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from unit.conformance.parts import NAMES, SECRET, callback, compiled, payload, sender

from hookproof.conformance.cases import cases
from hookproof.conformance.cases.forgeries import Hole, forgeries, replayed
from hookproof.conformance.cases.malformed import malformed_probes
from hookproof.conformance.checks import Check
from hookproof.conformance.judging.ground_truth import nature_of
from hookproof.payload.body import BodyForm, read_body

if TYPE_CHECKING:
    from hookproof.conformance.cases.cases import Case
    from hookproof.http.request import Request

# How many cases each callback has: a case that is lost, or comes to serve nothing, shows here.
COUNTS = {
    "tencent_gme/recording": {"variants": 3, "encodings": 0, "conforming": 7, "malformed": 54},
    "zego_rtc/compose": {"variants": 3, "encodings": 2, "conforming": 13, "malformed": 55},
    "zego_rtc/procedure": {"variants": 8, "encodings": 1, "conforming": 13, "malformed": 60},
    "zego_rtc/record": {"variants": 3, "encodings": 2, "conforming": 13, "malformed": 66},
    "zego_rtc/transcode_stop": {"variants": 2, "encodings": 1, "conforming": 13, "malformed": 58},
}
# Of these each signed value is left out, emptied, retyped and doubled; headers have other rules.
FORGED = {
    "tencent_gme/recording": 28,
    "zego_rtc/compose": 57,
    "zego_rtc/procedure": 55,
    "zego_rtc/record": 57,
    "zego_rtc/transcode_stop": 55,
}
CHECK_OF = {
    "variants": Check.ACCEPTS_DOCUMENTED_VARIANTS,
    "encodings": Check.ACCEPTS_DOCUMENTED_VARIANTS,
    "conforming": Check.ACCEPTS_CONFORMING,
    "headers": Check.ACCEPTS_DOCUMENTED_VARIANTS,
    "freshness": Check.CHECKS_FRESHNESS,
    "unknown": Check.TOLERATES_UNKNOWN_FIELDS,
    "forged": Check.REFUSES_FORGED,
    "tampered": Check.REFUSES_TAMPERED,
    "malformed": Check.SURVIVES_MALFORMED,
}


def lane(name: str, kind: str) -> list[Case]:
    """The cases of one kind for a callback."""
    one, shown = callback(name), payload(name)
    made = {
        "variants": lambda: cases.documented_variants(one),
        "encodings": lambda: cases.documented_encodings(
            one, shown, base=BodyForm.JSON, required=("json",)
        ),
        "headers": lambda: cases.header_variants(one, shown, base=BodyForm.JSON),
        "freshness": lambda: cases.freshness_probes(one, shown),
        "conforming": lambda: cases.conforming_probes(one, shown),
        "unknown": lambda: cases.unknown_fields(shown),
        "forged": lambda: list(forgeries(one, shown)),
        "tampered": lambda: cases.tampered(one, shown, accepted="dtOKZwuYaVmTNMKitMznTDdiJ2o="),
        "malformed": lambda: malformed_probes(one, shown),
    }
    return list(made[kind]())


def fields_of(request: Request) -> dict[str, Any]:
    """What a body says, read less strictly where it is JSON."""
    plain = request.form is BodyForm.JSON
    found: dict[str, Any] = (
        json.loads(request.body) if plain else read_body(request.body, form=request.form).value
    )
    return found


@pytest.mark.parametrize("kind", CHECK_OF)
@pytest.mark.parametrize("name", NAMES)
def test_every_case_serves_its_check(name: str, kind: str) -> None:
    """Read again from the bytes, each case is evidence for the check it was made for."""
    writer = sender(callback(name))
    lost = [
        case.label
        for case in lane(name, kind)
        if case.check is not CHECK_OF[kind]
        or not (
            case.may_refuse
            or nature_of(writer.write(case), compiled(name), secret=SECRET).serves(case.check)
        )
    ]
    assert lost == []


@pytest.mark.parametrize("name", NAMES)
def test_no_case_is_lost(name: str) -> None:
    """Each kind has as many cases as it had, for what the callback's signature allows."""
    facts = callback(name).signature
    wanted = COUNTS.get(name, {}) | {
        "unknown": 5,
        "headers": 4,
        "freshness": 2,
        "forged": FORGED[name],
        "tampered": 4 if facts.covers_body else 0,
    }
    found = {kind: len(lane(name, kind)) for kind in CHECK_OF}
    assert found | wanted == found
    assert found["malformed"] > 20


@pytest.mark.parametrize("name", NAMES)
def test_no_two_cases_send_the_same(name: str) -> None:
    """Nothing is sent twice, so no case is answered as a redelivery of another."""
    writer = sender(callback(name))
    sent = Counter(
        (request.body, request.headers, request.query, case.chunked)
        for kind in CHECK_OF
        for case in lane(name, kind)
        for request in [writer.write(case)]
    )
    assert [key for key, times in sent.items() if times > 1] == []


def test_one_signed_value_is_forged_once_in_each_way() -> None:
    """All values together are no other forgery where there is one."""
    one = callback("tencent_css/stream_pushed")
    labels = [case.label for case in forgeries(one, one.examples[0].payload)]
    assert len(set(labels)) == len(labels)
    assert "t left out and a wrong signature" in labels


@pytest.mark.parametrize("name", NAMES)
def test_labels_tell_cases_apart(name: str) -> None:
    """Within a kind no two cases are told in the same words."""
    for kind in CHECK_OF:
        labels = [case.label for case in lane(name, kind)]
        assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("name", NAMES)
def test_variants_are_the_documented_payloads(name: str) -> None:
    """Every example of the contract is sent as an event of its own, each other encoding once."""
    one = callback(name)
    assert [case.payload for case in lane(name, "variants")] == [e.payload for e in one.examples]
    assert not any(case.verbatim or case.kept for case in lane(name, "variants"))
    forms = {case.form for case in lane(name, "encodings")}
    assert forms | {BodyForm.JSON} == {BodyForm(facts.encoding) for facts in one.encodings}


@pytest.mark.parametrize("name", NAMES)
def test_every_quirk_is_among_the_variants(name: str) -> None:
    """Both readings of each contradiction are sent: with the quirk, and without it."""
    shown = [
        {quirk.id for quirk in compiled(name).quirks_in(case.payload)}
        for case in lane(name, "variants")
    ]
    for quirk in callback(name).quirks:
        assert any(quirk.id in found for found in shown)
        assert any(quirk.id not in found for found in shown)


def test_forgeries_conform_but_for_the_signature() -> None:
    """A forgery differs from a genuine callback in what is signed and how, and in nothing else."""
    for name in NAMES:
        place = callback(name).signature.place
        for case in lane(name, "forged"):
            if case.kind in {Hole.INPUT, Hole.NOTHING, Hole.MOMENT}:
                continue
            request = sender(callback(name)).write(case)
            body = fields_of(request)
            if place.in_body:
                body[place.field] = "0" * 40
            assert compiled(name).accepts(body), case.label


def test_forged_signatures_are_as_told() -> None:
    """Each forgery puts in the signature's place what its label says."""
    writer = sender(callback("zego_rtc/record"))
    found = {}
    for case in lane("zego_rtc/record", "forged"):
        payload_sent = fields_of(writer.write(case))
        found[case.label.removeprefix("a signature that is ")] = payload_sent.get("signature", ...)
    assert found["missing"] is ...
    assert found["empty"] == ""
    assert found["null"] is None
    assert found["true"] is True
    assert found["the number 0"] == 0
    assert found["a list"] == ["0"]
    assert found["an object"] == {}
    assert len(found["truncated"]) == 20
    assert found["upper-case"].isupper()
    assert len(found["too long"]) == 41
    assert found["only zeros"] == "0" * 40
    assert found["beyond ASCII"] == "\u00e9" * 40


def test_changed_bodies_stay_json() -> None:
    """What is tampered with is still a conforming payload, so only the signature can tell."""
    name = "tencent_gme/recording"
    for case in lane(name, "tampered"):
        request = sender(callback(name)).write(case)
        assert nature_of(request, compiled(name), secret=SECRET).conforming, case.label


def test_nonces_tell_sorting_as_text_from_sorting_as_numbers() -> None:
    """Among the probes are nonces that sort before and after the moment in each way of sorting."""
    sent = [json.loads(sender(callback("zego_rtc/record")).write(c).body) for c in nonce_cases()]
    moment = sent[0]["timestamp"]
    nonces = [payload_sent["nonce"] for payload_sent in sent]
    as_text = {nonce < moment for nonce in nonces}
    as_numbers = {int(nonce) < int(moment) for nonce in nonces}
    both = {(nonce < moment, int(nonce) < int(moment)) for nonce in nonces}
    assert as_text == as_numbers == {True, False}
    assert (False, True) in both


def nonce_cases() -> list[Case]:
    """The probes whose nonce is of a kind of its own."""
    return [case for case in lane("zego_rtc/record", "conforming") if case.nonce]


def test_layouts_say_the_same_in_other_bytes() -> None:
    """However a conforming body is laid out, it means the same payload."""
    name = "tencent_gme/recording"
    bodies = [sender(callback(name)).write(case).body for case in lane(name, "conforming")]
    meant = [json.loads(body) for body in bodies]
    assert len(set(bodies)) == len(bodies)
    moving = {"Timestamp", "Detail"}
    assert len({str(sorted((k, v) for k, v in m.items() if k not in moving)) for m in meant}) == 1
    assert any(b"\t" in body for body in bodies)
    assert any(b"\r\n" in body for body in bodies)


def test_headers_are_written_as_the_labels_say() -> None:
    """One with a charset, one in upper case, one without any; only one body comes in chunks."""
    writer, name = sender(callback("zego_rtc/record")), "zego_rtc/record"
    sent = [dict(writer.write(case).headers).get("Content-Type") for case in lane(name, "headers")]
    assert sent == [
        "application/json; charset=utf-8",
        "APPLICATION/JSON",
        None,
        "application/json",
    ]
    assert [case.chunked for case in lane(name, "headers")] == [False, False, False, True]
    assert {case.advice for case in lane(name, "headers")} == {"HP421"}


def test_moments_of_another_day_are_signed_as_they_are() -> None:
    """The probes of freshness are genuine but for their moment: a day too old, a day too new."""
    for name in NAMES:
        one = callback(name)
        assert one.sent_at
        sent = [json.loads(sender(one).write(case).body) for case in lane(name, "freshness")]
        now = int(sender(one).clock())
        assert [int(s[one.sent_at.field]) - now for s in sent] == [-86400, 86400]


def test_an_encoding_that_is_required_is_more_than_advice() -> None:
    """What --encodings names is an error when refused; what only the page names is a warning."""
    one, shown = callback("zego_rtc/record"), payload("zego_rtc/record")
    found = cases.documented_encodings(one, shown, base=BodyForm.JSON, required=("json", "form"))
    assert {case.form: case.advice for case in found} == {
        BodyForm.FORM: "",
        BodyForm.PERCENT_JSON: "HP415",
    }
    other = cases.documented_encodings(one, shown, base=BodyForm.FORM, required=("form",))
    assert {case.form for case in other} == {BodyForm.JSON, BodyForm.PERCENT_JSON}


def test_a_known_callback_is_forged_with_its_own_moment_and_nonce() -> None:
    """The forgery of what was delivered differs from it in the signature alone."""
    name = "zego_rtc/record"
    delivered = sender(callback(name)).write(lane(name, "variants")[0]).payload
    forged = replayed(delivered)
    sent = json.loads(sender(callback(name), seed=7).write(forged).body)
    assert {key for key in sent if sent[key] != delivered[key]} == {"signature"}
