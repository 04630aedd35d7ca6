"""One cause, one finding, where it lies; and what only some payloads or deliveries reach."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from cast import CAST
from unit.conformance.parts import compiled, payload
from unit.conformance.test_run import run, told

from hookproof.conformance.generation.fuzzer import Generated
from hookproof.conformance.running.branches import branches
from hookproof.findings import Severity
from hookproof.testing import Receiver, Refused

if TYPE_CHECKING:
    from hookproof.conformance.running.report import ReceiverReport
    from hookproof.testing.receiver import Delivered

RECORD = "zego_rtc/record"
COMPLETED = "zego_cloud_recording/recording_completed"
SEND_MSG = "zego_zim/send_msg"


def broken(name: str) -> list[Generated]:
    """Payloads with two faults each: an optional or required field missing, and another broken."""
    shown = payload(name)
    fields = [field for field in shown if field not in {"signature", "timestamp", "nonce"}]
    return [
        Generated(
            {**{k: v for k, v in shown.items() if k != missing}, retyped: [number]},
            breaks=True,
            description=f"/{retyped} holding another type",
        )
        for number, missing in enumerate(fields)
        for retyped in fields
        if retyped != missing
    ]


class TakesForGranted(Receiver):
    """Does not validate, and dies where one field is not there."""

    field: ClassVar[str] = "detail"

    def validate(self, delivered: Delivered) -> None:
        """Read the field."""
        delivered.payload[self.field]


def places(report: ReceiverReport) -> set[str]:
    """Where the errors of a report are."""
    return {where for _, where in told(report)}


@pytest.mark.parametrize("field", ["detail", "message", "sequence"])
def test_one_cause_is_told_at_one_place(field: str) -> None:
    """Payloads that have another fault besides are counted with what makes them crash."""

    class Faulty(TakesForGranted):
        pass

    Faulty.field = field
    report = run(Faulty, COMPLETED, max_cases=300, generated=broken(COMPLETED))
    assert places(report) == {f"/{field}"}
    assert len(told(report)) <= 4
    assert sum(one.count for one in report.findings if one.severity is Severity.ERROR) > 5


def test_two_causes_are_told_apart() -> None:
    """Where two fields are taken for granted both are named, and nothing else."""

    class Faulty(TakesForGranted):
        def validate(self, delivered: Delivered) -> None:
            delivered.payload["message"]
            delivered.payload["sequence"] + 1

    report = run(Faulty, COMPLETED, max_cases=300, generated=broken(COMPLETED))
    assert places(report) == {"/message", "/sequence"}


class RefusesOneBranch(Receiver):
    """Reads a field for one kind of conversation alone, and takes it for granted there."""

    def validate(self, delivered: Delivered) -> None:
        """Look at the conversation of one kind."""
        if delivered.payload.get("conv_type") == 0:
            delivered.payload["conv_id"].startswith("@")
        super().validate(delivered)


def test_fields_are_left_out_in_every_branch() -> None:
    """What is read for one listed value of another field alone is tried with that value."""
    assert payload(SEND_MSG)["conv_type"] != 0
    report = run(RefusesOneBranch, SEND_MSG, max_cases=300)
    assert places(report) == {"/conv_id"}
    [found] = [one for one in report.findings if one.severity is Severity.ERROR]
    assert "/conv_type 0" in found.message


def test_a_branch_that_is_refused_as_a_whole_is_blamed_itself() -> None:
    """Nothing in a branch is blamed where the branch alone is refused."""

    class RefusesBranch(Receiver):
        def validate(self, delivered: Delivered) -> None:
            super().validate(delivered)
            if delivered.payload["conv_type"] == 0:
                raise Refused(400, "what is that?")

    report = run(RefusesBranch, SEND_MSG, max_cases=300)
    assert places(report) == {"/conv_type"}


def test_every_value_of_a_selecting_field_has_a_branch() -> None:
    """Each branch has one value that the control has not, and opens with it."""
    found = list(branches(compiled(SEND_MSG), [payload(SEND_MSG)]))
    labels = {one.label for one in found}
    shown = payload(SEND_MSG)
    assert {f"/conv_type {n}" for n in (0, 1, 2) if n != shown["conv_type"]} <= labels
    for one in found:
        assert compiled(SEND_MSG).accepts(one.opening.payload)
        assert all(case.where for half in one.cases for case in half)


class Races(Receiver):
    """Looks whether it knows an event, works, then inserts it with a unique key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known: set[bytes] = set()
        self.lock = threading.Lock()

    def process(self, delivered: Delivered) -> None:
        """Insert what is not there, and fail where somebody else was quicker."""
        body = delivered.incoming.body
        if body in self.known:
            return
        time.sleep(0.02)
        with self.lock:
            if body in self.known:
                raise KeyError("unique constraint")
            self.known.add(body)


def test_first_deliveries_at_once_are_of_a_new_event() -> None:
    """A race that only the first delivery of an event can lose is an error on redelivery."""
    report = run(Races, RECORD, max_cases=100)
    assert told(report) == [("HP404", "")]
    [found] = [one for one in report.findings if one.severity is Severity.ERROR]
    assert found.check == "accepts_redelivery"
    assert "a new event, its bytes 4 times at once" in found.message


@pytest.mark.parametrize("name", ["AcceptsMissingSignature", "AcceptsAnySignature"])
def test_twenty_requests_try_every_check(name: str) -> None:
    """A receiver without a right signature check fails with --max-cases 20 as with 300."""
    report = run(CAST[name], RECORD, max_cases=20)
    assert "HP407" in {code for code, _ in told(report)}
    assert report.callbacks[RECORD].requests <= 20


class ThrowsOnForgeries(Receiver):
    """Leaves the handler by an exception where a signature is wrong, or not there."""

    def authenticate(self, delivered: Delivered) -> None:
        """Raise what nobody catches."""
        if not self.proves(delivered):
            raise ValueError("bad signature")


def test_a_receiver_that_throws_on_wrong_signatures_has_one_cause() -> None:
    """Bodies without what is signed are forgeries, too: one finding, which lists the kinds."""
    report = run(ThrowsOnForgeries, "zego_rtc/room_login", max_cases=300)
    [crash] = [one for one in report.findings if one.severity is Severity.ERROR]
    assert crash.code == "HP408"
    kinds = {variant.what for variant in crash.variants}
    assert {"a signature that is wrong", "/nonce missing"} <= kinds
