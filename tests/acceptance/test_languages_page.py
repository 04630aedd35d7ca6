"""Every command of docs/languages.md does what the page says, in the order of the page."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from acceptance.test_testing_page import BLOCK, Block, Reader
from unit.source import ROOT

from hookproof.contract import Contract
from hookproof.languages.vectors import vectors_of

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (ROOT / "docs" / "languages.md").read_text(encoding="utf-8")
BLOCKS = [Block(language, about.strip(), text) for language, about, text in BLOCK.findall(PAGE)]


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is missing")
def test_the_page_can_be_followed(tmp_path: Path) -> None:
    """From the first command to the last, in a folder of its own, beside the examples."""
    shutil.copytree(ROOT / "examples" / "verify", tmp_path / "examples" / "verify")
    reader = Reader(tmp_path)
    for block in BLOCKS:
        if block.language == "sh":
            reader.follow(block)
    assert (tmp_path / "build" / "vectors" / "rules.json").is_file()


def test_the_page_shows_a_vector_that_is_there() -> None:
    """The vector in it is one of the pack, less what it leaves out."""
    [shown] = [json.loads(block.text) for block in BLOCKS if block.language == "json"]
    area = shown["name"].split("/")[0]
    [one] = [v for v in vectors_of(Contract(), area) if v["name"] == shown["name"]]
    assert one["kind"] == shown["kind"]
    assert one["expect"]["callback"] == shown["expect"]["callback"]
    assert one["expect"]["values"].items() >= shown["expect"]["values"].items()


def test_each_language_of_the_page_has_its_own() -> None:
    """The table names all pages that there are."""
    for page in (ROOT / "docs" / "verify").glob("*.md"):
        assert f"(verify/{page.name})" in PAGE
