"""A correct receiver passes: no error over thousands of requests, whatever the seed and secret."""

from __future__ import annotations

import pytest
from acceptance.receiver_runs import callbacks, errors, run

from hookproof.receiver.checks import Check, Control, State
from hookproof.testing import Receiver

# Secrets that sort before, between and after moments and nonces; each run has one of its own.
RUNS = [
    pytest.param(1, b"9193cc662a4c0ec135ec71fb57194b38", id="1"),
    pytest.param(2, b"0123456789abcdef0123456789abcdef", id="2"),
    pytest.param(20261204, "Schlüssel 秘密".encode(), id="20261204"),
]
REQUESTS = 2000


@pytest.mark.parametrize(("seed", "secret"), RUNS)
def test_two_thousand_requests_give_no_error(seed: int, secret: bytes) -> None:
    """Every check of every callback passes, or is skipped where there is nothing to test."""
    # Fewer are not enough for every check.
    each = max(60, REQUESTS // len(callbacks()))
    report = run(Receiver, secret=secret, seed=seed, max_cases=each)
    assert errors(report) == []
    assert (report.verdict, report.requests) == ("pass", each * len(callbacks()))
    assert report.requests >= REQUESTS - len(callbacks())
    for callback in callbacks():
        result = report.callbacks[callback.path]
        assert (result.control, result.requests) == (Control.ACCEPTED, each)
        skipped = {check for check, state in result.checks.items() if state is State.SKIPPED}
        assert skipped == (set() if callback.signature.covers_body else {Check.REFUSES_TAMPERED})
        assert set(result.checks.values()) - {State.SKIPPED} == {State.PASS}


@pytest.mark.parametrize(("seed", "secret"), RUNS[:1])
def test_what_the_vendor_leaves_open_is_a_note(seed: int, secret: bytes) -> None:
    """All that is told of a correct receiver is where the vendor does not sign the body."""
    report = run(Receiver, secret=secret, seed=seed, max_cases=60)
    unsigned = {c.path for c in callbacks() if not c.signature.covers_body}
    assert {finding.callback for finding in report.findings} == unsigned
    assert {(finding.code, finding.severity.value) for finding in report.findings} == {
        ("HP410", "note")
    }


@pytest.mark.parametrize("encoding", ["hex", "base64"])
def test_either_way_of_writing_a_signature_is_accepted(encoding: str) -> None:
    """The correct receiver takes hexadecimal and Base64 where the page leaves it open."""
    report = run(Receiver, encoding=encoding, max_cases=60)
    assert (report.verdict, errors(report)) == ("pass", [])


def test_a_few_requests_are_not_enough_for_a_pass() -> None:
    """A check without evidence is inconclusive, and the run incomplete."""
    report = run(Receiver, max_cases=3)
    assert (report.verdict, report.requests) == ("incomplete", 3 * len(callbacks()))
    for result in report.callbacks.values():
        assert result.checks[Check.ACCEPTS_GENUINE] is State.PASS
        assert State.INCONCLUSIVE in result.checks.values()
