"""Each fault is told once, at its place, in a person's words."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hookproof.contract import Contract
from hookproof.schema.violations import Violation, find_violations

CONTRACT = Contract()


def one(schema: Any, value: Any) -> Violation:
    """The one violation of a value."""
    [violation] = find_violations(schema, value)
    return violation


@pytest.mark.parametrize(
    ("schema", "value", "keyword", "expected", "found"),
    [
        ({"type": "string"}, 1, "type", "text", "1"),
        ({"type": "integer"}, "1", "type", "an integer", '"1"'),
        ({"const": "x"}, "y", "const", 'exactly "x"', '"y"'),
        ({"enum": ["a", "b"]}, "c", "enum", 'one of "a", "b"', '"c"'),
        ({"type": "string", "pattern": "^a$"}, "b", "pattern", "text, matching ^a$", '"b"'),
        ({"minLength": 1}, "", "minLength", "at least 1 characters", '0 characters: ""'),
        ({"maxLength": 1}, "中文", "maxLength", "at most 1 characters", '2 characters: "中文"'),
        ({"x-max-bytes": 5}, "中文", "x-max-bytes", "at most 5 bytes", '6 bytes: "中文"'),
        ({"minItems": 1}, [], "minItems", "at least 1 items", "0 items: []"),
        ({"maxItems": 0}, [1], "maxItems", "at most 0 items", "1 items: [1]"),
        ({"type": "integer", "minimum": 0}, -1, "minimum", "an integer, at least 0", "-1"),
        ({"exclusiveMaximum": 3}, 3, "exclusiveMaximum", "a value, less than 3", "3"),
        ({"not": {"const": 1}}, 1, "not", 'not {"const": 1}', "1"),
        (False, 1, "falseSchema", "nothing", "1"),
    ],
)
def test_a_fault_tells_wanted_and_found(
    schema: Any, value: Any, keyword: str, expected: str, found: str
) -> None:
    """Wanted and found are said in words, and the message holds both."""
    violation = one(schema, value)
    assert violation.path == ()
    assert (violation.keyword, violation.expected, violation.found) == (keyword, expected, found)
    assert violation.message == f"expected {expected}, found {found}"


def test_a_missing_field_is_placed_at_itself() -> None:
    """A missing field's path is its own, and what belongs there is said."""
    schema = {"required": ["a", "b"], "properties": {"b": {"type": "integer"}}}
    assert one(schema, {"a": 1}) == Violation(
        ("b",), "required", "the field is missing", "an integer", "nothing"
    )
    assert [v.path for v in find_violations(schema, {})] == [("a",), ("b",)]


@pytest.mark.parametrize("names", [["a", "a b"], ["a'b", 'a"b'], ["", "x"], ["é", "\n"]])
def test_odd_names_are_told_apart(names: list[str]) -> None:
    """Each missing field is told under its own name, whatever characters it has."""
    found = find_violations({"required": names}, {})
    assert {violation.path for violation in found} == {(name,) for name in names}


@pytest.mark.parametrize(
    ("schema", "value", "keyword"),
    [
        ({"type": "integer", "enum": [0, 1]}, "1", "type"),
        ({"maxLength": 3, "x-max-bytes": 3}, "abcd", "x-max-bytes"),
        (
            {"type": "integer", "minimum": 0, "anyOf": [{"type": "null"}, {"const": 1}]},
            "1",
            "anyOf",
        ),
    ],
)
def test_one_value_has_one_fault(schema: Any, value: Any, keyword: str) -> None:
    """Of several faults of one value the first that matters is told: what it is, then how long."""
    assert one(schema, value).keyword == keyword


SHAPES = {
    "anyOf": [
        {"title": "First", "type": "object", "required": ["a", "b"]},
        {
            "title": "Second",
            "type": "object",
            "required": ["b"],
            "properties": {"b": {"type": "integer"}},
        },
        {"title": "Third", "type": "object", "required": ["c", "d", "e"]},
    ]
}


