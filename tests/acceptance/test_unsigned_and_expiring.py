"""Two ways to send that are words of the contract alone: unsigned, and valid until a moment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from hashlib import md5
from typing import TYPE_CHECKING, Any

import pytest
from small_contract import read_contract, write_contract

from hookproof.conformance.checks import Check, State
from hookproof.conformance.running.run import Plan, run_test
from hookproof.contract_proof.check import check_contract
from hookproof.http.target import resolve_target
from hookproof.testing import serve
from hookproof.testing.correct import HasATimeWindow

if TYPE_CHECKING:
    from pathlib import Path

    from hookproof.conformance.running.report import ReceiverReport

UNSIGNED = {"scheme": "none"}
EXPIRING = {
    "scheme": "hash",
    "digest": "md5",
    "message": ["secret", {"in": "body", "field": "time"}],
    "signature": {"in": "body", "field": "sign"},
    "encodings": ["hex"],
    "required": True,
}
SIGN = {"sign": {"type": "string", "description": "MD5 of key and time."}}


def expiring(folder: Path) -> Path:
    """The contract of a vendor that says until when a request is valid."""
    return write_contract(
        folder,
        signature=EXPIRING,
        more={"x-expires-at": {"field": "time", "unit": "seconds", "after": 600}},
        properties=SIGN,
        sample={"sign": "0" * 32},
    )


def run(*args: Any, secret: str = "") -> tuple[int, str]:
    """Exit code and what is said, with a secret or without any around."""
    around = {k: v for k, v in os.environ.items() if not k.startswith("HOOKPROOF_")}
    around |= {"HOOKPROOF_SECRET": secret} if secret else {}
    line = [sys.executable, "-m", "hookproof", *map(str, args)]
    done = subprocess.run(line, capture_output=True, env=around, check=False, text=True)
    return done.returncode, done.stdout + done.stderr


def report_on(folder: Path, receiver: type[HasATimeWindow]) -> ReceiverReport:
    """The test of a receiver on the contract in a folder, with few requests."""
    contract = read_contract(folder)
    callbacks = list(contract.callbacks("shop").values())
    with serve(receiver(contract, secrets={"shop": b"hush"})) as url:
        return run_test(resolve_target(url), Plan(callbacks, {"shop": b"hush"}, max_cases=60))


def test_an_unsigned_vendor_is_carried_out_by_every_command(tmp_path: Path) -> None:
    """No secret is asked for, and nothing is said of a signature that nobody makes."""
    contract = write_contract(tmp_path / "contract", signature=UNSIGNED)
    assert check_contract(read_contract(contract).files) == []
    given = ("--contract", contract)
    code, shown = run("show", "order_paid", *given)
    assert (code, "The vendor signs nothing" in shown) == (0, True)
    code, raw = run("example", "order_paid", "--signed", "--format", "http", *given)
    assert (code, raw.count("\n"), "sign" in raw.lower()) == (0, 5, False)
    capture = tmp_path / "one.http"
    capture.write_text(raw, newline="")
    for secret in ("", "hush"):
        code, told = run("validate", capture, *given, secret=secret)
        assert (code, "1 not signed" in told, "takes a secret" in told) == (0, True, False)
    code, told = run("sanitize", capture, tmp_path / "clean.http", *given)
    assert (code, "the vendor signs nothing" in told) == (0, True)


def test_a_signature_that_comes_or_goes_is_one_difference(tmp_path: Path) -> None:
    """Who asks for a signature refuses all callbacks once the vendor signs none."""
    signed = write_contract(
        tmp_path / "signed",
        signature={**EXPIRING, "signature": {"in": "header", "field": "Sign"}},
    )
    unsigned = write_contract(tmp_path / "unsigned", signature=UNSIGNED)
    code, told = run("diff", signed, unsigned)
    assert (code, "callbacks are signed no more" in told) == (1, True)
    code, told = run("diff", unsigned, signed)
    assert (code, "they are signed now" in told) == (0, True)


def test_forgeries_of_an_unsigned_vendor_are_not_tried(tmp_path: Path) -> None:
    """Forged, tampered and replayed callbacks prove nothing there; one note says so."""
    report = report_on(write_contract(tmp_path, signature=UNSIGNED), HasATimeWindow)
    [result] = report.callbacks.values()
    skipped = (Check.REFUSES_FORGED, Check.REFUSES_TAMPERED, Check.CHECKS_FRESHNESS)
    assert {result.checks[check] for check in skipped} == {State.SKIPPED}
    assert result.checks[Check.ACCEPTS_GENUINE] is State.PASS
    assert [f.message[:24] for f in report.findings if f.code == "HP410"] == [
        "the vendor signs nothing"
    ]
    assert not {"HP407", "HP409"} & {finding.code for finding in report.findings}


@pytest.mark.parametrize("word", ["encodings", "required", "signature", "alternatives"])
def test_nothing_else_stands_beside_no_signature(tmp_path: Path, word: str) -> None:
    """A word that could not be carried out is refused."""
    more = {"alternatives": [EXPIRING], **EXPIRING}[word]
    contract = write_contract(tmp_path, signature={**UNSIGNED, word: more})
    assert {one.code for one in check_contract(read_contract(contract).files)} >= {"HP508"}


def test_a_request_is_valid_until_a_moment_after_it(tmp_path: Path) -> None:
    """It is sent with now and what is added; the signature covers that."""
    contract = expiring(tmp_path)
    assert check_contract(read_contract(contract).files) == []
    code, raw = run("example", "order_paid", "--signed", "--contract", contract, secret="hush")
    payload = json.loads(raw)
    assert code == 0
    assert abs(payload["time"] - time.time() - 600) < 60
    signed = f"hush{payload['time']}".encode()
    assert payload["sign"] == md5(signed, usedforsecurity=False).hexdigest()


def test_a_header_may_hold_the_moment_too(tmp_path: Path) -> None:
    """`after` beside a moment of x-request is the same for a header."""
    header = {"name": "X-Expires", "moment": "milliseconds", "after": 60}
    source = {"page": "https://shop.example", "date": "2026-01-01"}
    contract = write_contract(
        tmp_path, signature=UNSIGNED, request={"headers": [{**header, "source": source}]}
    )
    assert check_contract(read_contract(contract).files) == []
    _, raw = run("example", "order_paid", "--signed", "--format", "http", "--contract", contract)
    [line] = [line for line in raw.splitlines() if line.startswith("X-Expires: ")]
    assert abs(int(line.split()[1]) / 1000 - time.time() - 60) < 60


class RefusesWhatHasExpired(HasATimeWindow):
    """Takes what is valid still, and nothing that says it is valid for long."""

    def authenticate(self, delivered: Any) -> None:
        """Look at the moment as the page says."""
        super().authenticate(delivered)
        assert delivered.callback.sent_at.after == 600


def test_stale_requests_are_tried_and_may_be_refused(tmp_path: Path) -> None:
    """Who refuses an elapsed moment is right; who does not gets a note."""
    report = report_on(expiring(tmp_path), RefusesWhatHasExpired)
    [result] = report.callbacks.values()
    assert result.checks[Check.CHECKS_FRESHNESS] is State.PASS
    assert [f for f in report.findings if f.severity == "error"] == []

    class Careless(HasATimeWindow):
        window = 10**9

    report = report_on(expiring(tmp_path), Careless)
    assert "HP422" in {finding.code for finding in report.findings}


def test_one_moment_says_when_it_was_sent(tmp_path: Path) -> None:
    """x-sent-at beside x-expires-at would leave open which of them counts."""
    both = {"x-sent-at": {"field": "time", "unit": "seconds"}}
    both["x-expires-at"] = {**both["x-sent-at"], "after": 5}  # type: ignore[dict-item]
    contract = write_contract(tmp_path, signature=UNSIGNED, more=both)
    assert {one.code for one in check_contract(read_contract(contract).files)} >= {"HP508"}
