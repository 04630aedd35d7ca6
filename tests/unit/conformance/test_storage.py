"""A stored request holds no signature, and goes out again as genuine or forged as it was."""

from __future__ import annotations

import json
import random
import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import TypeAdapter
from unit.conformance.parts import NAMES, NOW, SECRET, callback, compiled, payload, sender

from hookproof.conformance.cases.cases import Case
from hookproof.conformance.cases.forgeries import NOBODYS_SECRET
from hookproof.conformance.checks import Check
from hookproof.conformance.evidence.stored_request import Signer, revive, store
from hookproof.conformance.judging.ground_truth import nature_of
from hookproof.findings.stored import SIGNATURE_MARK, StoredRequest, as_stored_text
from hookproof.http.request import REMOVED, Layout, Repeated, Request
from hookproof.payload.body import BodyForm, read_body
from hookproof.signature import sign
from hookproof.signature.verify import find_signature

if TYPE_CHECKING:
    from collections.abc import Callable

LATER = NOW + 90 * 24 * 60 * 60
FORMS = [BodyForm.JSON, BodyForm.FORM, BodyForm.PERCENT_JSON]


def signer(name: str, encoding: str = "") -> Signer:
    """Who signs a callback in these tests."""
    one = callback(name)
    return Signer(one, SECRET, encoding or one.signature.encodings[0])


def written(name: str, **options: Any) -> Request:
    """A request of the documented sample, sent now."""
    case = Case(Check.REFUSES_FORGED, "one", payload(name), **options)
    return sender(callback(name)).write(case)


def through_a_report(request: Request, name: str) -> StoredRequest:
    """What is left of a request once it was stored, written as JSON and read back."""
    stored = store(
        request, signer(name), now=NOW, chunked=False, before="nothing", reaction="accepted"
    )
    text = json.dumps(asdict(stored))
    assert SECRET.decode() not in text
    return TypeAdapter(StoredRequest).validate_json(text)


def again(stored: StoredRequest, name: str, *, now: float = NOW) -> Request:
    """The stored request as it is sent at another time."""
    return revive(stored, signer(name), now=now, chance=random.Random(7))


def signature_in(request: Request, name: str) -> Any:
    """The signature that a request carries."""
    value = read_body(request.body, form=request.form).value
    return find_signature(callback(name).signature.place, value, request.headers)[1]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize("name", NAMES)
def test_a_genuine_request_is_genuine_again(name: str, layout: Layout, form: BodyForm) -> None:
    """In every form and layout: the moment is the new one, and the signature right."""
    request = written(name, form=form, layout=layout)
    stored = through_a_report(request, name)
    assert signature_in(request, name) not in json.dumps(asdict(stored))
    assert stored.signature == "right"
    later = again(stored, name, now=LATER)
    assert nature_of(later, compiled(name), secret=SECRET).genuine
    sent_at = callback(name).sent_at
    if sent_at:
        value = read_body(later.body, form=form).value[sent_at.field]
        assert int(value) == int(LATER * (1000 if sent_at.unit == "milliseconds" else 1))


@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_of_the_moment_is_kept(name: str) -> None:
    """All but moment, nonce and signature is the same, byte for byte but for their digits."""
    request = written(name, layout=Layout.PRINTED)
    later = again(through_a_report(request, name), name, now=LATER)
    facts, sent_at = callback(name).signature, callback(name).sent_at
    fresh = {p.field for p in (facts.place, *facts.inputs)} | {sent_at.field if sent_at else ""}
    before, after = json.loads(request.body), json.loads(later.body)
    assert list(before) == list(after)
    assert {k: v for k, v in before.items() if k not in fresh} == {
        k: v for k, v in after.items() if k not in fresh
    }
    assert len(later.body) == len(request.body)
    assert [name for name, _ in later.headers] == [name for name, _ in request.headers]


