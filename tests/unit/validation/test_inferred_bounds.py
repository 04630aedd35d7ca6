"""What no page gives is told as inferred, wherever something rests on it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from small_contract import SAMPLE, SOURCE, read_contract, write_contract

from hookproof.describe.page import render_callback
from hookproof.describe.table import render_table
from hookproof.payload.body import read_body
from hookproof.report.ink import Ink
from hookproof.validation.validator import Validator

if TYPE_CHECKING:
    from pathlib import Path

    from hookproof.contract import Contract

PRICE = {
    "description": "What it cost.",
    "type": "integer",
    "minimum": 0,
    "maximum": 4294967295,
    "x-basis": {"minimum": "page", "maximum": "inferred"},
}
NOTE = {
    "description": "A remark.",
    "type": "string",
    "minLength": 1,
    "maxLength": 9,
    "x-max-bytes": 9,
    "x-basis": {"minLength": "inferred", "maxLength": "page", "x-max-bytes": "page"},
}
GUESSED = "no page gives this bound"


@pytest.fixture
def contract(tmp_path: Path) -> Contract:
    """Orders with a price and a note; the key is inferred, the order is the page's."""
    return read_contract(
        write_contract(
            tmp_path,
            signature={"scheme": "none"},
            properties={"price": PRICE, "note": NOTE},
            sample={"price": 5, "note": "hi"},
            more={
                "x-ordering": ["/time"],
                "x-basis": {"x-dedupe-key": "inferred", "x-ordering": SOURCE},
            },
        )
    )


@pytest.mark.parametrize(
    ("changed", "code", "guessed"),
    [
        ({"price": 4294967296}, "HP207", True),
        ({"price": -1}, "HP207", False),
        ({"note": ""}, "HP205", True),
        ({"note": "ten and more"}, "HP206", False),
        ({"price": "5"}, "HP202", False),
    ],
)
def test_a_finding_says_whether_its_bound_is_inferred(
    contract: Contract, changed: dict[str, object], code: str, *, guessed: bool
) -> None:
    """A broken bound that no page gives does not blame the sender like one that a page does."""
    body = read_body(json.dumps({**SAMPLE, "price": 5, "note": "hi", **changed}).encode())
    (finding,) = Validator(contract).judge(body).findings
    assert finding.code == code
    assert (GUESSED in finding.hint) == guessed
    assert not guessed or "(inferred)" in finding.expected


def test_show_marks_what_is_inferred(contract: Contract) -> None:
    """Bounds, key and order say whether a page gives them, in the terminal and in the table."""
    shown = " ".join(render_callback(contract.callback("order_paid"), ink=Ink()).split())
    assert "an integer, at least 0, at most 4294967295 (inferred)" in shown
    assert "not empty (inferred)" in shown
    assert "Same event /order (inferred: no page says so)" in shown
    assert f"Order /time (its page of {SOURCE['date']})" in shown
    table = render_table(contract)
    assert "- **Same event**: `/order` (inferred)." in table
    assert f"- **Order**: `/time` ([{SOURCE['date']}]({SOURCE['page']}))." in table
