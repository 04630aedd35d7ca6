"""Correct receivers pass: no error over hundreds of requests, whatever the seed and secret."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from acceptance.receiver_runs import callbacks, contract, errors, kinds, run

from hookproof.conformance.checks import Check, Control, State
from hookproof.conformance.policy import Policy
from hookproof.findings import Severity
from hookproof.signature.verify import verify
from hookproof.testing import CORRECT, Receiver

if TYPE_CHECKING:
    from hookproof.conformance.running.report import ReceiverReport
    from hookproof.contract import Callback
    from hookproof.testing.receiver import Delivered

# Secrets that sort before, between and after moments and nonces; each run has one of its own.
# What is generated for a seed is shared, for that takes longer than to send it.
RUNS = [
    pytest.param(1, b"9193cc662a4c0ec135ec71fb57194b38", id="1"),
    pytest.param(1, b"0123456789abcdef0123456789abcdef", id="1-other-secret"),
    pytest.param(20261204, "Schlüssel 秘密".encode(), id="20261204"),
]
REQUESTS = 500
# What warnings say of receivers that do no more than they must.
ADVISED = {
    "AnswersNoContent": {"HP414"},
    "ReadsOnlyJson": {"HP415"},
}


@cache
def usual(name: str) -> ReceiverReport:
    """The report on a correct receiver with as many requests as a run sends unasked."""
    return run(CORRECT[name], chosen=kinds(), max_cases=300)


def wanted_states(callback: Callback) -> dict[Check, State]:
    """What becomes of each check where everything is right."""
    skipped = {Check.CHECKS_FRESHNESS}
    if not callback.signature.covers_body:
        skipped.add(Check.REFUSES_TAMPERED)
    if not any(len(values) > 1 for values in callback.discriminator.values()):
        skipped.add(Check.TOLERATES_DISORDER)
    return {check: State.SKIPPED if check in skipped else State.PASS for check in Check}


@pytest.mark.parametrize(("seed", "secret"), RUNS)
def test_five_hundred_requests_give_no_error(seed: int, secret: bytes) -> None:
    """Every check of every callback passes, or is skipped where there is nothing to test."""
    each = REQUESTS // len(kinds())
    report = run(Receiver, chosen=kinds(), secret=secret, seed=seed, max_cases=each)
    assert errors(report) == []
    assert (report.verdict, report.requests) == ("pass", REQUESTS)
    for callback in kinds():
        result = report.callbacks[callback.path]
        assert (result.control, result.requests) == (Control.ACCEPTED, each)
        assert result.checks == wanted_states(callback)


@pytest.mark.parametrize("area", contract().areas)
def test_a_correct_receiver_of_any_product_has_no_errors(area: str) -> None:
    """With enough requests for every check, no callback of the whole contract leads to blame."""
    report = run(Receiver, chosen=list(contract().callbacks(area).values()), max_cases=60)
    assert errors(report) == []
    assert report.verdict == "pass"


def test_a_correct_receiver_of_all_products_has_no_errors() -> None:
    """At one URL too, where products share the names and numbers of their callbacks.

    One with a window is as any other, and wants moments of now besides.
    """
    report = run(CORRECT["HasATimeWindow"], chosen=callbacks(), max_cases=40)
    assert errors(report) == []
    lacking = {
        f"{name} {check}"
        for name, result in report.callbacks.items()
        for check, state in result.checks.items()
        if state == "inconclusive"
    }
    assert (report.incomplete, lacking) == ("", set())
    assert report.verdict == "pass"


@pytest.mark.parametrize("name", CORRECT)
def test_no_way_of_being_correct_is_an_error(name: str) -> None:
    """Strict or lenient, with 400, 422 or 204, with a window or a memory: nobody is blamed."""
    report = usual(name)
    assert errors(report) == []
    assert report.verdict == "pass"
    warned = {f.code for f in report.findings if f.severity is Severity.WARNING}
    assert warned == ADVISED.get(name, set())


class VerifiesTheOneBeside(Receiver):
    """Looks at the signature that is sent beside the first one, the stronger of the two."""

    def proves(self, delivered: Delivered) -> bool:
        """Whether that one is right."""
        [facts] = delivered.callback.signature.together
        incoming = delivered.incoming
        secret = self.secrets[delivered.callback.area]
        return verify(facts, secret, payload={}, body=incoming.body, headers=incoming.headers).valid


def test_either_of_two_signatures_may_be_the_one_that_is_verified() -> None:
    """A forgery has both of them wrong, so who verifies one of them accepts none."""
    report = run(
        VerifiesTheOneBeside, chosen=[contract().callback("agora/channel_create")], max_cases=150
    )
    assert errors(report) == []
    assert report.verdict == "pass"


def test_a_time_window_passes_the_check_of_freshness() -> None:
    """A receiver that refuses callbacks of another day is told nothing of them."""
    report = usual("HasATimeWindow")
    assert {r.checks[Check.CHECKS_FRESHNESS] for r in report.callbacks.values()} == {State.PASS}
    assert "HP422" not in {finding.code for finding in report.findings}


def test_a_strict_receiver_keeps_the_strict_policy() -> None:
    """Where everything malformed gets 4xx, --policy strict finds nothing."""
    for name in ("Receiver", "AnswersUnprocessable"):
        report = run(CORRECT[name], chosen=kinds(), max_cases=300, policy=Policy.STRICT)
        assert (report.verdict, errors(report)) == ("pass", [])


def test_what_is_left_open_is_a_note() -> None:
    """Told of a correct receiver is where the vendor does not sign the body, and its clock."""
    report = usual("Receiver")
    unsigned = {c.path for c in kinds() if not c.signature.covers_body}
    notes = {(finding.code, finding.callback) for finding in report.findings}
    assert {callback for code, callback in notes if code == "HP410"} == unsigned
    assert {code for code, _ in notes} == {"HP410", "HP422"}
    assert {finding.severity for finding in report.findings} == {Severity.NOTE}


@pytest.mark.parametrize("encoding", ["hex", "base64"])
def test_either_way_of_writing_a_signature_is_accepted(encoding: str) -> None:
    """The correct receiver takes hexadecimal and Base64 where the page leaves it open."""
    report = run(Receiver, encoding=encoding, chosen=kinds(), max_cases=300)
    assert (report.verdict, errors(report)) == ("pass", [])


def test_a_few_requests_are_not_enough_for_a_pass() -> None:
    """A check without evidence is inconclusive, and the run incomplete."""
    report = run(Receiver, chosen=kinds(), max_cases=3)
    assert (report.verdict, report.requests) == ("incomplete", 3 * len(kinds()))
    for result in report.callbacks.values():
        assert result.checks[Check.ACCEPTS_GENUINE] is State.PASS
        assert State.INCONCLUSIVE in result.checks.values()
