"""What is said of signatures that the pages describe in several ways, or that travel in a URL."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from cast.signature_faults import AcceptsMissingSignature, CrashesOnMissingSignature

from hookproof.captures.capture import Capture, Origin
from hookproof.conformance.cases.cases import Case
from hookproof.conformance.checks import Check
from hookproof.conformance.judging.ground_truth import nature_of
from hookproof.contract import Contract
from hookproof.contract.model import Place
from hookproof.findings import Severity
from hookproof.http.request import REMOVED, Sending, write_request
from hookproof.http.target import with_query
from hookproof.payload.body import read_body
from hookproof.signature import SignatureState
from hookproof.signature.secrets import Secrets
from hookproof.testing import Incoming, Receiver
from hookproof.validation.compiled_callback import CompiledCallback
from hookproof.validation.validator import Validator
from hookproof.validation_run.fast_path_router import FastPathRouter
from hookproof.validation_run.inspector import Inspector

if TYPE_CHECKING:
    from hookproof.contract import Callback
    from hookproof.contract.model import SignatureFacts

CONTRACT = Contract()
SECRET = b"secret"
SECRETS = Secrets({}, SECRET)
RECORDING = CONTRACT.callback("tencent_gme/recording")
PAYLOAD = RECORDING.examples[0].payload
BODY = json.dumps(PAYLOAD).encode()

ONE_WAY = replace(RECORDING.signature, encodings=("base64",))
IN_QUERY = replace(ONE_WAY, scheme="hmac-method-body", place=Place("query", "Signature"))
OPTIONAL = replace(ONE_WAY, required=False)


def with_facts(facts: SignatureFacts) -> Callback:
    """The callback, signed by other facts."""
    return replace(RECORDING, signature=facts)


def validator(facts: SignatureFacts) -> Validator:
    """A validator of the callback, signed by other facts."""
    made = Validator(CONTRACT, callback=RECORDING.path, secrets=SECRETS)
    made._given = with_facts(facts)
    made._compiled[RECORDING.path] = CompiledCallback(made._given)
    return made


class TestSeveralWays:
    """Where the page leaves open how a digest is written."""

    @pytest.mark.parametrize("encoding", ["base64", "hex"])
    def test_the_way_that_matched_is_noted(self, encoding: str) -> None:
        """A valid signature settles the question for its sender, and a note says so."""
        facts = RECORDING.signature
        callback = with_facts(replace(facts, encodings=(encoding,)))
        request = write_request(callback, PAYLOAD, secret=SECRET, sending=Sending())
        verdict = validator(facts).judge(read_body(request.body), file="x", headers=request.headers)
        [finding] = verdict.findings
        assert verdict.signature is SignatureState.VALID
        assert (finding.code, finding.severity) == ("HP304", Severity.NOTE)
        assert f"written as {encoding};" in finding.message
        assert "base64 and hex" in finding.message
        assert finding.source == str(facts.source)

    def test_one_documented_way_needs_no_note(self) -> None:
        """Where nothing is open nothing is noted."""
        request = write_request(with_facts(ONE_WAY), PAYLOAD, secret=SECRET, sending=Sending())
        verdict = validator(ONE_WAY).judge(
            read_body(request.body), file="x", headers=request.headers
        )
        assert verdict.findings == ()

    def test_the_fast_lane_leaves_it_to_the_exact_way(self) -> None:
        """A note is never lost to speed: captures judged in a run have it each."""
        callback = with_facts(RECORDING.signature)
        request = write_request(callback, PAYLOAD, secret=SECRET, sending=Sending())
        inspector = Inspector(validator(RECORDING.signature), secrets=SECRETS)
        for number in range(20):
            origin = Origin("x", number + 1)
            inspector.inspect(Capture(origin, request.body, request.headers))
        inspector.inspect(Capture(Origin("x", 21), request.body))
        [group] = inspector.finish().groups.values()
        assert (group.finding.code, group.count) == ("HP304", 20)


class TestInTheQuery:
    """Where the signature travels in the URL."""

    URL = with_query(
        "https://example.com/hook?a=1",
        write_request(with_facts(IN_QUERY), PAYLOAD, secret=SECRET, sending=Sending()).query,
    )
    SENT = write_request(with_facts(IN_QUERY), PAYLOAD, secret=SECRET, sending=Sending()).body

    def test_a_request_carries_it_percent_encoded(self) -> None:
        """Nothing of it is in the headers, and no sign of Base64 stands bare."""
        request = write_request(with_facts(IN_QUERY), PAYLOAD, secret=SECRET, sending=Sending())
        assert [name for name, _ in request.headers] == ["Content-Type"]
        assert request.query.startswith("Signature=")
        assert request.query.count("=") == 1
        assert not set(request.query) & set("+/")

    @pytest.mark.parametrize(
        ("path", "whole"),
        [("/", "/?a=b"), ("/x?c", "/x?c&a=b"), ("/x?", "/x?a=b"), ("/x?c&", "/x?c&a=b")],
    )
    def test_it_joins_the_query_that_is_there(self, path: str, whole: str) -> None:
        """A receiver's own parameters stay."""
        assert with_query(path, "a=b") == whole
        assert with_query(path, "") == path

    def test_it_is_checked_where_the_url_was_captured(self) -> None:
        """A right one is valid, a wrong one wrong, and one that is not there missing."""
        for url, state in (
            (self.URL, SignatureState.VALID),
            (self.URL + "x", SignatureState.WRONG),
            ("/hook", SignatureState.MISSING),
        ):
            verdict = validator(IN_QUERY).judge(read_body(self.SENT), file="x", url=url)
            assert verdict.signature is state
            assert bool(verdict.findings) is (state is not SignatureState.VALID)

    def test_without_a_url_it_is_not_checked(self) -> None:
        """Headers alone say nothing of it."""
        verdict = validator(IN_QUERY).judge(read_body(self.SENT), file="x", headers=[])
        assert verdict.signature is None
        assert verdict.findings == ()

    def test_the_fast_lane_checks_it_too(self) -> None:
        """A capture with its URL goes fast where all is well, and the exact way otherwise."""
        lanes = FastPathRouter(validator(IN_QUERY), secrets=SECRETS)
        entry = lanes.enter(self.SENT, None, self.URL)
        assert entry is not None
        assert entry.signature == "valid"
        assert lanes.enter(self.SENT, None, "/hook") is None
        unseen = lanes.enter(self.SENT, None)
        assert unseen is not None
        assert unseen.signature == "not checked"

    def test_a_case_is_judged_by_what_its_query_says(self) -> None:
        """A request whose query was forged is no genuine one."""
        compiled = CompiledCallback(with_facts(IN_QUERY))
        for forge, genuine in ((None, True), (str.lower, False), (lambda _: REMOVED, False)):
            request = write_request(
                compiled.callback, PAYLOAD, secret=SECRET, sending=Sending(), forge=forge
            )
            assert nature_of(request, compiled, secret=SECRET).genuine is genuine


