"""Every command of docs/sending.md does what the page says, in the order of the page."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from acceptance.test_testing_page import BLOCK, Block, Reader
from unit.source import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (ROOT / "docs" / "sending.md").read_text(encoding="utf-8")
BLOCKS = [Block(language, about.strip(), text) for language, about, text in BLOCK.findall(PAGE)]


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is missing")
def test_the_page_can_be_followed(tmp_path: Path) -> None:
    """From the first command to the last, in a folder of its own."""
    reader = Reader(tmp_path)
    try:
        for block in BLOCKS:
            reader.follow(block)
    finally:
        reader.stop()


def test_the_page_shows_both_commands() -> None:
    """Each stands in a block that is run."""
    told = "".join(block.text for block in BLOCKS if block.language == "sh")
    for part in ("hookproof send", "hookproof outage", "--deliver"):
        assert part in told
