"""The table of sources names every callback, page, contradiction and open question."""

from __future__ import annotations

import re

from unit.describe.made import SALE, WEBHOOK, sale, shop, write_contract

from hookproof.contract import Contract, contract_in
from hookproof.describe.table import render_table


def test_all_facts_have_their_page(tmp_path):
    """Pages and dates, the sample, contradictions and questions of each callback are told."""
    text = render_table(shop(tmp_path))
    assert "2 callbacks in 2 areas, with 2 contradictions and 4 open questions." in text
    assert (
        "| `sale` | `group = 1 and type = 7 or 8` | [Sale made](https://example.com/sale) "
        "| 2026-05-04 | printed, 1 value made real | 1 |  | 2 |"
    ) in text
    assert (
        "- **Contradiction** `size-as-text` at `/size`: an Int; text "
        "([2026-05-04](https://example.com/sale))."
    ) in text
    assert (
        "- **Open** at `/extra`: Is it absent for gifts? ([2026-05-04](https://example.com/sale))"
    ) in text
    assert "- **Open**: Is it sent twice? ([2020-01-02](https://example.com/old))" in text
    assert "- Other pages: [2020-01-02](https://example.com/old)." in text


def test_what_no_version_says_is_undocumented(tmp_path):
    """A fact is undocumented where no version of the page has it; one that has it is enough."""
    silent = WEBHOOK["x-delivery"][1]
    webhook = {**WEBHOOK, "x-delivery": [silent]}
    made = [{**entry, "origin": "made"} for entry in SALE["x-examples"]]
    files = write_contract(tmp_path, shop={"sale": (sale(**{"x-examples": made}), webhook)})
    text = render_table(Contract(contract_in(files)))
    assert "| none; made after the table | 1 | answer, timeout, retries | 2 |" in text


def test_texts_are_no_markdown(tmp_path):
    """Bars, brackets, stars and tags of a text come out as they are, and rows keep their cells."""
    quirk = {**SALE["x-quirks"][0], "says": "a | b <c>", "shows": "*x*\n[y](z) `q`"}
    source = [{**SALE["x-source"][0], "title": "A|B"}]
    schema = sale(**{"x-quirks": [quirk], "x-source": source})
    files = write_contract(tmp_path, shop={"sale": (schema, WEBHOOK)})
    text = render_table(Contract(contract_in(files)))
    assert r"a | b \<c>; \*x\* \[y\](z) \`q\`" in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {9}
