"""The decoder over JSONTestSuite: reads all that is JSON, refuses all that is not, and says why."""

from __future__ import annotations

import json
import zipfile
from typing import Final

import pytest
from each import each
from unit.source import ROOT

from hookproof.payload.decode import decode
from hookproof.payload.scan import scan

# The suite lies packed in the repository; see tests/vectors/README.md.
CASES = zipfile.Path(ROOT / "tests/vectors/json-test-suite.zip") / "test_parsing"

DUPLICATES: Final = {
    "y_object_duplicated_key.json",
    "y_object_duplicated_key_and_value.json",
}

# What the standard leaves open: None is read, a code is why it is refused.
LEFT_OPEN: Final = {
    "i_number_double_huge_neg_exp.json": None,
    "i_number_huge_exp.json": "HP110",
    "i_number_neg_int_huge_exp.json": "HP110",
    "i_number_pos_double_huge_exp.json": "HP110",
    "i_number_real_neg_overflow.json": "HP110",
    "i_number_real_pos_overflow.json": "HP110",
    "i_number_real_underflow.json": None,
    "i_number_too_big_neg_int.json": None,
    "i_number_too_big_pos_int.json": None,
    "i_number_very_big_negative_int.json": None,
    "i_object_key_lone_2nd_surrogate.json": "HP106",
    "i_string_1st_surrogate_but_2nd_missing.json": "HP106",
    "i_string_1st_valid_surrogate_2nd_invalid.json": "HP106",
    "i_string_UTF-16LE_with_BOM.json": "HP101",
    "i_string_UTF-8_invalid_sequence.json": "HP101",
    "i_string_UTF8_surrogate_U+D800.json": "HP101",
    "i_string_incomplete_surrogate_and_escape_valid.json": "HP106",
    "i_string_incomplete_surrogate_pair.json": "HP106",
    "i_string_incomplete_surrogates_escape_valid.json": "HP106",
    "i_string_invalid_lonely_surrogate.json": "HP106",
    "i_string_invalid_surrogate.json": "HP106",
    "i_string_invalid_utf-8.json": "HP101",
    "i_string_inverted_surrogates_U+1D11E.json": "HP106",
    "i_string_iso_latin_1.json": "HP101",
    "i_string_lone_second_surrogate.json": "HP106",
    "i_string_lone_utf8_continuation_byte.json": "HP101",
    "i_string_not_in_unicode_range.json": "HP101",
    "i_string_overlong_sequence_2_bytes.json": "HP101",
    "i_string_overlong_sequence_6_bytes.json": "HP101",
    "i_string_overlong_sequence_6_bytes_null.json": "HP101",
    "i_string_truncated-utf-8.json": "HP101",
    "i_string_utf16BE_no_BOM.json": "HP101",
    "i_string_utf16LE_no_BOM.json": "HP101",
    "i_structure_500_nested_arrays.json": "HP108",
    "i_structure_UTF-8_BOM_empty_object.json": "HP111",
}


def cases(kind: str) -> list[zipfile.Path]:
    """The files of a kind: y is JSON, n is not, i is left open."""
    files = [file for file in CASES.iterdir() if file.name.startswith(f"{kind}_")]
    return sorted(files, key=lambda file: file.name)


def test_the_whole_suite_is_there() -> None:
    """The suite has 95 files that are JSON, 188 that are not, 35 left open."""
    assert [len(cases(kind)) for kind in "yni"] == [95, 188, 35]


@each("file", cases("y"))
def test_what_is_json_is_read(file: zipfile.Path) -> None:
    """A JSON text gives the value that Python's decoder gives, duplicate keys besides."""
    reading = decode(file.read_bytes())
    wanted = ["HP104"] if file.name in DUPLICATES else []
    assert reading.complete
    assert [problem.code for problem in reading.problems] == wanted
    assert reading.value == json.loads(file.read_text(encoding="utf-8"))


@each("file", cases("y"))
def test_both_readers_agree_on_json(file: zipfile.Path) -> None:
    """The slow reader gives the same value as the decoder for every JSON text."""
    found = scan(file.read_text(encoding="utf-8"))
    assert found.complete
    assert found.value == decode(file.read_bytes()).value


@each("file", cases("n"))
def test_what_is_not_json_is_refused(file: zipfile.Path) -> None:
    """A text that is not JSON gives no value and one reason with a place."""
    reading = decode(file.read_bytes())
    assert not reading.complete
    assert reading.value is None
    [problem] = reading.problems
    assert problem.code.startswith("HP1")
    assert problem.message
    assert 0 <= problem.offset <= len(reading.text)
    assert min(reading.position(problem)) >= 1


@each("file", cases("i"))
def test_what_is_left_open_is_decided(file: zipfile.Path) -> None:
    """Each text that the standard leaves open is read exactly or refused for a fixed reason."""
    reading = decode(file.read_bytes())
    wanted = LEFT_OPEN[file.name]
    assert [problem.code for problem in reading.problems] == ([wanted] if wanted else [])
    assert reading.complete is (wanted is None)
    if wanted is None:
        assert reading.value == json.loads(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "name", ["n_string_unescaped_ctrl_char.json", "n_string_backslash_00.json"]
)
def test_a_nul_in_a_string_is_not_taken_for_utf_16(name: str) -> None:
    """A raw NUL inside a string is a control character, not a sign of another encoding."""
    assert decode((CASES / name).read_bytes()).problems[0].code == "HP103"
