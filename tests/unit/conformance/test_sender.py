"""The sender makes every request new where a vendor would, and leaves the rest alone."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from unit.conformance.parts import NAMES, NOW, SECRET, callback, payload, sender

from hookproof.conformance.cases.cases import Case
from hookproof.conformance.cases.marks import marks_of
from hookproof.conformance.checks import Check
from hookproof.conformance.judging.ground_truth import nature_of
from hookproof.contract.model import SentAt
from hookproof.payload.pointer import from_pointer
from hookproof.validation.compiled_callback import CompiledCallback

CHECK = Check.ACCEPTS_CONFORMING


def sent(name: str, value: Any, **options: Any) -> dict[str, Any]:
    """The payload that goes out for one that is to be sent as it is."""
    case = Case(CHECK, "", value, verbatim=True, **options)
    request = sender(callback(name)).write(case)
    found: dict[str, Any] = json.loads(request.body)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_request_is_of_now_and_signed(name: str) -> None:
    """The moment is the clock's, in the type that the payload has, and the signature is right."""
    one = callback(name)
    request = sender(one).write(Case(CHECK, "", payload(name), verbatim=True))
    found = json.loads(request.body)
    if one.sent_at:
        shown = payload(name)[one.sent_at.field]
        now = NOW * (1000 if one.sent_at.unit == "milliseconds" else 1)
        assert found[one.sent_at.field] == type(shown)(int(now))
    assert nature_of(request, CompiledCallback(one), secret=SECRET).genuine


@pytest.mark.parametrize("name", NAMES)
def test_nothing_but_what_is_new_changes(name: str) -> None:
    """A documented payload keeps all fields, their order and their values, save the fresh ones."""
    one, before = callback(name), copy.deepcopy(payload(name))
    found = sent(name, payload(name))
    place = one.signature.place
    fresh = {*one.signature.nonces, *([place.field] if place.in_body else [])}
    assert list(found) == list(before)
    changed = {field for field in found if found[field] != before[field]}
    moments = {path[0] for path, *_ in marks_of(one.schema, word="x-moment").places(before)}
    assert changed == fresh | moments
    assert payload(name) == before


@pytest.mark.parametrize("name", ["tencent_trtc/room_entered", "livekit/room_started"])
def test_a_telling_request_is_one_that_both_alphabets_of_base64_write_otherwise(name: str) -> None:
    """One digest in four has none of the signs that they differ in."""
    one = callback(name)
    for example in one.examples:
        case, writer = Case(CHECK, "", example.payload), sender(one)
        for _ in range(20):
            request = writer.write_telling(case)
            assert nature_of(request, CompiledCallback(one), secret=SECRET).genuine
            headers = dict(request.headers)
            digest = (headers.get("Sign") or headers["Authorization"]).rpartition(".")[2]
            assert set("+/-_") & set(digest)


def test_nonces_differ_and_have_the_length_of_real_ones() -> None:
    """Each request has its own nonce of nineteen digits, and the same seed repeats them."""
    name, one = "zego_rtc/record", callback("zego_rtc/record")

    def nonces(seed: int) -> list[str]:
        writer = sender(one, seed=seed)
        cases = [Case(CHECK, "", payload(name))] * 20
        return [json.loads(writer.write(case).body)["nonce"] for case in cases]

    assert len(set(nonces(1))) == 20
    assert {len(nonce) for nonce in nonces(1)} == {19}
    assert nonces(1) == nonces(1) != nonces(2)


def test_the_moment_follows_the_clock_in_its_unit() -> None:
    """Each request reads the clock anew; milliseconds are sent where the contract has them."""
    ticks = count(NOW)
    one = callback("zego_rtc/record")
    in_ms = replace(one, sent_at=SentAt("timestamp", "milliseconds"))
    # A width of eleven digits is the contract's, so this contract is widened for the test.
    schema = {**one.schema, "properties": {**one.schema["properties"], "timestamp": {}}}
    writer = sender(replace(in_ms, schema=schema), clock=lambda: next(ticks))
    case = Case(CHECK, "", payload("zego_rtc/record"))
    moments = [int(json.loads(writer.write(case).body)["timestamp"]) for _ in range(2)]
    assert moments[0] % 1000 == 250
    assert moments[0] > NOW * 1000 - 1
    assert moments[1] > moments[0]


@pytest.mark.parametrize("value", [None, "", "soon", 1481597358, True, {}, "0123", "-1", "1" * 12])
def test_a_field_that_breaks_the_contract_stays_broken(value: Any) -> None:
    """A moment or nonce that is wrong on purpose is not mended on its way out."""
    broken = {**payload("zego_rtc/record"), "timestamp": value}
    assert sent("zego_rtc/record", broken)["timestamp"] == value


