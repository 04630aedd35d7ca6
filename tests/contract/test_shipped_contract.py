"""The contract that comes with hookproof has nothing to complain about."""

from __future__ import annotations

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from hookproof.contract.documents import read_yaml
from hookproof.contract.files import shipped_contract
from hookproof.contract.loader import Contract
from hookproof.contract_proof.check import check_contract
from hookproof.contract_proof.examples import check_examples

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


def test_all_callbacks_load():
    """A contract without problems loads as a whole."""
    contract = Contract(FILES)
    loaded = [
        callback.path for area in contract.areas for callback in contract.callbacks(area).values()
    ]
    assert sorted(loaded) == sorted(contract.names())
    assert len(loaded) >= 5