@pytest.mark.parametrize(
    ("forge", "way"),
    [
        (lambda right: right[::-1], "reversed"),
        (str.upper, "upper-case"),
        (lambda right: right[: len(right) // 2], "first-half"),
        (lambda right: right + "0", "followed-by-0"),
        (lambda _: sign(callback("record").signature, SECRET, payload={}, body=b""), "other-body"),
        (lambda _: REMOVED, "none"),
        (lambda _: "", "none"),
        (lambda right: "0" * len(right), "none"),
    ],
)
@pytest.mark.parametrize("name", ["zego_rtc/record", "tencent_gme/recording"])
def test_a_forgery_is_the_same_forgery_again(
    name: str, forge: Callable[[str], Any], way: str
) -> None:
    """How it follows from the right one is kept, and neither of the two."""
    request = written(name, forge=forge)
    stored = through_a_report(request, name)
    assert stored.signature == way
    later = again(stored, name, now=LATER)
    assert not nature_of(later, compiled(name), secret=SECRET).genuine
    sent = signature_in(request, name)
    if way == "none":
        assert signature_in(later, name) == sent
    else:
        assert sent not in json.dumps(asdict(stored))


@pytest.mark.parametrize(
    ("secret", "way"), [(NOBODYS_SECRET, "other-secret"), (b"", "empty-secret")]
)
@pytest.mark.parametrize("name", NAMES)
def test_another_secret_is_another_one_again(name: str, secret: bytes, way: str) -> None:
    """A signature of another secret is made with that secret."""
    stored = through_a_report(written(name, secret=secret), name)
    assert stored.signature == way
    later = again(stored, name)
    assert not nature_of(later, compiled(name), secret=SECRET).genuine
    assert nature_of(later, compiled(name), secret=secret).genuine


def test_a_printed_secret_is_the_same_one_again() -> None:
    """Which of the pages' secrets signed is kept, and nothing of it but its number."""
    [printed] = callback("zego_rtc/record").signature.printed_secrets
    stored = through_a_report(
        written("zego_rtc/record", secret=printed.encode()), "zego_rtc/record"
    )
    assert stored.signature == "printed-secret-1"
    later = again(stored, "zego_rtc/record")
    assert nature_of(later, compiled("zego_rtc/record"), secret=printed.encode()).genuine


@pytest.mark.parametrize("name", ["zego_rtc/record", "tencent_gme/recording"])
@pytest.mark.parametrize("turn", [1, -1])
def test_of_two_signatures_the_right_one_is_never_kept(name: str, turn: int) -> None:
    """A header, or a key, that comes twice holds the right signature beside a wrong one."""
    request = written(name, forge=lambda right: Repeated((right[::-1], right)[::turn]))
    rights = [s for s in re.findall(r"[0-9A-Za-z+/=]{28,}", repr(request)) if s]
    stored = json.dumps(asdict(through_a_report(request, name)))
    right = written(name, forge=lambda right: right)
    assert signature_in(right, name) in rights
    assert signature_in(right, name) not in stored


@pytest.mark.parametrize("forged", [None, True, 0, ["0"], {}, "\u00e9" * 40])
def test_a_forgery_that_is_no_digest_is_kept_as_it_is(forged: Any) -> None:
    """What tells nothing of the secret stays in the body."""
    request = written("zego_rtc/record", forge=lambda _: forged)
    later = again(through_a_report(request, "zego_rtc/record"), "zego_rtc/record", now=LATER)
    assert json.loads(later.body)["signature"] == forged


@pytest.mark.parametrize(
    "tamper", [lambda body: body + b" ", lambda body: body[:-1] + b',"x":1}', lambda _: b"\xff"]
)
def test_a_changed_body_is_signed_as_it_was_before(tamper: Callable[[bytes], bytes]) -> None:
    """The signature is made over the body as it was, and the changed one is sent."""
    name = "tencent_gme/recording"
    stored = through_a_report(written(name, tamper=tamper), name)
    assert (stored.signature, stored.signed is None) == ("right", False)
    later = again(stored, name, now=LATER)
    assert not nature_of(later, compiled(name), secret=SECRET).genuine
    revived = Request(stored.raw_signed, later.headers, BodyForm.JSON)
    kept = again(stored, name)
    assert signature_in(revived, name) == signature_in(later, name)
    assert kept.body == written(name, tamper=tamper).body


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("shift", [-86400, -3600, 86400])
def test_a_moment_that_is_not_of_now_keeps_its_distance(name: str, shift: int) -> None:
    """A stale request is as stale when it is sent again."""
    sent_at = callback(name).sent_at
    if sent_at is None:
        pytest.skip("the callback tells no moment")
    later = again(through_a_report(written(name, shift=shift), name), name, now=LATER)
    per_second = 1000 if sent_at.unit == "milliseconds" else 1
    value = int(json.loads(later.body)[sent_at.field]) / per_second
    assert abs(value - (LATER + shift)) < 2


def test_a_nonce_that_was_chosen_is_kept() -> None:
    """Nonces that a probe is about stay, those of the clock are made anew."""
    name = "zego_rtc/record"
    case = {**payload(name), "nonce": "7257784982359218206"}
    request = sender(callback(name)).write(
        Case(Check.ACCEPTS_CONFORMING, "one", case, kept=frozenset({"nonce"}))
    )
    later = again(through_a_report(request, name), name, now=LATER)
    assert json.loads(later.body)["nonce"] == "7257784982359218206"
    fresh = again(through_a_report(written(name), name), name, now=LATER)
    assert json.loads(fresh.body)["nonce"] != json.loads(written(name).body)["nonce"]


@pytest.mark.parametrize("body", [b"", b"\x00", b"\xff\xfe", b"[" * 3000, b"null", b"\r\n", b"@"])
@pytest.mark.parametrize("name", ["zego_rtc/record", "tencent_gme/recording"])
def test_broken_bodies_go_out_as_they_were(name: str, body: bytes) -> None:
    """Bytes that are no payload come through a report unchanged."""
    request = sender(callback(name)).write(Case(Check.SURVIVES_MALFORMED, "one", body))
    later = again(through_a_report(request, name), name, now=LATER)
    assert (later.body, later.headers) == (request.body, request.headers)


def test_bodies_are_text_where_they_can_be() -> None:
    """A body that can be read is written so that it can."""
    assert as_stored_text(b'{"a": "\xc3\xbc"}') == (False, ['{"a": "\u00fc"}'])
    assert as_stored_text(b"a", b"\x00") == (True, ["YQ==", "AA=="])
    assert SIGNATURE_MARK.isascii()
