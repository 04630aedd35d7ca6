"""A page of a callback says all that the contract knows, on lines that fit a terminal."""

from __future__ import annotations

import json

from unit.describe.made import SALE, shop

from hookproof.contract import Contract
from hookproof.describe.as_json import callback_as_json, listing_as_json
from hookproof.describe.page import render_callback, render_list
from hookproof.report.ink import Ink

PLAIN = Ink()


def test_everything_is_on_the_page(tmp_path):
    """Fields, contradictions, open questions, delivery, answer and example are all there."""
    page = render_callback(shop(tmp_path).callback("shop/sale"), ink=PLAIN)
    started = (
        "  2026-05-04  Received by exactly 200. It waits 5 s for an answer. On no answer or a",
        "  - Sale made, 2026-05-04: https://example.com/sale",
    )
    for line in started:
        assert any(one.startswith(line) for one in page.splitlines())
    for line in (
        "shop/sale  SaleCallback",
        "Told by     group = 1 and type = 7 or 8",
        "Order       /time",
        "Sent at     time, in seconds",
        "Model       from hookproof_models.shop.sale import SaleCallback",
        "  time*  an integer (UnixSeconds) -> datetime",
        "  note  text, at most 20 bytes -> str",
        "      parts*  a list, each one an object (Part) -> list[Part]",
        "          Id*  an integer, at least 1 -> int",
        "          as Gift",
        "  With status 200, the vendor reads this JSON:",
        "  code*  an integer -> int",
        "  - size-as-text, at /size",
        "      says   an Int",
        "      shows  text",
        "  - /extra: Is it absent for gifts?",
        "  - Is it sent twice?",
        "      page   https://example.com/old (2020-01-02)",
        "Example (sample)",
        "  There are also with_parts: hookproof example shop/sale --variant NAME",
    ):
        assert line in page.splitlines()


def test_what_is_not_known_has_no_heading(tmp_path):
    """Without answer, quirks and questions there are no empty sections."""
    contract = shop(tmp_path)
    file = tmp_path / "schemas" / "bank" / "sale.json"
    schema = json.loads(file.read_text())
    schema.pop("x-open-questions")
    file.write_text(json.dumps({**schema, "x-quirks": []}))
    page = render_callback(contract.callback("bank/sale"), ink=PLAIN)
    assert not {"Answer", "Contradictions in the pages", "Open questions"} & set(page.splitlines())


def test_lines_are_short():
    """Only addresses, patterns and JSON are longer than a hundred columns."""
    contract = Contract()
    pages = [render_callback(contract.callback(name), ink=PLAIN) for name in contract.names()]
    long = [line for page in pages for line in page.splitlines() if len(line) > 100]
    parts = ("https://", '"', " ^")
    assert [line for line in long if not any(part in line for part in parts)] == []


def test_colour_changes_no_text():
    """Painted and plain, a page says the same."""
    callback = Contract().callback("record")
    painted = render_callback(callback, ink=Ink(colour=True))
    assert "\x1b[1mtimestamp*\x1b[0m" in painted
    for code in ("\x1b[1m", "\x1b[36m", "\x1b[0m"):
        painted = painted.replace(code, "")
    assert painted == render_callback(callback, ink=PLAIN)


def test_control_characters_do_not_reach_the_terminal(tmp_path):
    """A foreign contract cannot speak to the terminal through its texts."""
    contract = shop(tmp_path)
    file = tmp_path / "schemas" / "shop" / "sale.json"
    text = json.dumps({**SALE, "description": "a\x1b[2Jb\x9b"})
    file.write_text(text)
    page = render_callback(contract.callback("shop/sale"), ink=PLAIN)
    assert all(c.isprintable() or c == "\n" for c in page)


def test_a_callback_as_json_is_complete(tmp_path):
    """Programs get the same facts: tree, schema, answer, questions."""
    value = json.loads(callback_as_json(shop(tmp_path).callback("shop/sale")))
    assert value["name"] == "shop/sale"
    assert value["model"] == "hookproof_models.shop.sale.SaleCallback"
    assert value["discriminator"] == {"group": [1], "type": [7, 8]}
    assert value["questions"][1]["question"] == "Is it sent twice?"
    assert value["answer"]["fields"][0]["name"] == "code"
    assert [field["name"] for field in value["fields"]] == list(SALE["properties"])
    assert value["schema"]["properties"].keys() == SALE["properties"].keys()
    assert [example["payload"] for example in value["examples"]] == SALE["examples"]


def test_a_list_names_every_callback(tmp_path):
    """A line for each callback, by area, with what it is told by."""
    listings = shop(tmp_path).listings()
    assert render_list(listings, ink=PLAIN).splitlines() == [
        "bank  1 callback",
        '  sale  type = "7"                   Shares sold',
        "shop  1 callback",
        "  sale  group = 1 and type = 7 or 8  Something sold",
        "",
        "2 callbacks in 2 areas",
    ]
    value = json.loads(listing_as_json(listings))
    assert value["callbacks"][0] == {
        "name": "bank/sale",
        "area": "bank",
        "event": "sale",
        "vendor": "acme",
        "summary": "Shares sold",
        "discriminator": {"type": ["7"]},
        "is_unsigned": False,
    }
