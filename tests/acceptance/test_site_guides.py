"""Every command of docs/signatures.md, ci.md and moving.md does what its page says, in order."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from acceptance.test_testing_page import BLOCK, Block, Reader
from unit.source import ROOT

from hookproof.signature.doctor import MISTAKES

if TYPE_CHECKING:
    from pathlib import Path

PAGES = ("signatures", "ci", "moving")
NEEDED = ("bash", "openssl", "python3")


def page(name: str) -> str:
    """The text of a page."""
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


def blocks(name: str) -> list[Block]:
    """The blocks of a page."""
    found = BLOCK.findall(page(name))
    return [Block(language, about.strip(), text) for language, about, text in found]


@pytest.mark.skipif(not all(map(shutil.which, NEEDED)), reason="bash or openssl is missing")
@pytest.mark.parametrize("name", PAGES)
def test_the_page_can_be_followed(name: str, tmp_path: Path) -> None:
    """From the first command to the last, in a folder of its own."""
    reader = Reader(tmp_path)
    plugin = "-p hookproof.pytest_plugin --hookproof-max-cases=40"
    reader.environment |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": plugin}
    reader.environment |= {"PYTHONPATH": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    try:
        for block in blocks(name):
            reader.follow(block)
    finally:
        reader.stop()


@pytest.mark.parametrize("name", PAGES)
def test_no_command_hides_in_a_block_that_is_not_run(name: str) -> None:
    """The languages of the blocks are those that are run or written."""
    assert {block.language for block in blocks(name)} <= {"sh", "python"}
    assert {block.about for block in blocks(name)} <= {"", "in a second terminal"}


def test_the_mistakes_are_about_as_many_as_is_said() -> None:
    """Seventy, give or take ten."""
    [said] = re.findall(r"(\w+) usual mistakes are tried", page("signatures"))
    assert said == "Seventy"
    assert 60 <= len(MISTAKES) <= 80
