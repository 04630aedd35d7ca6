"""A list that its page says will grow refuses no value, in whatever reads the contract."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from small_contract import SAMPLE, read_contract, write_contract

from hookproof.conformance.cases.boundary_cases import broken_probes, odd_probes
from hookproof.contract import Contract
from hookproof.findings import Severity
from hookproof.generation.generate import write_models
from hookproof.payload.body import read_body
from hookproof.schema.open_lists import without_open_lists
from hookproof.validation.compiled_callback import CompiledCallback
from hookproof.validation.fast_path import DOUBT, Express
from hookproof.validation.validator import Validator

if TYPE_CHECKING:
    from pathlib import Path

GROWS = {"type": "integer", "x-open": True, "enum": [1, 2, 3], "description": "What for."}
SIGNATURE = {"scheme": "none"}


@pytest.fixture
def contract(tmp_path: Path) -> Contract:
    """Orders with a kind, in a list that grows."""
    more = {"properties": {"kind": GROWS}, "sample": {"kind": 2}}
    return read_contract(write_contract(tmp_path, signature=SIGNATURE, **more))


def test_a_new_value_is_a_note(contract: Contract) -> None:
    """It says that the page lists it not yet; a listed one is nothing, another type an error."""
    told = {}
    for kind in (2, 5, "2", True):
        body = read_body(json.dumps({**SAMPLE, "kind": kind}).encode())
        told[repr(kind)] = [
            (one.code, one.where, one.severity, one.line)
            for one in Validator(contract).judge(body).findings
        ]
    assert told["2"] == []
    assert told["5"] == [("HP241", "/kind", Severity.NOTE, 1)]
    assert [one[0] for one in told["'2'"] + told["True"]] == ["HP202", "HP202"]


def test_the_fast_path_leaves_new_values_to_the_exact_one(contract: Contract) -> None:
    """Whatever it has learned before, a new value is in doubt, so that it is told of."""
    lane = Express(contract.callback("order_paid"))
    known, new = (json.dumps({**SAMPLE, "kind": kind}).encode() for kind in (2, 5))
    for _ in range(9):
        assert lane.key(known) is not DOUBT
        assert lane.key(new) is DOUBT
    assert lane.look(known, json.loads(known)) is not DOUBT
    assert lane.look(new, json.loads(new)) is DOUBT


def test_a_receiver_may_not_be_blamed_for_new_values(contract: Contract) -> None:
    """They are no malformed payloads; whether one is taken is tried, and refusing it is right."""
    compiled = CompiledCallback(contract.callback("order_paid"))
    base = [{**SAMPLE, "kind": 2}]
    assert not [case for case in broken_probes(compiled, base) if case.payload["kind"] == 987_654]
    [odd] = [case for case in odd_probes(compiled, base) if "the page may add" in case.label]
    assert odd.may_refuse
    assert odd.payload["kind"] == 4


def test_models_take_new_values(contract: Contract, tmp_path: Path) -> None:
    """The type names what is listed, and any other of its kind."""
    write_models(tmp_path / "out", schemas=contract.files.schemas, package="grown_models")
    [text] = [f.read_text() for f in tmp_path.glob("out/grown_models/shop/order_paid.py")]
    assert "kind: Exact[Literal[1, 2, 3]] | int" in text


def test_thirty_five_callbacks_with_lists_that_grow() -> None:
    """Of the products whose pages say so, no value of any list but the event's is closed."""
    areas = ("ai_agent", "asr", "digital_human", "cloud_player", "cloud_recording")
    shipped, closed = Contract(), []
    for name in shipped.names([f"zego_{area}" for area in areas]):
        callback = shipped.callback(name)
        fields = _lists(without_open_lists(callback.schema))
        closed += [(name, field) for field in fields if field not in callback.naming_fields]
    assert closed == []


def _lists(schema: object, name: str = "") -> list[str]:
    """The fields that a schema closes a list of."""
    if isinstance(schema, list):
        return [found for part in schema for found in _lists(part, name)]
    if not isinstance(schema, dict):
        return []
    own = [name] if "enum" in schema else []
    inside = [
        found
        for key, value in schema.items()
        if key not in {"enum", "if", "not"}
        for found in _lists(value, name if key in {"properties", "items", "anyOf"} else key)
    ]
    return own + inside
