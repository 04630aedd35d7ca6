"""A receiver that knows one documented form of a signature, or none of the right ones."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from cast.signature_faults import (
    AcceptsAnySignature,
    AcceptsMissingSignature,
    ComparesTheBeginning,
)
from unit.conformance.parts import SECRET, callback, contract

from hookproof.conformance.checks import Check, Control, State
from hookproof.conformance.running.run import Plan, run_test
from hookproof.contract.model import Place
from hookproof.findings import Severity
from hookproof.http.target import resolve_target
from hookproof.signature import verify
from hookproof.testing import Receiver, serve
from hookproof.validation.compiled_callback import CompiledCallback

if TYPE_CHECKING:
    from hookproof.conformance.running.report import ReceiverReport
    from hookproof.contract.model import SignatureFacts
    from hookproof.findings import ReceiverFinding
    from hookproof.testing.receiver import Delivered

RECORDING = callback("tencent_gme/recording")
IN_HEADER = replace(RECORDING.signature, encodings=("base64",))
IN_QUERY = replace(IN_HEADER, scheme="hmac-method-body", place=Place("query", "Signature"))
BOTH = replace(IN_HEADER, alternatives=(IN_QUERY,))
OPTIONAL = replace(IN_HEADER, required=False)


def run_of(facts: SignatureFacts, made: type[Receiver] = Receiver) -> ReceiverReport:
    """The report on a receiver of the callback, both by the given facts."""
    one = replace(RECORDING, signature=facts)
    secrets = {RECORDING.area: SECRET}
    receiver = made(contract(), secrets=secrets)
    receiver._validator._given = one
    receiver._validator._compiled[one.path] = CompiledCallback(one)
    with serve(receiver) as url:
        plan = Plan([one], secrets, max_cases=45)
        return run_test(resolve_target(f"{url}hook?app=1"), plan)


def faults(report: ReceiverReport) -> list[ReceiverFinding]:
    """The findings but the notes, such as that a stale callback is accepted."""
    return [finding for finding in report.findings if finding.severity is not Severity.NOTE]


def knows(form: int) -> type[Receiver]:
    """A receiver that verifies one documented form only."""

    class KnowsOneForm(Receiver):
        """It was written after one of the pages."""

        def proves(self, delivered: Delivered) -> bool:
            return verify(
                BOTH.forms[form],
                SECRET,
                payload=delivered.payload,
                body=delivered.incoming.body,
                headers=delivered.incoming.headers,
                url=delivered.incoming.path,
            ).valid

    return KnowsOneForm


@pytest.mark.parametrize("facts", [IN_HEADER, IN_QUERY, BOTH, OPTIONAL])
def test_a_correct_receiver_has_no_finding(facts: SignatureFacts) -> None:
    """Wherever the signature travels, and whether or not it must, there is nothing to say."""
    report = run_of(facts)
    assert faults(report) == []
    [result] = report.callbacks.values()
    assert result.control is Control.ACCEPTED
    freshness = result.checks[Check.CHECKS_FRESHNESS]
    assert (set(result.checks.values()), freshness) == ({State.PASS, freshness}, freshness)


def test_a_receiver_of_the_first_form_has_no_finding() -> None:
    """The first form is the one that is sent, so nothing shows."""
    assert faults(run_of(BOTH, knows(0))) == []


def test_a_receiver_of_another_form_is_warned() -> None:
    """The form that it takes is found, all else is sent in it, and a warning tells the others."""
    report = run_of(BOTH, knows(1))
    [finding] = faults(report)
    assert finding.code == "HP418"
    assert "hmac-method-body with sha1, in the query parameter Signature" in finding.message
    assert "made by hmac-body with sha1, in the header Signature" in finding.message
    assert report.callbacks[RECORDING.path].requests == 45


@pytest.mark.parametrize("facts", [IN_QUERY, OPTIONAL, BOTH])
@pytest.mark.parametrize("fault", [AcceptsAnySignature, ComparesTheBeginning])
def test_a_forgery_is_found_wherever_it_travels(facts: SignatureFacts, fault: Any) -> None:
    """A receiver that takes forgeries is found out, in a query too."""
    report = run_of(facts, fault)
    assert "HP407" in {finding.code for finding in report.findings}
    assert report.callbacks[RECORDING.path].checks[Check.REFUSES_FORGED] is State.FAIL


@pytest.mark.parametrize("facts", [OPTIONAL, IN_QUERY])
def test_taking_unsigned_requests_is_a_fault_wherever_a_secret_is_at_hand(
    facts: SignatureFacts,
) -> None:
    """That the vendor does not sign for accounts without a key says nothing of one that has one."""
    codes = {finding.code for finding in faults(run_of(facts, AcceptsMissingSignature))}
    assert codes == {"HP407"}
