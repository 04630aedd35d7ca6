"""The contract that comes with hookproof has nothing to complain about."""

from __future__ import annotations

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from hookproof.contract.files import contract_in, shipped_contract
from hookproof.contract.loader import Contract
from hookproof.contract.yaml_documents import read_yaml
from hookproof.contract_proof.check import check_contract
from hookproof.contract_proof.checks.reading import read_model
from hookproof.contract_proof.examples import check_examples
from hookproof.http.request import write_json
from hookproof.payload.body import read_body
from hookproof.validation.validator import Validator

FILES = shipped_contract()


def test_structure_has_no_problem():
    """The shipped files pass every structural check without an error or a warning."""
    assert [str(problem) for problem in check_contract(FILES)] == []


def test_examples_have_no_problem():
    """Every shipped example fits its schema, and every quirk tells examples apart."""
    assert [str(problem) for problem in check_examples(FILES)] == []


@pytest.mark.parametrize("area", FILES.areas())
def test_document_is_openapi_as_it_lies_on_disk(area):
    """Each document passes openapi-spec-validator with its references to files in place."""
    file = FILES.document(area)
    validator = OpenAPIV31SpecValidator(read_yaml(file), base_uri=file.as_uri())
    assert [error.message for error in validator.iter_errors()] == []


BOUNDS = (
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "x-max-bytes",
    "minItems",
    "maxItems",
)
EXAMPLES = FILES.schemas.parent / "examples" / "contracts"
CONTRACTS = [FILES, *map(contract_in, sorted(EXAMPLES.iterdir()))]


@pytest.mark.parametrize("files", CONTRACTS, ids=lambda files: files.schemas.parent.name)
def test_every_bound_has_a_page_or_is_inferred(files):
    """Each bound of a field says in x-basis whether a page gives it: none came from nowhere."""
    model = read_model(files)
    silent = [
        f"{file.label}{site.path}: {bound}"
        for file in model.schemas
        for site in file.sites
        if isinstance(site.schema, dict) and not site.in_quirk
        for bound in BOUNDS
        if bound in site.schema and bound not in site.schema.get("x-basis", {})
    ]
    assert silent == []


@pytest.mark.parametrize("files", CONTRACTS, ids=lambda files: files.schemas.parent.name)
def test_every_key_and_order_has_a_page_or_is_inferred(files):
    """What identifies and orders events has the page that says so, or is marked as inferred."""
    contract = Contract(files)
    for name in contract.names():
        callback = contract.callback(name)
        given = {"x-dedupe-key": callback.dedupe_key, "x-ordering": callback.ordering}
        assert set(callback.basis) == {word for word, pointers in given.items() if pointers}, name


@pytest.mark.parametrize("area", FILES.areas())
def test_printed_samples_are_known_to_their_pages(area):
    """A page's own sample is valid, and nothing is told of it but where the page contradicts it."""
    contract, told = Contract(FILES), set()
    for name in contract.names([area]):
        for example in contract.callback(name).examples:
            if example.origin == "page":
                body = read_body(write_json(example.payload).encode())
                findings = Validator(contract, callback=name).judge(body).findings
                told |= {(name, one.code, one.where) for one in findings if one.code != "HP230"}
    assert told == set()


NEWER = [
    ("tencent_gme/recording", "https://cloud.tencent.com/document/product/607/87648", "2025-06-18"),
    ("zego_rtc/mix_stop", "/callback/stream-mixing/stopped.mdx", "2026-02-27"),
]


@pytest.mark.parametrize(("name", "page", "date"), NEWER)
def test_the_newest_edition_of_a_page_is_cited(name, page, date):
    """What is told of a callback rests on the newest edition that could be read, with its date."""
    newest = Contract(FILES).callback(name).source
    assert newest.page.endswith(page)
    assert newest.date == date


def test_a_signature_has_the_date_of_its_own_page():
    """A page that was left as it was keeps its date, whatever the revision that it is cited by."""
    source = Contract(FILES).callback("zego_rtc/record").signature.source
    assert source.page.endswith("/SignatureVerificationEN.mdx")
    assert source.date == "2025-09-26"


def test_all_callbacks_load():
    """A contract without problems loads as a whole."""
    contract = Contract(FILES)
    loaded = [
        callback.path for area in contract.areas for callback in contract.callbacks(area).values()
    ]
    assert sorted(loaded) == sorted(contract.names())
    assert len(loaded) >= 5
