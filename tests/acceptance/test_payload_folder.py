"""Every payload under tests/payloads is judged as its place and its expectation say."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hookproof.contract import Contract
from hookproof.findings import CODES, CaptureFinding, Severity
from hookproof.payload.body import BodyForm, read_body
from hookproof.signature import SignatureState
from hookproof.signature.secrets import Secrets
from hookproof.validation.validator import Validator, Verdict

PAYLOADS = Path(__file__).parents[1] / "payloads"
FORMS = {
    ".json": BodyForm.JSON,
    ".form": BodyForm.FORM,
    ".percent": BodyForm.PERCENT_JSON,
    ".txt": BodyForm.PRINT_R,
}
CONTRACT = Contract()
# The secret of the vendor's own signature example; the samples are signed with it.
DOCUMENTED_SECRET = b"secret"


def name_of(file: Path) -> str:
    """`<area>/<event>` of a payload file."""
    return "/".join(file.relative_to(PAYLOADS).parts[:2])


def files(kind: str, name: str = "*") -> list[Any]:
    """The payload files of a kind, each as a test of its own."""
    found = sorted(PAYLOADS.glob(f"*/*/{kind}/{name}"))
    return [pytest.param(file, id=str(file.relative_to(PAYLOADS))) for file in found]


@cache
def validator(area: str) -> Validator:
    """One validator for an area of the shipped contract, with the documented secret."""
    return Validator(CONTRACT, areas=[area], secrets=Secrets({}, DOCUMENTED_SECRET))


@cache
def judge(file: Path) -> Verdict:
    """The verdict on a payload file of an area, its form told by content alone."""
    body = read_body(file.read_bytes())
    return validator(name_of(file).split("/")[0]).judge(body, file=str(file))


def errors(verdict: Verdict) -> list[CaptureFinding]:
    """The errors among the findings."""
    return [finding for finding in verdict.findings if finding.severity is Severity.ERROR]


@cache
def expectations(callback: str) -> dict[str, dict[str, Any]]:
    """What the files in fail/ of a callback must lead to, by file name."""
    expected: dict[str, dict[str, Any]] = json.loads(
        (PAYLOADS / callback / "expect.json").read_text()
    )
    return expected


def test_every_payload_belongs_to_a_callback() -> None:
    """No payload lies in a folder that is not a callback of the contract."""
    folders = {name_of(file) for file in PAYLOADS.glob("*/*/*/*")}
    assert folders == set(CONTRACT.names())


@pytest.mark.parametrize("callback", CONTRACT.names())
def test_every_callback_has_failing_payloads(callback: str) -> None:
    """Each callback has at least six failing payloads, and passing ones."""
    assert len(list((PAYLOADS / callback / "fail").iterdir())) >= 6
    assert len(list((PAYLOADS / callback / "pass").iterdir())) >= 1


@pytest.mark.parametrize("callback", CONTRACT.names())
def test_expectations_and_files_match(callback: str) -> None:
    """Every failing payload has an expectation, and every expectation a file."""
    found = {file.name for file in (PAYLOADS / callback / "fail").iterdir()}
    assert found == set(expectations(callback))


@pytest.mark.parametrize("file", files("pass", "sample.*"))
def test_the_sample_is_the_same_in_every_form(file: Path) -> None:
    """The vendor's own sample, in whatever form it is written, is the contract's first example."""
    example = CONTRACT.callback(name_of(file)).examples[0]
    assert example.name == "sample"
    assert read_body(file.read_bytes()).value == example.payload


@pytest.mark.parametrize("callback", CONTRACT.names())
def test_every_documented_encoding_has_a_sample(callback: str) -> None:
    """There is a passing payload in each encoding that the pages name, and none in another."""
    documented = {facts.encoding for facts in CONTRACT.callback(callback).encodings}
    suffixes = {file.suffix for file in (PAYLOADS / callback / "pass").iterdir()} - {".txt"}
    assert {FORMS[suffix].value for suffix in suffixes} == documented


@pytest.mark.parametrize("file", [*files("pass"), *files("fail")])
def test_the_form_is_told_by_content(file: Path) -> None:
    """The form that the bytes show is the one that the file's extension names."""
    assert read_body(file.read_bytes()).form is FORMS[file.suffix]


@pytest.mark.parametrize("file", files("pass"))
def test_a_passing_payload_has_no_error(file: Path) -> None:
    """A conforming payload is recognised, and warnings are documented contradictions alone."""
    verdict = judge(file)
    heavy = {f.code for f in verdict.findings if f.severity is not Severity.NOTE}
    assert verdict.callback == name_of(file)
    assert heavy <= {"HP230"}


@pytest.mark.parametrize("file", files("pass"))
def test_a_passing_payload_is_signed_where_the_body_holds_the_signature(file: Path) -> None:
    """The signature of a conforming payload verifies in every body form."""
    facts = CONTRACT.callback(name_of(file)).signature
    wanted = SignatureState.VALID if facts.place.in_body else None
    assert judge(file).signature is wanted


@pytest.mark.parametrize("file", files("fail"))
def test_a_failing_payload_gives_its_one_error(file: Path) -> None:
    """One defect gives one error: its code, its pointer, its line and its column."""
    found = [
        {"code": e.code, "where": e.where, "line": e.line, "column": e.column}
        for e in without_signature(errors(judge(file)))
    ]
    assert found == [expectations(name_of(file))[file.name]]


@pytest.mark.parametrize("file", files("fail"))
def test_a_failing_payload_is_explained(file: Path) -> None:
    """An error against the contract names callback, wanted, found and page; each has a hint."""
    [error] = without_signature(errors(judge(file)))
    assert error.file == str(file)
    assert error.hint
    assert CODES[error.code].severity is Severity.ERROR
    if "HP201" <= error.code <= "HP209":
        assert error.callback == name_of(file)
        assert error.expected
        assert error.found
        assert error.source.startswith("https://")
        assert len(error.found) < 120


def without_signature(found: list[CaptureFinding]) -> list[CaptureFinding]:
    """The errors but for those of the signature: a changed timestamp breaks it as well."""
    return [error for error in found if not error.code.startswith("HP30")]