def test_a_field_that_is_missing_stays_missing() -> None:
    """What is left out on purpose is not put in; only the signature is."""
    whole = payload("zego_rtc/record")
    for name in ("timestamp", "nonce"):
        assert name not in sent("zego_rtc/record", {k: v for k, v in whole.items() if k != name})
    bare = {k: v for k, v in whole.items() if k != "signature"}
    assert "signature" in sent("zego_rtc/record", bare)


def test_a_field_that_is_to_be_kept_is_kept() -> None:
    """A valid nonce that the case is about goes out as it is."""
    given = {**payload("zego_rtc/record"), "nonce": "350176"}
    assert sent("zego_rtc/record", given, kept=frozenset({"nonce"}))["nonce"] == "350176"
    assert sent("zego_rtc/record", given)["nonce"] != "350176"


@pytest.mark.parametrize("value", [[1, 2], "text", None, 7, b"\xff\x00", b""])
def test_what_is_no_object_goes_out_as_it_is(value: Any) -> None:
    """A payload of another type, and bytes, are written and not touched."""
    request = sender(callback("zego_rtc/record")).write(Case(CHECK, "", value))
    assert request.body == (
        value if isinstance(value, bytes) else json.dumps(value, separators=(",", ":")).encode()
    )


@pytest.mark.parametrize("name", NAMES)
def test_another_event_has_another_identity(name: str) -> None:
    """A field of the dedupe key gets a new valid value; besides it only moments are others."""
    one, before = callback(name), payload(name)
    writer = sender(one)
    events = [writer.another_event(before) for _ in range(5)]
    keys = [from_pointer(pointer) for pointer in one.dedupe_key]
    assert len({tuple(at(event, key) for key in keys) for event in events}) == 5
    moments = {path[0] for path, *_ in marks_of(one.schema, word="x-moment").places(before)}
    assert all(CompiledCallback(one).accepts(event) for event in events)
    changed = {field for event in events for field in before if event[field] != before[field]}
    assert len(changed - moments) <= 1
    assert changed - moments <= {key[0] for key in keys}


def test_the_next_field_of_the_key_serves_where_the_last_cannot() -> None:
    """A field that is missing, invalid or full leaves the new identity to the one before it."""
    writer = sender(callback("zego_rtc/record"))
    for url in (None, 7):
        event = writer.another_event({**payload("zego_rtc/record"), "replay_url": url})
        assert event["replay_url"] == url
        assert event["end_time"] != payload("zego_rtc/record")["end_time"]
    full = "https://example.com/" + "x" * (1024 - 20)
    event = writer.another_event({**payload("zego_rtc/record"), "replay_url": full})
    assert len(event["replay_url"]) == len(full)
    assert event["replay_url"] != full
    assert writer.another_event({"event": "record"}) == {"event": "record"}


def test_a_verbatim_payload_keeps_its_identity() -> None:
    """What is known is sent as it is; everything else is a new event."""
    given = payload("zego_rtc/transcode_stop")
    assert sent("zego_rtc/transcode_stop", given)["TaskId"] == given["TaskId"]
    request = sender(callback("zego_rtc/transcode_stop")).write(Case(CHECK, "", given))
    assert json.loads(request.body)["TaskId"] != given["TaskId"]


@pytest.mark.parametrize("encoding", ["hex", "base64"])
def test_signatures_are_written_as_chosen(encoding: str) -> None:
    """Where the page leaves it open the sender writes the signature as it was told."""
    one = callback("tencent_gme/recording")
    request = sender(one, encoding=encoding).write(Case(CHECK, "", payload(one.path)))
    length = {"hex": 40, "base64": 28}[encoding]
    assert len(dict(request.headers)["Signature"]) == length
    assert nature_of(request, CompiledCallback(one), secret=SECRET).genuine


def test_the_body_is_changed_after_it_was_signed() -> None:
    """Tampering keeps the signature of the body as it was."""
    one = callback("tencent_gme/recording")
    plain = sender(one).write(Case(CHECK, "", payload(one.path), verbatim=True))
    case = Case(CHECK, "", payload(one.path), verbatim=True, tamper=lambda body: body + b" ")
    changed = sender(one).write(case)
    assert (changed.body, changed.headers) == (plain.body + b" ", plain.headers)


def test_another_secret_signs_otherwise() -> None:
    """A forgery with another secret has a signature of the right form that proves nothing."""
    one = callback("zego_rtc/record")
    request = sender(one).write(Case(CHECK, "", payload(one.path), secret=b"another"))
    nature = nature_of(request, CompiledCallback(one), secret=SECRET)
    assert (nature.genuine, nature.conforming) == (False, True)


def test_the_secret_is_not_shown() -> None:
    """A sender that is printed does not tell its secret."""
    assert SECRET.decode() not in repr(sender(callback("zego_rtc/record")))


def at(value: Any, path: tuple[str, ...]) -> Any:
    """A value inside a payload, None where there is none."""
    for part in path:
        value = value.get(part) if isinstance(value, dict) else None
    return value
