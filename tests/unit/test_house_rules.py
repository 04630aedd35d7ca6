"""Functions and modules of the engine stay short, and are named for what they hold."""

from __future__ import annotations

import ast
import re
from statistics import median

from unit.source import modules

BANNED = {"utils", "util", "helpers", "helper", "core", "common", "misc", "tools"}


def functions() -> list[tuple[str, int]]:
    """All functions with the lines of their bodies."""
    return [found for module in modules() for found in module.functions()]


def test_no_function_is_over_sixty_lines() -> None:
    """What is longer is more than one thing."""
    assert [place for place, lines in functions() if lines > 60] == []


def test_nine_of_ten_functions_are_under_twenty_five_lines() -> None:
    """Long functions are the exception."""
    long = [place for place, lines in functions() if lines >= 25]
    assert len(long) <= len(functions()) / 10, long


def test_the_median_function_is_under_ten_lines() -> None:
    """Most functions are read at a glance."""
    assert median(lines for _, lines in functions()) < 10


def test_modules_are_under_four_hundred_lines() -> None:
    """A module is read in one sitting."""
    lengths = {module.place: len(module.text.splitlines()) for module in modules()}
    assert {place: lines for place, lines in lengths.items() if lines >= 400} == {}


def test_no_module_is_a_drawer() -> None:
    """A module is named for what it holds."""
    parts = {part for module in modules() for part in module.place.removesuffix(".py").split("/")}
    assert parts & BANNED == set()


def test_annotations_are_not_evaluated() -> None:
    """Every module that holds code starts with the same future import."""
    code = [module for module in modules() if module.tree.body[1:]]
    line = "from __future__ import annotations"
    assert [module.place for module in code if line not in module.text] == []


def test_a_folder_says_what_lives_there() -> None:
    """Two sentences or more: what is in it, and what a reader would look for here and is not."""
    folders = [module for module in modules() if module.place.endswith("/__init__.py")]
    told = {one.place: ast.get_docstring(one.tree) or "" for one in folders}
    sentences = {place: len(re.findall(r"[.?](?:\s|$)", text)) for place, text in told.items()}
    assert [place for place, count in sentences.items() if count < 2] == []


def test_the_source_is_there() -> None:
    """These rules were held to something."""
    assert len(modules()) > 80
    assert len(functions()) > 500
