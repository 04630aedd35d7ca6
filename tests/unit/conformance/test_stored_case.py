"""A case goes through a report and comes out as the same sender writes it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from unit.conformance.parts import NAMES, SECRET, callback, compiled, payload, sender

from hookproof.conformance.cases import boundary_cases as boundaries
from hookproof.conformance.cases import cases
from hookproof.conformance.cases.cases import Before, Case
from hookproof.conformance.cases.malformed import malformed_probes
from hookproof.conformance.checks import Check
from hookproof.conformance.evidence.stored_case import UnknownCase, by_name, case_in
from hookproof.conformance.evidence.stored_request import case_as_text
from hookproof.http.request import Layout
from hookproof.payload.body import BodyForm


def all_cases(name: str) -> list[Case]:
    """Cases of every kind, with and without code in them."""
    one, shown = callback(name), payload(name)
    compiled_one = compiled(name)
    return [
        *cases.documented_variants(one),
        *cases.documented_encodings(one, shown, base=BodyForm.JSON, required=()),
        *cases.header_variants(one, shown, base=BodyForm.JSON),
        *cases.conforming_probes(one, shown),
        *cases.freshness_probes(one, shown),
        *cases.unknown_fields(shown),
        *cases.tampered(one, shown, accepted="0123456789abcdef"),
        *malformed_probes(one, shown),
        *boundaries.boundary_probes(compiled_one, [shown]),
        *boundaries.odd_probes(compiled_one, [shown]),
        *boundaries.broken_probes(compiled_one, [shown]),
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_case_is_written_again_as_it_was(name: str) -> None:
    """From its text each case becomes the bytes, headers and query that it was before."""
    found, place = all_cases(name), callback(name).signature.place.field
    known = by_name(found)
    for case in found:
        text = case_as_text(case, signature=place)
        again = case_in(text, known)
        one, other = sender(callback(name)).write(case), sender(callback(name)).write(again)
        assert (one.body, one.headers, one.query) == (other.body, other.headers, other.query), text
        assert again.deliveries == case.deliveries
        assert SECRET.decode() not in text


@pytest.mark.parametrize("body", [b"", b"\x00\xff", b"[" * 3000, b"{}", b"\r\n"])
def test_bytes_that_are_no_payload_come_through(body: bytes) -> None:
    """A broken body is kept as it is."""
    case = Case(Check.SURVIVES_MALFORMED, "one", body)
    assert case_in(case_as_text(case, signature="signature"), {}).payload == body


def test_no_signature_is_kept() -> None:
    """What a known payload was signed with is left out: it is signed anew."""
    known = {**payload("zego_rtc/record"), "signature": "0123456789012345678901234567890123456789"}
    case = Case(Check.REFUSES_FORGED, "one", known, kept=frozenset(known), before=(Before.GENUINE,))
    text = case_as_text(case, signature="signature")
    assert known["signature"] not in text
    again = case_in(text, {})
    assert (again.kept, again.before) == (case.kept, case.before)


def test_what_is_code_is_told_by_its_name() -> None:
    """A forgery that this version does not make is told apart, and nothing is guessed."""
    case = Case(Check.REFUSES_FORGED, "a new one", {}, forge=str.upper)
    text = case_as_text(case, signature="signature")
    assert case_in(text, by_name([case])) is case
    with pytest.raises(UnknownCase):
        case_in(text, {})


@pytest.mark.parametrize(
    "change",
    [
        {"check": "no check"},
        {"form": "xml"},
        {"layout": 1},
        {"together": 17},
        {"together": 0},
        {"together": 1.5},
        {"before": ["same"] * 5},
        {"before": ["never"]},
        {"shift": 10**12},
        {"raw": True, "payload": "?"},
        {"kept": 5},
    ],
)
def test_what_no_run_has_written_is_refused(change: dict[str, Any]) -> None:
    """A text that was changed by hand is no case."""
    case = Case(Check.ACCEPTS_CONFORMING, "one", {"a": 1}, layout=Layout.PRINTED)
    good = json.loads(case_as_text(case, signature="signature"))
    with pytest.raises((ValueError, TypeError)):
        case_in(json.dumps({**good, **change}), {})
    for missing in good:
        less = {key: value for key, value in good.items() if key != missing}
        with pytest.raises(ValueError, match=missing):
            case_in(json.dumps(less), {})
