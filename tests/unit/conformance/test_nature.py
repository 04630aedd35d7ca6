"""What a request is, told from its bytes alone."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from each import each
from unit.conformance.parts import NAMES, SECRET, callback, compiled, payload, sender

from hookproof.conformance.cases.cases import Case
from hookproof.conformance.checks import Check
from hookproof.conformance.judging.ground_truth import (
    Nature,
    nature_of,
    only_difference,
    proves_sender,
)
from hookproof.http.request import REMOVED, Repeated, Request, Sending, write_request
from hookproof.payload.body import BodyForm

if TYPE_CHECKING:
    from collections.abc import Callable

RECORD = "zego_rtc/record"


def written(name: str, value: Any, **options: Any) -> Request:
    """A signed request."""
    return write_request(
        callback(name), value, **({"secret": SECRET, "sending": Sending()} | options)
    )


def nature(name: str, request: Request) -> Nature:
    """What a request of a callback is."""
    return nature_of(request, compiled(name), secret=SECRET)


@pytest.mark.parametrize("name", NAMES)
def test_every_documented_payload_is_genuine_and_conforming(name: str) -> None:
    """Each example in each documented encoding is what a vendor would send."""
    one = callback(name)
    for example, facts in product(one.examples, one.encodings):
        # A form has no null; what is null in JSON is another payload there.
        if facts.encoding == "form" and None in example.payload.values():
            continue
        request = written(name, example.payload, form=BodyForm(facts.encoding))
        assert nature(name, request) == Nature(genuine=True, conforming=True)


@each("name", NAMES)
@each("forged", ["", "0" * 40, REMOVED, None, 0, True, [], {}, "\u00e9", "x" * 1_000_000])
def test_a_forged_signature_is_not_genuine(name: str, forged: Any) -> None:
    """Whatever stands in the signature's place, only the right one proves the sender."""
    request = written(name, payload(name), forge=lambda _: forged)
    assert not nature(name, request).genuine
    assert not proves_sender(request, compiled(name), secret=SECRET)


@each("name", NAMES)
@each(
    "forge",
    [
        lambda right: right + "0",
        lambda right: f" {right}\t",
        lambda right: f'"{right}"',
        lambda right: right.upper() if len(right) == 40 else right,
        lambda right: right.rstrip("=") + "==",
        lambda right: f"sha1={right}",
        lambda right: right.replace("+", "-").replace("/", "_"),
        lambda right: f"{right}{'f' * 64}",
        lambda right: Repeated((right[::-1], right)),
    ],
)
def test_the_right_digest_proves_the_sender_however_it_is_written(
    name: str, forge: Callable[[str], Any]
) -> None:
    """What a lenient decoder takes for the right digest can only be made with the secret."""
    request = written(name, payload(name), forge=forge)
    assert proves_sender(request, compiled(name), secret=SECRET)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "forge",
    [
        lambda right: right[: len(right) // 2],
        lambda right: right[1:],
        lambda right: right[::-1],
        lambda right: f"{right[:-2]}00",
    ],
)
def test_a_part_of_the_right_digest_proves_nothing(name: str, forge: Callable[[str], Any]) -> None:
    """Half of it can be guessed, and another one is another."""
    request = written(name, payload(name), forge=forge)
    assert not proves_sender(request, compiled(name), secret=SECRET)


def test_upper_case_digits_are_not_genuine_but_another_encoding_is() -> None:
    """Hexadecimal digits are compared exactly; each documented encoding counts."""
    assert not nature(RECORD, written(RECORD, payload(RECORD), forge=str.upper)).genuine
    other = sender(callback("tencent_gme/recording"), encoding="hex")
    request = other.write(Case(Check.ACCEPTS_GENUINE, "", payload("tencent_gme/recording")))
    assert nature("tencent_gme/recording", request).genuine


def test_a_changed_body_is_genuine_only_where_it_is_not_signed() -> None:
    """What the signature covers decides whether tampering shows."""
    for name, genuine in ((RECORD, True), ("tencent_gme/recording", False)):
        request = written(name, payload(name))
        changed = Request(request.body + b" ", request.headers, request.form, request.payload)
        assert nature(name, changed) == Nature(genuine, conforming=True)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"\xff",
        b"{",
        b'{"event": NaN}',
        b"\xef\xbb\xbf{}",
        b"[" * 3000 + b"]" * 3000,
    ],
)
def test_a_body_that_cannot_be_read_is_not_conforming(body: bytes) -> None:
    """Bytes that are no payload break the contract, and judging them raises nothing."""
    assert nature(RECORD, written(RECORD, body)) == Nature(genuine=False, conforming=False)


def test_duplicate_keys_are_not_conforming() -> None:
    """A body that two receivers read differently is not one that the contract allows."""
    request = written(RECORD, payload(RECORD))
    doubled = request.body[:-1] + b',"event":"record"}'
    found = nature(RECORD, Request(doubled, request.headers, request.form, request.payload))
    assert not found.conforming


EVERY = [Nature(genuine=g, conforming=c) for g, c in product((True, False), repeat=2)]
BROKEN = {Check.SURVIVES_MALFORMED, Check.REFUSES_MALFORMED}
FORGED = {Check.REFUSES_FORGED, Check.REFUSES_TAMPERED}


@each("check", Check)
@each("found", EVERY)
def test_a_request_serves_only_checks_that_it_is_evidence_for(check: Check, found: Nature) -> None:
    """Broken payloads serve the one kind of check, forgeries the other, the rest is flawless."""
    if check in BROKEN:
        wanted = not found.conforming
    elif check in FORGED:
        wanted = not found.genuine
    else:
        wanted = found.genuine and found.conforming
    assert found.serves(check) is wanted


@pytest.mark.parametrize(
    ("one", "other", "where"),
    [
        ({"a": 1}, {"a": 1}, ""),
        ({"a": 1}, {"a": 2}, "/a"),
        ({"a": 1}, {}, "/a"),
        ({}, {"a": None}, "/a"),
        ({"a": {"b": [1]}}, {"a": {"b": [2]}}, "/a/b"),
        ({"a": 1, "b": 1}, {"a": 2, "b": 2}, ""),
        ({"a": 1, "t": 1}, {"a": 2, "t": 2}, "/a"),
        ({"x": {"t": 1}}, {"x": {"t": 2}}, "/x/t"),
        ([1], {"a": 1}, ""),
        ({"a/b": 1}, {"a/b": 2}, "/a~1b"),
    ],
)
def test_the_only_difference_is_pointed_at(one: Any, other: Any, where: str) -> None:
    """One differing place has a pointer; none or several have not, refreshed fields aside."""
    assert only_difference(one, other, ignored=frozenset({"t"})) == where
