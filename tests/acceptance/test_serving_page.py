"""Every command of docs/serving.md does what the page says, in the order of the page."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from acceptance.test_testing_page import BLOCK, Block, Reader, free_port
from unit.source import ROOT

from hookproof.cli.main import COMMANDS

pytest.importorskip("uvicorn")
pytest.importorskip("httptools")

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (ROOT / "docs" / "serving.md").read_text(encoding="utf-8")
BLOCKS = [Block(language, about.strip(), text) for language, about, text in BLOCK.findall(PAGE)]


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is missing")
def test_the_page_can_be_followed(tmp_path: Path) -> None:
    """From the first command to the last, in a folder of its own."""
    reader = Reader(tmp_path)
    reader.ports["3000"] = free_port()
    reader.environment["HOOKPROOF_SERVE_PORT"] = str(reader.ports["8000"])
    reader.environment["HOOKPROOF_SERVE_PAGE_PORT"] = "0"
    try:
        for block in BLOCKS:
            reader.follow(block)
    finally:
        reader.stop()


def test_the_page_shows_the_commands() -> None:
    """Each stands in a block that is run."""
    told = "".join(block.text for block in BLOCKS if block.language == "sh")
    for part in ("hookproof serve", "hookproof replay", "--forward", "--fail", "--path"):
        assert part in told
    assert "serve" in COMMANDS
