"""Every payload under tests/payloads is judged as its place and its expectation say."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from each import each

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


NAMES = CONTRACT.names()


def name_of(file: Path) -> str:
    """`<area>/<event>` of a payload file."""
    return "/".join(file.relative_to(PAYLOADS).parts[:2])


def files(callback: str, kind: str, name: str = "*") -> list[Path]:
    """The payload files of a kind of a callback."""
    return sorted((PAYLOADS / callback / kind).glob(name))


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


@each("callback", NAMES)
def test_every_callback_has_failing_payloads(callback: str) -> None:
    """Each callback has six or more failing payloads with an expectation, and a passing one."""
    failing = {file.name for file in files(callback, "fail")}
    assert failing == set(expectations(callback))
    assert len(failing) >= 6
    assert files(callback, "pass")


@each("callback", NAMES)
def test_every_documented_encoding_has_a_sample(callback: str) -> None:
    """There is a passing payload in each encoding that the pages name, and none in another."""
    documented = {facts.encoding for facts in CONTRACT.callback(callback).encodings}
    suffixes = {file.suffix for file in files(callback, "pass")} - {".txt"}
    assert {FORMS[suffix].value for suffix in suffixes} == documented


@each("callback", NAMES)
def test_the_sample_is_the_same_in_every_form(callback: str) -> None:
    """The vendor's own sample, in whatever form it is written, is the contract's first example."""
    example = CONTRACT.callback(callback).examples[0]
    written = {f.name: read_body(f.read_bytes()).value for f in files(callback, "pass", "sample.*")}
    assert bool(written) is (example.name == "sample")
    assert written == dict.fromkeys(written, example.payload)


@each("callback", NAMES)
def test_the_form_is_told_by_content(callback: str) -> None:
    """The form that the bytes show is the one that the file's extension names."""
    payloads = [*files(callback, "pass"), *files(callback, "fail")]
    told = {file.name: read_body(file.read_bytes()).form for file in payloads}
    assert told == {file.name: FORMS[file.suffix] for file in payloads}


@each("callback", NAMES)
def test_a_passing_payload_has_no_error(callback: str) -> None:
    """A conforming payload is recognised, and warnings are documented contradictions alone."""
    for file in files(callback, "pass"):
        verdict = judge(file)
        heavy = {f.code for f in verdict.findings if f.severity is not Severity.NOTE}
        assert verdict.callback == callback, file.name
        assert heavy <= {"HP230"}, file.name


@each("callback", NAMES)
def test_a_passing_payload_is_signed_where_the_body_holds_the_signature(callback: str) -> None:
    """The signature of a conforming payload verifies in every body form."""
    facts = CONTRACT.callback(callback).signature
    wanted = SignatureState.VALID if facts.place.in_body else None
    states = {file.name: judge(file).signature for file in files(callback, "pass")}
    assert states == dict.fromkeys(states, wanted)


@each("callback", NAMES)
def test_a_failing_payload_gives_its_one_error(callback: str) -> None:
    """One defect gives one error: its code, its pointer, its line and its column."""
    found = {
        file.name: [
            {"code": e.code, "where": e.where, "line": e.line, "column": e.column}
            for e in without_signature(errors(judge(file)))
        ]
        for file in files(callback, "fail")
    }
    assert found == {name: [error] for name, error in expectations(callback).items()}


@each("callback", NAMES)
def test_a_failing_payload_is_explained(callback: str) -> None:
    """An error against the contract names callback, wanted, found and page; each has a hint."""
    for file in files(callback, "fail"):
        [error] = without_signature(errors(judge(file)))
        assert error.file == str(file)
        assert error.hint, file.name
        assert CODES[error.code].severity is Severity.ERROR, file.name
        if "HP201" <= error.code <= "HP209":
            assert error.callback == callback, file.name
            assert error.expected, file.name
            assert error.found, file.name
            assert error.source.startswith("https://"), file.name
            assert len(error.found) < 120, file.name


def without_signature(found: list[CaptureFinding]) -> list[CaptureFinding]:
    """The errors but for those of the signature: a changed timestamp breaks it as well."""
    return [error for error in found if not error.code.startswith("HP30")]