class TestShapes:
    """Of several shapes the closest one's faults are told."""

    @pytest.mark.parametrize(
        ("value", "path", "shape"),
        [
            ({"a": 1}, ("b",), "First"),
            ({"b": "x"}, ("b",), "Second"),
            ({"c": 1, "d": 1}, ("e",), "Third"),
        ],
    )
    def test_the_closest_is_taken(self, value: Any, path: tuple[str], shape: str) -> None:
        """The shape that lacks the least is the one that was meant."""
        violation = one(SHAPES, value)
        assert violation.path == path
        assert violation.message.endswith(f"(closest of 3 shapes: {shape})")
        assert violation.expected.endswith(f"(closest of 3 shapes: {shape})")

    def test_another_kind_fits_none(self) -> None:
        """A value of another kind altogether is told against all shapes."""
        violation = one({"anyOf": [*SHAPES["anyOf"], {"type": "null"}]}, "x")
        assert violation.keyword == "anyOf"
        assert violation.expected == (
            "an object (First) or an object (Second) or an object (Third) or null"
        )

    @pytest.mark.parametrize("keyword", ["anyOf", "oneOf"])
    def test_where_all_shapes_are_of_one_type_another_is_a_wrong_type(self, keyword: str) -> None:
        """It is told with what each of them takes; a value out of their ranges is no wrong type."""
        ranges = [{"type": "integer", "maximum": 9}, {"type": "integer", "minimum": 100}]
        violation = one({keyword: ranges}, "5")
        assert violation.keyword == "type"
        assert violation.expected == "an integer, at most 9 or an integer, at least 100"
        assert one({keyword: ranges}, 50).keyword == "maximum"
        assert one({keyword: [*ranges, {"type": "number"}]}, "5").keyword == keyword

    @pytest.mark.parametrize(
        ("empty", "full", "value", "keyword"),
        [
            (
                {"type": "object", "maxProperties": 0},
                {"type": "object", "required": ["a", "b", "c"]},
                {"c": 1, "d": 2},
                "required",
            ),
            ({"type": "array", "maxItems": 0}, {"items": {"type": "integer"}}, ["x"], "type"),
            ({"type": "string", "maxLength": 0}, {"pattern": "^a+$"}, "b", "pattern"),
        ],
    )
    def test_what_holds_something_was_not_meant_to_be_empty(
        self, empty: Any, full: Any, value: Any, keyword: str
    ) -> None:
        """However little fits the other shape, its faults are told, wherever it stands."""
        for shapes in ([empty, full], [full, empty]):
            found = find_violations({"anyOf": shapes}, value)
            assert {violation.keyword for violation in found} == {keyword}

    def test_what_may_only_be_empty_says_so(self) -> None:
        """An object is measured in fields."""
        violation = one({"type": "object", "maxProperties": 0}, {"a": 1})
        assert violation.message == 'expected at most 0 fields, found 1 fields: {"a": 1}'

    def test_one_of_several_fields(self) -> None:
        """Where one of two fields must be there, both are named, and the first is the place."""
        schema = {"anyOf": [{"required": ["fileId"]}, {"required": ["file_id"]}]}
        violation = one(schema, {})
        assert violation.path == ("fileId",)
        assert violation.message == "fileId or file_id must be there"
        assert violation.expected == "one of the fields fileId, file_id"

    def test_true_and_false_are_shapes_too(self) -> None:
        """A branch that is no object but a truth value does not disturb."""
        schema = {"anyOf": [False, {"type": "integer", "minimum": 5}]}
        assert one(schema, 3).keyword == "minimum"
        assert find_violations({"anyOf": [False, False]}, 3)

    def test_two_shapes_at_once(self) -> None:
        """A value that fits two shapes where one is wanted has a fault."""
        assert one({"oneOf": [{"type": "integer"}, {"minimum": 0}]}, 3).keyword == "oneOf"


class TestNested:
    """JSON that is text in JSON."""

    SCHEMA = {  # noqa: RUF012 - read alone
        "properties": {
            "n": {
                "contentMediaType": "application/json",
                "contentSchema": {"type": "object", "properties": {"a": {"items": {"minimum": 0}}}},
            }
        }
    }

    def test_the_path_leads_into_it(self) -> None:
        """A fault in nested JSON has the whole way as its path."""
        violation = one(self.SCHEMA, {"n": '{"a": [0, -1]}'})
        assert violation.path == ("n", "a", 1)
        assert violation.found == "-1"

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("extra_params", "a JSON value was expected"),
            ('{"a":\n 1,}', "a comma stands before the closing brace (line 2, column 4"),
            ('{"a": 1, "a": 2}', 'the key "a" stands twice'),
            ("", "the body is empty"),
            ("NaN", "NaN is not JSON"),
            ("{} {}", "more text follows"),
            ("[" * 200, "nested deeper than 128 levels"),
            ("\ufeff{}", "byte order mark"),
            ('"\ud800"', "a lone surrogate"),
        ],
    )
    def test_what_is_no_json_says_why(self, text: str, reason: str) -> None:
        """Text that is no JSON is told with the reader's own reason."""
        violation = one(self.SCHEMA, {"n": text})
        assert violation.path == ("n",)
        assert violation.keyword == "contentSchema"
        assert violation.expected == "JSON text"
        assert reason in violation.message

    def test_an_object_instead_of_text_is_a_matter_of_type(self) -> None:
        """Nested JSON that came as an object is told as the wrong type, and nothing inside it."""
        schema = CONTRACT.callback("zego_rtc/record").schema
        payload = dict(CONTRACT.callback("zego_rtc/record").examples[0].payload)
        payload["extra_params"] = json.loads(payload["extra_params"])
        violation = one(schema, payload)
        assert (violation.path, violation.keyword) == (("extra_params",), "type")
        assert violation.expected == "JSON text (RecordExtraParams)"


def test_faults_come_in_order_of_their_path() -> None:
    """Several faults of one payload are all told, sorted by place."""
    schema = CONTRACT.callback("zego_rtc/transcode_stop").schema
    found = find_violations(schema, {"Event": "transcode_stop", "Sequence": "0", "Nonce": 1})
    paths = [violation.path[0] for violation in found]
    assert paths == sorted(paths)
    assert set(paths) == {
        *("Appid", "Nonce", "Sequence", "Signature", "Status", "StopReason", "TaskId"),
        *("Timestamp", "UserId"),
    }


@pytest.mark.parametrize(
    "value",
    ["\x1b[31m" * 100, "中" * 5000, 10**4299, ["x" * 1000] * 1000],
    ids=["escapes", "text", "number", "list"],
)
def test_what_came_is_cut(value: Any) -> None:
    """However long a value is, its fault is short and printable."""
    violation = one({"enum": [0]}, value)
    assert len(violation.found) <= 80
    assert len(violation.message) <= 120
    assert violation.message.isprintable()
