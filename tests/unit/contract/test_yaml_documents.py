"""YAML is read once it is known to be small, flat and unambiguous."""

from __future__ import annotations

import pytest

from hookproof.contract.yaml_documents import read_yaml, yaml_lines
from hookproof.errors import ContractError


@pytest.fixture
def read(tmp_path):
    """Writes a text to a file and reads it as YAML."""

    def read_text(text):
        file = tmp_path / "a.yaml"
        file.write_text(text)
        return read_yaml(file, label="a.yaml")

    return read_text


def test_dates_and_versions_stay_text(read):
    """What looks like a date is text, as it would be in JSON."""
    assert read("a: 2024-01-18\nb: '1'\nc: 1\n") == {"a": "2024-01-18", "b": "1", "c": 1}


def test_duplicate_key_is_refused_at_the_second(read):
    """The line of the second key is named, also deep inside."""
    with pytest.raises(ContractError, match=r"a\.yaml:4: .*'b' stands twice"):
        read("a:\n  b: 1\n  c: 2\n  b: 3\n")


def test_same_key_in_two_mappings_is_fine(read):
    """Only keys of one mapping can collide."""
    assert read("a: {x: 1}\nb: [{x: 1}, {x: 2}]\nx: 3\n")["b"] == [{"x": 1}, {"x": 2}]


def test_merged_key_may_be_overridden(read):
    """A merge brings keys that the mapping itself may say anew, in any order of use."""
    text = "top: {<<: {k: 1, l: 1}, k: 2}\nbase: &base {<<: {k: 1}, k: 2}\nuse: {<<: *base, k: 3}\n"
    assert read(text) == {"top": {"k": 2, "l": 1}, "base": {"k": 2}, "use": {"k": 3}}


def test_merge_of_a_merge_used_above_its_place_is_fine(read):
    """A merged mapping is no duplicate of itself, wherever it is used first."""
    text = "a:\n  b:\n    c: &inner {<<: {k: 1}, k: 2}\nd: {<<: *inner, k: 3}\n"
    assert read(text)["d"] == {"k": 3}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: &a [*a]\n", "stands inside"),
        ("a: &a {b: {c: *a}}\n", "stands inside"),
        ("a: " + "[" * 101 + "]" * 101, "nested deeper"),
        ("a: " + "{b: " * 100_000, "nested deeper"),
        ("a: [" + "1, " * 200_001 + "]", "more than 200,000"),
        ("a: *nowhere\n", "undefined alias"),
        ("a: !!bool maybe\n", "does not fit its tag"),
        ("a: !!int x\n", "does not fit its tag"),
        ("a: !!timestamp x\n", "does not fit its tag"),
        ("a: !!python/name:os.system x\n", "could not determine a constructor"),
        ("a: 1\n---\na: 2\n", "another document"),
        ("a: [1\n", "expected"),
        ("\x00", "special characters|control characters"),
    ],
)
def test_unsafe_text_is_a_contract_error(read, text, words):
    """Nothing but ContractError comes out of a text that cannot be used."""
    with pytest.raises(ContractError, match=words):
        read(text)


def test_lines_of_keys_elements_and_what_is_missing(tmp_path):
    """A path leads to the line of its key or element, or of the nearest one above."""
    file = tmp_path / "a.yaml"
    file.write_text("a:\n  b:\n    - 1\n    - {c: 2}\n")
    line = yaml_lines(file)
    paths = [(), ("a",), ("a", "b", 1), ("a", "b", 1, "c"), ("a", "b", 7), ("a", "x"), ("z",)]
    assert [line(path) for path in paths] == [1, 1, 4, 4, 2, 1, 1]
