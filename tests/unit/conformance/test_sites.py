"""The places of a payload, and the values at their edges."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from unit.conformance.parts import NAMES, SECRET, callback, compiled, payload, sender

from hookproof.conformance.cases import boundary_cases as boundaries
from hookproof.conformance.cases.boundary_cases import (
    boundary_probes,
    broken_probes,
    large_probes,
    odd_probes,
)
from hookproof.conformance.cases.cases import Case
from hookproof.conformance.cases.marks import marks_of
from hookproof.conformance.cases.mutation_points import put, sites_of
from hookproof.conformance.checks import Check
from hookproof.conformance.judging.ground_truth import nature_of
from hookproof.payload.pointer import to_pointer
from hookproof.validation.compiled_callback import CompiledCallback

RECORD, PROCEDURE, GME = "zego_rtc/record", "zego_rtc/procedure", "tencent_gme/recording"


def bases(name: str) -> list[dict[str, Any]]:
    """All documented payloads of a callback, its sample first."""
    return [example.payload for example in callback(name).examples]


def labels(cases: list[Case]) -> set[str]:
    """What cases are told by."""
    return {case.label for case in cases}


def of(fields: dict[str, Any]) -> CompiledCallback:
    """A callback with other fields beside those that it is signed by."""
    one = callback(RECORD)
    kept = {k: one.schema["properties"][k] for k in ("timestamp", "nonce", "signature", "event")}
    schema = {"type": "object", "required": [*kept], "properties": {**kept, **fields}}
    return CompiledCallback(replace(one, schema=schema, examples=()))


def probes(fields: dict[str, Any], **values: Any) -> dict[str, Any]:
    """The conforming values for some fields, by label."""
    made = of(fields)
    shown = {k: payload(RECORD)[k] for k in ("timestamp", "nonce", "signature", "event")}
    cases = boundary_probes(made, [{**shown, **values}])
    return {case.label: case.payload for case in cases}


def test_sites_lead_into_nested_json_and_lists() -> None:
    """Every place of a payload is found once, with what the schema says of it."""
    found = {site.pointer: site for site in sites_of(callback(PROCEDURE).schema, bases(PROCEDURE))}
    deep = found["/extra_params/media/transcode/0/video/height"]
    assert deep.value == 540
    assert any(schema.get("maximum") == 4294967295 for schema in deep.schemas)
    assert deep.field == "extra_params"
    assert found["/extra_params"].is_text_of_json
    assert "/fileId" in found
    assert "/file_id" in found


def test_a_value_is_put_through_the_text_of_nested_json() -> None:
    """Only what is at the end of the way changes; the text around it stays JSON."""
    text = {"a": '{"b":[{"c":1}]}', "d": 2}
    assert put(text, ("a", "b", 0, "c"), 5) == {"a": '{"b":[{"c":5}]}', "d": 2}
    assert text["a"] == '{"b":[{"c":1}]}'


@pytest.mark.parametrize("name", NAMES)
def test_boundary_cases_conform(name: str) -> None:
    """Read again from their bytes they are genuine and keep the contract: refusing is a fault."""
    writer = sender(callback(name))
    cases = list(boundary_probes(compiled(name), bases(name)))
    assert len(cases) > 20
    for case in cases:
        nature = nature_of(writer.write(case), compiled(name), secret=SECRET)
        assert nature.serves(Check.ACCEPTS_CONFORMING), case.label


@pytest.mark.parametrize("name", NAMES)
def test_broken_cases_break_the_contract(name: str) -> None:
    """What is past the edge is malformed, and signed right all the same."""
    writer = sender(callback(name))
    for case in broken_probes(compiled(name), bases(name)):
        nature = nature_of(writer.write(case), compiled(name), secret=SECRET)
        assert (nature.genuine, nature.conforming) == (True, False), case.label


@pytest.mark.parametrize("name", NAMES)
def test_odd_cases_are_genuine_and_may_be_refused(name: str) -> None:
    """Nobody is blamed for refusing U+0000, an unknown event or a hundred levels of lists."""
    writer = sender(callback(name))
    cases = list(odd_probes(compiled(name), bases(name)))
    assert cases
    for case in cases:
        assert case.may_refuse
        assert nature_of(writer.write(case), compiled(name), secret=SECRET).genuine, case.label
    assert any("unknown event" in label for label in labels(cases))


@pytest.mark.parametrize("name", NAMES)
def test_what_belongs_to_the_clock_and_the_signature_is_left_alone(name: str) -> None:
    """A receiver with a window or a memory of nonces is not blamed."""
    one = callback(name)
    assert one.sent_at
    forbidden = {one.sent_at.field, one.signature.place.field}
    forbidden |= {place.field for place in one.signature.inputs}
    cases = [*boundary_probes(compiled(name), bases(name))]
    assert not {case.where.split("/")[1] for case in cases} & forbidden


@pytest.mark.parametrize("name", NAMES)
def test_every_listed_value_is_sent(name: str) -> None:
    """Each value of each list of values is in a conforming payload, and one that is not listed."""
    cases = [
        *boundary_probes(compiled(name), bases(name)),
        *(Case(Check.ACCEPTS_GENUINE, "", base) for base in bases(name)),
    ]
    for field, schema in callback(name).schema["properties"].items():
        sent = {case.payload.get(field) for case in cases if "enum" in schema}
        assert set(schema.get("enum", ())) <= sent
        broken = [c for c in broken_probes(compiled(name), bases(name)) if c.where == f"/{field}"]
        # Of a list that grows, another value is a new one, and no fault.
        is_closed = "enum" in schema and not schema.get("x-open")
        assert is_closed <= any("not listed" in case.label for case in broken)


def test_integers_at_the_edges_of_their_types() -> None:
    """2^31, 2^53+1, 2^63-1 and 2^64-1 are sent where the contract admits them, and zero."""
    wide = {"type": "integer", "minimum": 0, "maximum": 2**64 - 1}
    sent = {found["x"] for found in probes({"x": wide}, x=5).values() if "x" in found}
    assert sent == {0, 1, 2**31, 2**32 - 1, 2**53 + 1, 2**63 - 1, 2**64 - 1}
    small = {"type": "integer", "minimum": 1, "maximum": 1000}
    sent = {found["x"] for found in probes({"x": small}, x=5).values() if "x" in found}
    assert sent == {1, 1000}


def test_without_a_limit_no_more_than_64_signed_bits_are_asked_for() -> None:
    """A receiver that stores a signed 64-bit number is right where the page says nothing."""
    sent = {found.get("x", 0) for found in probes({"x": {"type": "integer"}}, x=5).values()}
    assert max(sent) == 2**63 - 1


def test_numbers_as_text_have_the_edges_of_numbers() -> None:
    """Numbers sent as text are tried at the same edges."""
    digits = {"type": "string", "pattern": "^(0|[1-9][0-9]{0,19})$"}
    sent = {found["x"] for found in probes({"x": digits}, x="5").values() if "x" in found}
    assert {"0", str(2**31), str(2**64 - 1)} <= sent


@pytest.mark.parametrize("name", NAMES)
def test_moments_are_not_moved_away_from_now(name: str) -> None:
    """A moment of another time is only tried: a receiver may well find it impossible."""
    marks = marks_of(callback(name).schema, word="x-moment")
    places = {to_pointer(p) for base in bases(name) for p, *_ in marks.places(base)}
    assert not places & {
        case.where
        for case in boundary_probes(compiled(name), bases(name))
        if not case.label.endswith("left out")
    }
    tried = [c for c in odd_probes(compiled(name), bases(name)) if "moment" in c.label]
    assert all(case.may_refuse for case in tried)


def test_limits_in_bytes_are_hit_exactly() -> None:
    """At its limit a text has that many bytes, in letters of one byte and of three."""
    limited = {"x": {"type": "string", "maxLength": 100, "x-max-bytes": 100}}
    sent = [found["x"] for found in probes(limited, x="a").values() if "x" in found]
    sizes = Counter(len(text.encode()) for text in sent)
    assert sizes[100] == 2
    assert max(sizes) == 100
    shown = {k: payload(RECORD)[k] for k in ("timestamp", "nonce", "signature", "event")}
    broken = broken_probes(of(limited), [{**shown, "x": "a"}])
    [over] = [case for case in broken if case.where == "/x"]
    assert len(over.payload["x"].encode()) > 100 >= len(over.payload["x"])


def test_lists_are_sent_empty_and_with_repeated_items() -> None:
    """Where the contract allows it; a list that needs an item is not sent without."""
    lists = {"x": {"type": "array", "items": {"type": "integer"}}}
    found = probes(lists, x=[1])
    assert found["/x holding an empty list"]["x"] == []
    assert found["/x holding each item twice"]["x"] == [1, 1]
    needs = {"x": {"type": "array", "minItems": 1, "items": {"type": "integer"}}}
    assert "/x holding an empty list" not in probes(needs, x=[1])


def test_nested_json_is_sent_in_other_layouts() -> None:
    """The text is laid out on several lines, with blanks, and escaped; it means the same."""
    cases = list(boundary_probes(compiled(RECORD), bases(RECORD)))
    texts = {c.payload["extra_params"] for c in cases if c.where == "/extra_params"}
    assert any("\n" in text for text in texts)
    assert {json.dumps(json.loads(text), sort_keys=True) for text in texts if "\n" in text} == {
        json.dumps(json.loads(payload(RECORD)["extra_params"]), sort_keys=True)
    }
    broken = labels(list(broken_probes(compiled(RECORD), bases(RECORD))))
    assert "/extra_params holding its JSON text escaped twice" in broken
    assert "/extra_params holding an object where JSON text is documented" in broken


def test_hard_texts_hold_what_breaks_stores() -> None:
    """Letters of four bytes, quotes and percent signs must be accepted; NUL may be refused."""
    texts = {"x": {"type": "string"}}
    sent = "".join(found.get("x", "") for found in probes(texts, x="a").values())
    assert all(sign in sent for sign in ("\U0001f3a5", '"', "\\", "%2F", "/"))
    assert "\x00" not in sent
    shown = {k: payload(RECORD)[k] for k in ("timestamp", "nonce", "signature", "event")}
    odd = list(odd_probes(of(texts), [{**shown, "x": "a"}]))
    assert any("\x00" in str(case.payload.get("x")) for case in odd)


def test_every_place_has_its_turn_before_any_has_two() -> None:
    """A run with few requests still tries each field."""
    cases = list(boundary_probes(compiled(GME), bases(GME)))
    places = [case.where for case in cases]
    first = places[: len(set(places))]
    assert max(Counter(first).values()) <= 2
    assert boundaries.ABSENT not in [case.payload for case in cases]


@pytest.mark.parametrize("name", [*NAMES, "zego_ai_agent/user_audio_data"])
def test_one_body_is_as_large_as_they_come(name: str) -> None:
    """By the field that the page has large, else by one that a vendor may add."""
    *_, case = large_probes(compiled(name), [payload(name)])
    assert compiled(name).accepts(case.payload)
    size = len(json.dumps(case.payload, separators=(",", ":")))
    assert 62_000 < size < 70_000
    assert (case.where == "/Data/Audio") == name.endswith("audio_data")


def test_a_field_that_is_refused_anyway_makes_no_body_large() -> None:
    """Where unknown fields are refused a large one would be refused for that."""
    name = "zego_rtc/record"
    assert not list(large_probes(compiled(name), [payload(name)], padded=False))


@pytest.mark.parametrize(
    ("name", "where"),
    [("zego_zim/group_join", "/new_user_ids"), ("zego_rtc/mix_start", "/hdl_urls")],
)
def test_lists_come_long(name: str, where: str) -> None:
    """A list holds what its sample has in it a hundred times, and the payload still conforms."""
    case = next(one for one in large_probes(compiled(name), [payload(name)]) if one.where == where)
    assert len(set(case.payload[where[1:]])) == 100
    assert compiled(name).accepts(case.payload)


def test_no_list_is_longer_than_the_page_has_it() -> None:
    """What has a largest number of items has no more."""
    name = "zego_rtc/censor_video_v2_img_result"
    for case in large_probes(compiled(name), [one.payload for one in callback(name).examples]):
        assert compiled(name).accepts(case.payload)
