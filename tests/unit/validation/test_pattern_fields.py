"""Fields that a page documents by a pattern of their names are known, exactly and quickly."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from small_contract import SAMPLE, read_contract, write_contract

from hookproof.payload.body import read_body
from hookproof.validation.fast_path import DOUBT, Express
from hookproof.validation.validator import Validator

if TYPE_CHECKING:
    from pathlib import Path

    from hookproof.contract import Contract


@pytest.fixture
def contract(tmp_path: Path) -> Contract:
    """Orders that may have a field for each currency."""
    folder = write_contract(tmp_path, signature={"scheme": "none"})
    file = folder / "schemas" / "shop" / "order_paid.json"
    schema = json.loads(file.read_text())
    schema["patternProperties"] = {"^in_[A-Z]{3}$": {"description": "A sum.", "type": "integer"}}
    file.write_text(json.dumps(schema))
    return read_contract(folder)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"in_EUR": 5, "in_USD": 6}, []),
        ({"in_EUR": "5"}, ["HP202"]),
        ({"in_euros": 5}, ["HP240"]),
    ],
)
def test_a_name_of_the_pattern_is_known(
    contract: Contract, more: dict[str, object], told: list[str]
) -> None:
    """No note that no page knows it, its type is held, and any other name is told."""
    body = json.dumps({**SAMPLE, **more}).encode()
    findings = Validator(contract).judge(read_body(body)).findings
    assert [one.code for one in findings] == told
    lane = Express(contract.callback("order_paid"))
    lane.expect_valid()
    for _ in range(9):
        seen = lane.look(body, json.loads(body))
        assert (seen is DOUBT or seen.has_fields) == bool(told)
