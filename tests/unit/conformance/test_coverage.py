"""What of the contract the accepted requests have exercised."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from unit.conformance.parts import NAMES, SECRET, callback, compiled, contract, payload

from hookproof.conformance.coverage.coverage import Aspect, Coverage, Share, coverage_of, together
from hookproof.conformance.judging.ground_truth import nature_of
from hookproof.conformance.running.run import Plan, run_test
from hookproof.http.request import Request, write_body
from hookproof.http.target import resolve_target
from hookproof.payload.body import BodyForm
from hookproof.testing import Receiver, Reply, serve

if TYPE_CHECKING:
    from hookproof.contract import Callback
    from hookproof.testing.receiver import Incoming

TEXT = {"type": "string"}
CIRCLE = {"title": "Circle", "type": "object", "properties": {"r": {"type": "number"}}}
SQUARE = {
    "title": "Square",
    "type": "object",
    "required": ["a"],
    "properties": {"a": {"enum": [1, 2]}},
}
SCHEMA = {
    "type": "object",
    "properties": {
        "event": {"const": "drawn"},
        "flag": {"enum": [0, False, "0"]},
        "shape": {"anyOf": [CIRCLE, SQUARE, {"type": "null"}]},
        "text": {
            "type": "string",
            "contentMediaType": "application/json",
            "contentSchema": {"anyOf": [SQUARE, {"required": ["b"], "properties": {"b": TEXT}}]},
        },
        "list": {"type": "array", "items": {"type": "object", "properties": {"a/b": TEXT}}},
        "long": True,
    },
}


def made() -> Callback:
    """A callback with every kind of documented thing."""
    return replace(callback("zego_rtc/record"), schema=SCHEMA)


def after(*bodies: Any, form: BodyForm = BodyForm.JSON) -> Coverage:
    """The coverage after requests with some bodies were accepted."""
    coverage = coverage_of(made())
    for body in bodies:
        coverage.see(Request(write_body(body, form=form), (), form))
    return coverage


def missed(coverage: Coverage, aspect: Aspect) -> list[str]:
    """What is left of an aspect."""
    return list(coverage.missed[aspect])


def test_everything_documented_is_counted() -> None:
    """Fields into nested JSON and lists, listed values, shapes and encodings, each once."""
    coverage = after()
    assert missed(coverage, Aspect.FIELDS) == [
        *("/event", "/flag", "/shape", "/shape/r", "/shape/a"),
        *("/text", "/text/a", "/text/b", "/list", "/list/*/a~1b", "/long"),
    ]
    assert missed(coverage, Aspect.VALUES) == [
        '/event "drawn"',
        *("/flag 0", "/flag false", '/flag "0"'),
        *("/shape/a 1", "/shape/a 2", "/text/a 1", "/text/a 2"),
    ]
    assert missed(coverage, Aspect.SHAPES) == [
        *("/shape as Circle", "/shape as Square", "/shape as any null"),
        *("/text as Square", "/text as an object with b"),
    ]
    assert missed(coverage, Aspect.ENCODINGS) == ["json", "form", "percent-json"]
    assert not coverage.heard


def test_a_field_counts_once_it_was_sent() -> None:
    """Fields in nested JSON and in every item of a list count, absent ones do not."""
    body = {"event": "x", "text": '{"a": 2}', "list": [{}, {"a/b": "x"}], "other": 1}
    left = missed(after(body), Aspect.FIELDS)
    assert left == ["/flag", "/shape", "/shape/r", "/shape/a", "/text/b", "/long"]
    assert "/list/*/a~1b" in missed(after({"list": [{}]}), Aspect.FIELDS)


@pytest.mark.parametrize(
    ("value", "name"), [(0, "/flag 0"), (False, "/flag false"), ("0", '/flag "0"')]
)
def test_values_of_another_type_are_other_values(value: object, name: str) -> None:
    """Zero, false and the text 0 are three values."""
    before, now = after(), after({"flag": value})
    gone = set(missed(before, Aspect.VALUES)) - set(missed(now, Aspect.VALUES))
    assert gone == {name}


def test_a_shape_counts_where_the_value_fits() -> None:
    """A value may have several of the documented shapes, also in nested JSON."""
    assert "/shape as Square" not in missed(after({"shape": {"a": 1}}), Aspect.SHAPES)
    assert "/shape as Square" in missed(after({"shape": {"a": 3}}), Aspect.SHAPES)
    assert "/text as Square" not in missed(after({"text": '{"a": 1}'}), Aspect.SHAPES)
    assert "/text as Square" in missed(after({"text": "no JSON"}), Aspect.SHAPES)
    assert "/shape as any null" not in missed(after({"shape": None}), Aspect.SHAPES)


def test_the_encoding_of_a_request_counts() -> None:
    """What was sent as a form is read as one."""
    coverage = after({"event": "drawn"}, form=BodyForm.FORM)
    assert missed(coverage, Aspect.ENCODINGS) == ["json", "percent-json"]
    assert coverage.share(Aspect.ENCODINGS) == Share(1, 3)
    assert '/event "drawn"' not in missed(coverage, Aspect.VALUES)


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"null", b"\xff", b'{"list": 7, "text": 1}'])
def test_any_body_can_be_seen(body: bytes) -> None:
    """What was accepted against all sense counts as a request, and fails nothing."""
    coverage = coverage_of(made())
    coverage.see(Request(body, (), BodyForm.JSON))
    assert coverage.heard


def test_shapes_of_one_name_are_told_apart() -> None:
    """Two untitled shapes of one kind have numbers."""
    strings = [{"type": "string", "maxLength": 1}, {"type": "string", "minLength": 5}]
    schema = {"properties": {"a": {"anyOf": strings}}}
    coverage = coverage_of(replace(made(), schema=schema))
    assert missed(coverage, Aspect.SHAPES) == ["/a as string", "/a as string (2)"]
    coverage.see(Request(b'{"a": "long text"}', (), BodyForm.JSON))
    assert missed(coverage, Aspect.SHAPES) == ["/a as string"]


def test_the_samples_of_a_page_cover_something() -> None:
    """The documented sample of a real callback exercises nearly all its fields."""
    coverage = coverage_of(callback("zego_rtc/record"))
    body = json.dumps(payload("zego_rtc/record")).encode()
    coverage.see(Request(body, (), BodyForm.JSON))
    assert coverage.share(Aspect.FIELDS).seen >= 10
    assert coverage.share(Aspect.VALUES) == Share(1, 1)


def test_callbacks_are_counted_together() -> None:
    """Shares are added up, and the callbacks that were heard are counted."""
    found = dict(together([after({"event": "drawn"}), after()]))
    assert found["callbacks"] == Share(1, 2)
    assert found["fields"] == Share(1, 22)


class TakesAnything(Receiver):
    """Acknowledges whatever comes."""

    def handle(self, incoming: Incoming) -> Reply:
        """Say yes."""
        del incoming
        return Reply(200)


@pytest.mark.parametrize("name", NAMES)
def test_only_what_the_vendor_may_send_is_counted(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forgeries and broken payloads exercise nothing, even where they are acknowledged."""
    seen: list[Request] = []
    monkeypatch.setattr(Coverage, "see", lambda _, request: seen.append(request))
    one = callback(name)
    secrets = {one.area: SECRET}
    with serve(TakesAnything(contract(), secrets=secrets)) as url:
        report = run_test(resolve_target(url), Plan([one], secrets, max_cases=60))
    natures = [nature_of(request, compiled(name), secret=SECRET) for request in seen]
    assert 5 < len(natures) < report.requests - 10
    assert all(nature.genuine and nature.conforming for nature in natures)


def test_what_is_refused_is_not_counted() -> None:
    """A receiver that refuses all but the genuine callback leaves the rest unexercised."""

    class TakesOne(Receiver):
        """Acknowledges the first request."""

        taken = False

        def handle(self, incoming: Incoming) -> Reply:
            """Say yes once."""
            del incoming
            taken, self.taken = self.taken, True
            return Reply(400 if taken else 200)

    one = callback("zego_rtc/procedure")
    secrets = {one.area: SECRET}
    with serve(TakesOne(contract(), secrets=secrets)) as url:
        report = run_test(resolve_target(url), Plan([one], secrets, max_cases=40))
    shares = report.coverage
    assert shares["callbacks"] == Share(1, 1)
    assert shares["encodings"] == Share(1, 2)
    assert 0 < shares["values"].seen < shares["values"].documented
