"""Every command of docs/your-own-contract.md does what the page says, in the order of the page."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from acceptance.test_testing_page import BLOCK, Block, Reader
from jsonschema.validators import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from unit.source import ROOT

from hookproof.contract import Contract
from hookproof.drafting.bundle import bundle
from hookproof.drafting.infer import infer
from hookproof.drafting.skeleton import Beginning, write_skeleton
from hookproof.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (ROOT / "docs" / "your-own-contract.md").read_text(encoding="utf-8")
BLOCKS = [Block(language, about.strip(), text) for language, about, text in BLOCK.findall(PAGE)]
ORDER = Beginning(
    "shop", "order_paid", "https://shop.example/", "2026-01-01", ("event", "order_paid"), "id"
)


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is missing")
def test_the_page_can_be_followed(tmp_path: Path) -> None:
    """From the first command to the last, in a folder of its own."""
    reader = Reader(tmp_path)
    for block in BLOCKS:
        if block.language == "json":
            (tmp_path / block.about).write_text(block.text, encoding="utf-8")
        else:
            reader.follow(block)
    models = (tmp_path / "src" / "shop_models" / "shop" / "order_paid.py").read_text()
    assert "class ShopOrderPaid" in models
    document = json.loads((tmp_path / "build" / "shop.openapi.json").read_text())
    assert list(document["webhooks"]) == ["shop/order_paid", "shop/address_check"]


def test_a_draft_says_what_all_captures_have(tmp_path: Path) -> None:
    """What only some have is not required; captures of another callback are counted."""
    file = tmp_path / "captures.ndjson"
    lines: list[dict[str, Any]] = [
        {"event": "order_paid", "id": "A-17", "items": [{"name": "pen"}]},
        {"event": "order_paid", "id": "A-18", "items": [], "note": "gift"},
        {"event": "order_sent", "id": "A-17"},
    ]
    file.write_text("\n".join(map(json.dumps, lines)))
    draft = infer([file], ORDER)
    assert (draft.used, draft.others, draft.unread) == (2, 1, 0)
    assert draft.schema["required"] == ["event", "id", "items"]
    assert draft.schema["properties"]["event"]["const"] == "order_paid"
    validator = Draft202012Validator(draft.schema)
    assert [validator.is_valid(line) for line in lines] == [True, True, False]


def test_a_draft_of_nothing_is_refused(tmp_path: Path) -> None:
    """It says how many captures had another name."""
    file = tmp_path / "captures.ndjson"
    file.write_text('{"event": "order_sent", "id": "A-17"}\n{"event": "x"}\n')
    with pytest.raises(UsageError) as caught:
        infer([file], ORDER)
    assert "no capture has event = order_paid" in str(caught.value)
    assert "2 had another name" in str(caught.value.hint)


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """A contract that is there already stays as it is."""
    first, second = write_skeleton(tmp_path, ORDER)
    first.write_text("mine")
    with pytest.raises(UsageError):
        write_skeleton(tmp_path, ORDER)
    second.unlink()
    with pytest.raises(UsageError):
        write_skeleton(tmp_path, ORDER)
    assert (first.read_text(), second.exists()) == ("mine", False)


def test_a_bundle_needs_no_other_file() -> None:
    """Of every area: openapi-spec-validator takes it, and nothing in it leads out of it."""
    contract = Contract()
    for area in contract.areas:
        document = bundle(contract, area)
        assert '"$ref": "..' not in json.dumps(document)
        OpenAPIV31SpecValidator(document).validate()
