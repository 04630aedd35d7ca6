"""The texts on codes."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest
from each import each

from hookproof.findings import CODES
from hookproof.findings.explanation import explain, likely_code
from hookproof.payload.body import read_body

END = re.compile(r"[.?](?= |$)")


def test_every_code_has_its_texts_and_no_other() -> None:
    """The file of texts and the table of codes are the same, in the same order."""
    text = (files("hookproof.findings") / "explanations.toml").read_text(encoding="utf-8")
    assert list(tomllib.loads(text)) == list(CODES)


@each("code", CODES)
def test_an_explanation_is_a_few_plain_sentences(code: str) -> None:
    """Two to five sentences say what it means, why it matters and how to mend it."""
    told = explain(code)
    parts = (told.means, told.matters, told.mend)
    assert 2 <= sum(len(END.findall(part)) for part in parts) <= 5
    for part in parts:
        assert part[:1].isupper()
        assert part.endswith((".", "?"))
        assert part == " ".join(part.split())


@each("code", CODES)
def test_an_example_is_one_short_text(code: str) -> None:
    """Its code is closed, and it ends as a sentence does."""
    example = explain(code).example
    assert example.count("`") % 2 == 0
    assert example.endswith(".")
    assert 20 < len(example) < 200


@pytest.mark.parametrize(
    "code", ["HP103", "HP104", "HP105", "HP106", "HP107", "HP110", "HP112", "HP115"]
)
def test_the_example_of_a_body_is_found(code: str) -> None:
    """The first bytes that it shows bring the code about."""
    body = explain(code).example.split("`")[1]
    reading = read_body(body.encode()).reading
    found = {problem.code for problem in reading.problems}
    if reading.complete and not isinstance(reading.value, dict):
        found.add("HP115")
    assert code in found


def test_an_unknown_code_has_no_texts() -> None:
    """It is a KeyError, as of any table."""
    with pytest.raises(KeyError):
        explain("HP999")


@pytest.mark.parametrize(
    ("word", "code"),
    [("301", "HP301"), ("hp-301", "HP301"), (" hp301 ", "HP301"), ("H301", "HP301")],
)
def test_another_way_of_writing_a_code_is_recognised(word: str, code: str) -> None:
    """Letter case, blanks and the letters before the number do not matter."""
    assert likely_code(word) == code


@pytest.mark.parametrize("word", ["", "word", "\u0663\u0660\u0661", "HP", "7"])
def test_what_is_near_no_code_is_told_so(word: str) -> None:
    """Nothing is suggested where nothing was meant that we know."""
    assert likely_code(word) == ""


def test_a_number_that_is_near_a_code_is_suggested() -> None:
    """A slip of one digit leads to a code."""
    assert likely_code("HP4077") == "HP407"
