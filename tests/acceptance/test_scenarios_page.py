"""Every command of docs/scenarios.md does what the page says, in the order of the page."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from acceptance.test_testing_page import BLOCK, Block, Reader
from unit.source import ROOT

from hookproof.scenarios.model import shipped_names

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")
BLOCKS = [Block(language, about.strip(), text) for language, about, text in BLOCK.findall(PAGE)]


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is missing")
def test_the_page_can_be_followed(tmp_path: Path) -> None:
    """From the first command to the last, in a folder of its own; the fault is told, then gone."""
    reader = Reader(tmp_path)
    try:
        for block in BLOCKS:
            reader.follow(block)
    finally:
        reader.stop()
    before, after = (
        json.loads((tmp_path / f"{name}.json").read_text()) for name in ("before", "after")
    )
    assert [one["fault"] for one in before["proof"]["causes"]] == ["stale"]
    # Both at once may reach the receiver in that order, too.
    plays = set(before["proof"]["causes"][0]["plays"])
    assert {"stop, then start"} <= plays <= {"stop, then start", "start and stop at once"}
    assert after["verdict"] == "pass"
    assert after["proof"]["tried"] == after["proof"]["there_are"]


def test_each_shipped_scenario_is_named() -> None:
    """The table has no others."""
    assert set(re.findall(r"^\| `([a-z_]+)` \|", PAGE, re.MULTILINE)) == set(shipped_names())
