"""From a payload to the exact bytes and headers that travel."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, unquote_plus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hookproof.contract import Callback, Contract
from hookproof.http.request import (
    REMOVED,
    Layout,
    Request,
    Sending,
    write_body,
    write_json,
    write_request,
)
from hookproof.payload.body import BodyForm, read_body

SECRET = b"secret"
ZEGO = Contract().callback("zego_rtc/record")
GME = Contract().callback("tencent_gme/recording")

SMALL = {"timestamp": "1470820198", "nonce": "123412", "event": "record", "x": "a/b \u00e9"}
# The vendor's own vector: secret "secret", these timestamp and nonce.
OFFICIAL = "5bd59fd62953a8059fb7eaba95720f66d19e4517"

COMPACT = (
    b'{"BizID":1400000000,"RoomID":"100","UserID":"999","TaskID":446946705284000000,'
    b'"RecordMode":1,"Timestamp":1675930605,"EventType":1,"Detail":{"SeqNo":0,'
    b'"FileName":"1400000000_100_999/2023-02-09-16-16-45_446946705284000000_audio.mp3"}}'
)


def sent(callback: Callback, payload: Any, **options: Any) -> Request:
    """A payload as it is sent."""
    return write_request(callback, payload, secret=SECRET, sending=Sending(), **options)


# Exact bytes.


@pytest.mark.parametrize(
    ("layout", "written"),
    [
        (Layout.COMPACT, '{"a":"b/c \u00e9","n":[1,2.5,null,true],"o":{}}'),
        (
            Layout.PRINTED,
            """{
    "a": "b/c \u00e9",
    "n": [
        1,
        2.5,
        null,
        true
    ],
    "o": {}
}""",
        ),
        (Layout.ESCAPED, '{"a":"b\\/c \\u00e9","n":[1,2.5,null,true],"o":{}}'),
    ],
)
def test_json_is_laid_out_exactly_so(layout: Layout, written: str) -> None:
    """Each layout has its own bytes, in UTF-8, and they say the same."""
    payload = {"a": "b/c \u00e9", "n": [1, 2.5, None, True], "o": {}}
    body = write_body(payload, form=BodyForm.JSON, layout=layout)
    assert body == written.encode()
    assert json.loads(body) == payload


def test_a_form_keeps_the_order_and_encodes_once() -> None:
    """Text goes as it is, a blank as plus, all else as JSON text."""
    payload = {"b": "a b&c=\u00e9%2F", "a": "", "n": 1, "t": True, "o": {"x": [None]}}
    body = write_body(payload, form=BodyForm.FORM)
    assert body == b"b=a+b%26c%3D%C3%A9%252F&a=&n=1&t=true&o=%7B%22x%22%3A%5Bnull%5D%7D"


def test_percent_json_is_compact_json_encoded_once() -> None:
    """The whole text is percent-encoded as PHP's urlencode does it."""
    body = write_body({"a": "b c/\u00e9%2F+"}, form=BodyForm.PERCENT_JSON)
    assert body == b"%7B%22a%22%3A%22b+c%2F%C3%A9%252F%2B%22%7D"
    assert json.loads(unquote_plus(body.decode())) == {"a": "b c/\u00e9%2F+"}


@pytest.mark.parametrize("value", [None, 1, "a&b", [1, "x"], True])
def test_a_form_of_no_object_is_its_json(value: Any) -> None:
    """What has no fields cannot be a form."""
    assert write_body(value, form=BodyForm.FORM) == write_json(value).encode()


def test_large_integers_keep_their_digits() -> None:
    """An identifier of 64 bits is written digit for digit."""
    assert write_body({"id": 2**64 - 1}, form=BodyForm.JSON) == b'{"id":18446744073709551615}'


def test_a_lone_surrogate_is_written_and_does_not_raise() -> None:
    """Half a character, which a fuzzer makes, becomes bytes that are no UTF-8."""
    for form in (BodyForm.JSON, BodyForm.FORM, BodyForm.PERCENT_JSON):
        assert write_body({"a": "\ud800"}, form=form)
    assert write_body("\ud800", form=BodyForm.JSON, layout=Layout.ESCAPED) == b'"\\ud800"'


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
        st.text(st.characters(exclude_categories=["Cs"])),
        min_size=1,
    )
)
def test_what_is_written_reads_as_it_was(payload: dict[str, str]) -> None:
    """Text in any form and layout comes back the same, through our reader and others'."""
    for layout in Layout:
        body = write_body(payload, form=BodyForm.JSON, layout=layout)
        assert read_body(body, form=BodyForm.JSON).value == json.loads(body) == payload
    percent = write_body(payload, form=BodyForm.PERCENT_JSON)
    assert read_body(percent, form=BodyForm.PERCENT_JSON).value == payload
    form = write_body(payload, form=BodyForm.FORM).decode("ascii")
    assert dict(parse_qsl(form, keep_blank_values=True)) == payload