class TestOptional:
    """Where the vendor signs only for those who gave it a key."""

    def receiver(self) -> Receiver:
        """A correct receiver of the callback."""
        receiver = Receiver(CONTRACT, secrets={RECORDING.area: SECRET})
        receiver._validator = validator(OPTIONAL)
        return receiver

    def test_an_unsigned_capture_proves_nobody(self) -> None:
        """Who has a secret has given the vendor a key, so that each callback is signed."""
        verdict = validator(OPTIONAL).judge(read_body(BODY), file="x", headers=[])
        assert verdict.signature is SignatureState.MISSING
        assert [finding.code for finding in verdict.findings] == ["HP301"]
        assert FastPathRouter(validator(OPTIONAL), secrets=SECRETS).enter(BODY, ()) is None

    @pytest.mark.parametrize("signature", [None, "", "x"])
    def test_a_receiver_refuses_unsigned_and_wrong(self, signature: str | None) -> None:
        """Without the header it refuses, as with a wrong one."""
        headers = () if signature is None else ((ONE_WAY.place.field, signature),)
        assert self.receiver().handle(Incoming(BODY, headers)).status == 401

    def test_an_unsigned_request_is_a_forgery(self) -> None:
        """A request without a signature is evidence for refusing forgeries, as a wrong one is."""
        compiled = CompiledCallback(with_facts(OPTIONAL))
        for forge in (lambda _: REMOVED, lambda _: "", str.lower):
            request = write_request(
                compiled.callback, PAYLOAD, secret=SECRET, sending=Sending(), forge=forge
            )
            nature = nature_of(request, compiled, secret=SECRET)
            assert nature.serves(Case(Check.REFUSES_FORGED, "x", PAYLOAD).check)

    def test_faults_over_missing_signatures_concern_it(self) -> None:
        """Taking an unsigned callback is a fault there, too."""
        for fault in (AcceptsMissingSignature, CrashesOnMissingSignature):
            assert fault.concerns(with_facts(OPTIONAL))
