"""Every command of docs/your-own-contract.md does what the page says, in the order of the page."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from acceptance.test_testing_page import BLOCK, Block, Reader
from jsonschema.validators import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from unit.source import ROOT

from hookproof.contract import Contract, ContractFiles
from hookproof.contract_proof.check import check_contract
from hookproof.drafting.bundle import bundle
from hookproof.drafting.infer import infer
from hookproof.drafting.skeleton import Beginning, write_skeleton
from hookproof.errors import ContractError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
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


SENT = replace(ORDER, event="order_sent", told_by=("event", "order_sent"))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: text.removesuffix("\n"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace(
            "components:", "# What follows is about the models.\n\ncomponents:"
        ),
        lambda text: text + "  parameters: {}\n",
        lambda text: text + "\nsecurity: []\n",
        lambda text: text.replace("  schemas:\n    ", "    schemas:\n        "),
    ],
)
def test_a_callback_is_added_to_a_document(tmp_path: Path, change: Callable[[str], str]) -> None:
    """Both hold, the entry is among its sisters, and every line that was there still is."""
    _, document = write_skeleton(tmp_path, ORDER)
    before = change(document.read_text()).encode()
    document.write_bytes(before)
    write_skeleton(tmp_path, SENT)
    files = ContractFiles(tmp_path / "schemas", tmp_path / "openapi")
    assert not [*check_contract(files)]
    after = document.read_bytes()
    kept = iter(after.splitlines())
    assert all(line in kept for line in before.splitlines())
    assert (b"\r\n" in before) == (b"\r\n" in after) == (after.count(b"\n") == after.count(b"\r\n"))
    assert [*Contract(files).callbacks("shop")] == ["order_paid", "order_sent"]


@pytest.mark.parametrize(
    "text",
    ["", "[", "webhooks: {}\ncomponents: {}\n", "webhooks:\n  a: {}\ncomponents: {schemas: {}}\n"],
)
def test_a_document_that_cannot_be_added_to_stays(tmp_path: Path, text: str) -> None:
    """It is told what to write by hand, or that it is no YAML, and no file is written."""
    document = tmp_path / "openapi" / "shop.yaml"
    document.parent.mkdir()
    document.write_text(text)
    with pytest.raises((UsageError, ContractError)):
        write_skeleton(tmp_path, SENT)
    assert document.read_text() == text
    assert not (tmp_path / "schemas").exists()


def test_how_a_document_signs_is_its_own_to_say(tmp_path: Path) -> None:
    """A header that is named for a callback of a document that is there is refused."""
    write_skeleton(tmp_path, ORDER)
    with pytest.raises(UsageError, match="says how its callbacks are signed"):
        write_skeleton(tmp_path, replace(SENT, header="X-Other"))


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