# Signatures.


@pytest.mark.parametrize("form", [BodyForm.JSON, BodyForm.FORM, BodyForm.PERCENT_JSON])
def test_the_signature_in_a_body_is_the_official_one(form: BodyForm) -> None:
    """The vendor's vector comes out in every form; it does not depend on the body."""
    request = sent(ZEGO, SMALL, form=form)
    assert request.payload == {**SMALL, "signature": OFFICIAL}
    assert OFFICIAL.encode() in request.body
    assert read_body(request.body, form=form).value == request.payload


def test_a_signature_takes_the_place_of_the_one_that_was_there() -> None:
    """A payload with a signature keeps its order, one without gets it at the end."""
    assert list(sent(ZEGO, {"signature": "old", **SMALL}).payload) == ["signature", *SMALL]
    assert list(sent(ZEGO, SMALL).payload) == [*SMALL, "signature"]
    assert "signature" not in SMALL


def test_numbers_and_missing_values_are_signed_as_they_are_sent() -> None:
    """A moment sent as a number is signed as its digits, a missing one as nothing."""
    as_number = sent(ZEGO, {**SMALL, "timestamp": 1470820198})
    assert as_number.payload["signature"] == OFFICIAL
    assert len(sent(ZEGO, {"event": "record"}).payload["signature"]) == 40


@pytest.mark.parametrize(
    ("encoding", "signature"),
    [
        ("hex", "76d38a670b9869599334c2a2b4cce74c3762276a"),
        ("base64", "dtOKZwuYaVmTNMKitMznTDdiJ2o="),
    ],
)
def test_the_signature_of_a_body_stands_in_its_header(encoding: str, signature: str) -> None:
    """The bytes of the page's sample give the known digest, in either way of writing it."""
    chosen = replace(GME, signature=replace(GME.signature, encodings=(encoding,)))
    request = sent(chosen, json.loads(COMPACT))
    assert request.body == COMPACT
    assert request.headers == (("Content-Type", "application/json"), ("Signature", signature))


def test_the_layout_changes_the_signature_of_a_body() -> None:
    """What is signed are the bytes that are sent."""
    payload = json.loads(COMPACT)
    one, other = (sent(GME, payload, layout=layout) for layout in (Layout.COMPACT, Layout.PRINTED))
    assert dict(one.headers)["Signature"] != dict(other.headers)["Signature"]


@pytest.mark.parametrize("body", [b"", b"\x00\xff", b"not json"])
def test_bytes_are_sent_as_they_are(body: bytes) -> None:
    """A body that is given as bytes is not touched; only a header can sign it."""
    assert sent(ZEGO, body).body == body
    assert sent(ZEGO, body).headers == (("Content-Type", "application/json"),)
    assert len(dict(sent(GME, body).headers)["Signature"]) == 28


@pytest.mark.parametrize(
    ("form", "content_type"),
    [
        (BodyForm.JSON, "application/json"),
        (BodyForm.PERCENT_JSON, "application/json"),
        (BodyForm.FORM, "application/x-www-form-urlencoded"),
    ],
)
def test_the_content_type_follows_the_form(form: BodyForm, content_type: str) -> None:
    """Each form is sent under the content type that vendors use."""
    request = sent(ZEGO, SMALL, form=form)
    assert request.headers == (("Content-Type", content_type),)
    assert request.form is form


# Forgeries.


def test_a_forger_is_given_the_right_signature() -> None:
    """What it makes of it is sent in its place, of whatever type."""
    seen = []

    def forge(right: str) -> Any:
        seen.append(right)
        return {"not": "text"}

    request = sent(ZEGO, SMALL, forge=forge)
    assert seen == [OFFICIAL]
    assert request.payload["signature"] == {"not": "text"}
    assert OFFICIAL.encode() not in request.body


def test_a_removed_signature_is_not_there() -> None:
    """Neither the field nor the header is sent."""
    whole = {**SMALL, "signature": "old"}
    assert sent(ZEGO, whole, forge=lambda _: REMOVED).payload == SMALL
    assert dict(sent(GME, SMALL, forge=lambda _: REMOVED).headers) == {
        "Content-Type": "application/json"
    }


def test_a_null_signature_is_null_in_a_body() -> None:
    """None is a value and not the absence of one."""
    request = sent(ZEGO, SMALL, forge=lambda _: None)
    assert b'"signature":null' in request.body


def test_a_payload_is_not_changed() -> None:
    """Writing leaves what it was given alone."""
    payload = {**SMALL, "signature": "old", "nested": {"a": [1]}}
    before = json.dumps(payload)
    sent(ZEGO, payload, forge=lambda _: REMOVED)
    sent(ZEGO, payload)
    assert json.dumps(payload) == before
