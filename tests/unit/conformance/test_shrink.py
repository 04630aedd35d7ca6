"""The smallest payload that still shows it: signed anew each time, and never another fault."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from unit.conformance.parts import SECRET, callback, contract, payload
from unit.conformance.test_run import run

from hookproof.conformance.generation.fuzzer import Generated
from hookproof.conformance.running.shrink import differences, shorter, smallest
from hookproof.findings import Severity
from hookproof.testing import Receiver, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.testing.receiver import Delivered

RECORD = "zego_rtc/record"
CONTROL = {
    "a": "one",
    "b": 1,
    "n": '{"x":1,"y":{"z":"deep"}}',
    "l": [1, 2],
}
CHANGED = {
    "a": "another text that is long",
    "b": 987654,
    "n": '{"x":5000000000,"y":{"z":"other"}}',
    "l": [3],
    "new": True,
}


def nested(found: dict[str, Any]) -> Any:
    """What the nested JSON of a payload says, if there is any."""
    return json.loads(found.get("n") or "{}")


SHOWS: list[tuple[Callable[[dict[str, Any]], bool], dict[str, Any]]] = [
    (lambda p: p["b"] > 100, {**CONTROL, "b": 987654}),
    (lambda p: len(p["a"]) > 3, {**CONTROL, "a": CHANGED["a"][:12]}),
    (lambda p: "new" in p, {**CONTROL, "new": True}),
    (
        lambda p: nested(p)["x"] > 2**31,
        {**CONTROL, "n": '{"x":4294967296,"y":{"z":"deep"}}'},
    ),
    (lambda p: p["l"] == [3], {**CONTROL, "l": [3]}),
    (
        lambda p: p["b"] > 100 and "new" in p,
        {**CONTROL, "b": 987654, "new": True},
    ),
]


@pytest.mark.parametrize(("shows", "wanted"), SHOWS)
def test_all_that_does_not_matter_is_taken_back(
    shows: Callable[[dict[str, Any]], bool], wanted: dict[str, Any]
) -> None:
    """What is left differs from the accepted payload only where it must, and in a short value."""
    assert smallest(CHANGED, CONTROL, shows) == wanted


def test_what_is_absent_can_matter() -> None:
    """A field that is missing stays missing where that shows it."""
    less = {name: value for name, value in CHANGED.items() if name != "a"}
    found = smallest(less, CONTROL, lambda p: "a" not in p)
    assert found == {name: value for name, value in CONTROL.items() if name != "a"}


def test_differences_lead_into_nested_json() -> None:
    """The ways to what differs go through the text of nested JSON; equal parts are not told."""
    paths = set(differences(CHANGED, CONTROL))
    assert paths == {("a",), ("b",), ("n", "x"), ("n", "y", "z"), ("l",), ("new",)}
    assert list(differences(CONTROL, CONTROL)) == []
    assert list(differences({"a": 1}, {"a": True})) == [("a",)]


def test_bytes_become_as_few_as_show_it() -> None:
    """Of bytes that are no payload the shortest run stays."""
    assert shorter(b"some noise \xff and more noise", lambda body: b"\xff" in body) == b"\xff"
    assert shorter(b"", lambda _: True) == b""


class RefusesLargeFiles(Receiver):
    """Refuses files of more than a million bytes."""

    def process(self, delivered: Delivered) -> None:
        """Look at the size alone."""
        inner = json.loads(delivered.payload["extra_params"])
        if inner.get("FileSize", 0) > 1_000_000 and inner["Duration"] != 60.0:
            raise Refused(400, "too large")


def generated() -> list[Generated]:
    """Three payloads that differ from the accepted one in many places, two with the fault."""
    shown = payload(RECORD)
    many = {"stream_alias": "bbbb", "replay_url": "https://example.com/x.mp4", "appid": "77"}
    return [
        Generated({**shown, **many, "extra_params": text}, breaks=False, description="a payload")
        for text in (
            '{"Duration":1.5,"ObsObject":"o/1","FileSize":4000000000}',
            '{"Duration":2.5,"ObsObject":"o/2","FileSize":3000000000}',
            '{"Duration":2.5,"ObsObject":"o/3","FileSize":3}',
        )
    ]


def test_a_generated_payload_is_shown_as_small_as_it_goes() -> None:
    """The finding is told by what is left of the payload, which is sent signed and conforming."""
    report = run(RefusesLargeFiles, RECORD, max_cases=400, generated=generated())
    [found] = [f for f in report.findings if f.severity is Severity.ERROR]
    assert (found.code, found.status) == ("HP402", 400)
    assert found.where.startswith("/extra_params")
    assert "bbbb" not in found.reproduce
    assert "77" not in json.dumps(found.message)


def test_a_known_cause_is_not_told_again() -> None:
    """A generated payload that fails for what a named case has shown is counted with that."""

    class RefusesOtherStreams(Receiver):
        def process(self, delivered: Delivered) -> None:
            if delivered.payload["stream_alias"] != payload(RECORD)["stream_alias"]:
                raise Refused(404, "no such stream")

    report = run(RefusesOtherStreams, RECORD, max_cases=400, generated=generated())
    [found] = [f for f in report.findings if f.severity is Severity.ERROR]
    assert (found.code, found.where, found.status) == ("HP402", "/stream_alias", 404)
    assert found.count > 3


def test_a_run_without_findings_sends_nothing_more() -> None:
    """Shrinking costs nothing where there is nothing to shrink."""
    report = run(Receiver, RECORD, max_cases=60, generated=generated())
    assert report.callbacks[RECORD].requests == 60
    assert contract().callback(RECORD) == callback(RECORD)
    assert SECRET.decode() not in repr(report)
