"""A compiled schema says what the reference says, and finds a fault wherever it says no."""

from __future__ import annotations

import copy
import json
from functools import cache
from random import Random
from typing import Any, ClassVar

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hookproof.contract import Contract
from hookproof.errors import ContractError
from hookproof.payload.decode import decode
from hookproof.schema.compiled_schema import CompiledSchema
from hookproof.schema.reference import ReferenceValidator
from hookproof.schema.violations import find_violations, violations_of

CONTRACT = Contract()
CALLBACKS = CONTRACT.names()
# Of all callbacks together: what is held to is the judges, whatever they are asked about.
MUTATIONS = 20_000

ODD_VALUES: list[Any] = [
    *(None, True, False, 0, 1, -1, 2, 3, 0.5, 1.0, -0.0, 1e30),
    *(2**31, 2**32 - 1, 2**32, 2**53 + 1, 2**63 - 1, 2**63, 2**64 - 1, 2**64, 10**30, -(10**30)),
    *("", "0", "1", "01", "-1", "1.0", "1481597358", "1481597358000", "99999999999", "a", " 1"),
    *("1\n", "\uff11", "\n", "\x00", "中", "😀" * 64, "直" * 86, "é" * 512, "a" * 256, "a" * 1025),
    *("compose", "record", "SUCCESS", "FAILED", "TranscodeStarted", "40000", "f" * 40, "F" * 40),
    *("{}", "[]", "null", '""', "extra_params", '{"media":', '{"media":{"transcode":[]}}'),
    *('{"Duration":1,"PersistentId":"x"}', '{"Duration":1,"PersistentId":"x","FileSize":-1}'),
    *('{"a":1,"a":2}', "[1e400]", '"\\ud800"', '{"Duration":NaN,"PersistentId":"x"}'),
    *([], {}, [1], [[]], {"a": 1}, {"code": "0"}, [{"code": "0"}], {"SeqNo": 0, "FileName": "x"}),
]


def test_a_fault_below_a_name_of_digits() -> None:
    """The validator tells such names as numbers; the finding names them as they are."""
    judge = CompiledSchema({"additionalProperties": {"type": "string"}})
    for name in ("0", "7", "007", "+7", "\u00b2", "++7", "18446744073709551615"):
        payload = {"x": "", "-7": "", name: 1}
        assert [found.path for found in violations_of(judge, payload)] == [(name,)]


NAMES = ["file_id", "fileId", "extra_params", "code", "message", "x", "", "media", "size"]
TEXT_CHANGES = [
    lambda text: text + "\n",
    lambda text: "\n" + text,
    lambda text: text + " ",
    lambda text: text[:-1],
    lambda text: text[1:],
    str.upper,
    lambda text: text * 2,
    lambda text: text.replace("1", "\uff11"),
    lambda text: text + "中" * 300,
    json.dumps,
]


@cache
def judge(name: str) -> CompiledSchema:
    """The compiled judge of a callback."""
    return CompiledSchema(CONTRACT.callback(name).schema)


@cache
def reference(name: str) -> Any:
    """The reference for a callback."""
    return ReferenceValidator(CONTRACT.callback(name).schema)


def agree(name: str, payload: Any) -> bool:
    """Whether the compiled schema, its violations and the reference say the same of a payload."""
    accepted = judge(name).accepts(payload)
    told = violations_of(judge(name), payload) == []
    return accepted is told and accepted is reference(name).is_valid(payload)


def accepts(schema: Any, value: Any) -> bool:
    """Whether a value fits a schema; all that judge it must say so."""
    accepted = CompiledSchema(schema).accepts(value)
    assert accepted is ReferenceValidator(schema).is_valid(value)
    assert accepted is (find_violations(schema, value) == [])
    return accepted


def places(node: Any) -> list[tuple[Any, Any]]:
    """Every holder and key of a payload, at all levels."""
    items = list(node.items()) if isinstance(node, dict) else list(enumerate(node))
    found = [(node, key) for key, _ in items]
    for _, value in items:
        if isinstance(value, dict | list):
            found += places(value)
    return found


def change(payload: Any, dice: Random) -> None:
    """Change one place of a payload: take it away, replace it, add beside it, alter its text."""
    holder, key = dice.choice(places(payload))
    value = holder[key]
    nested = decode(value.encode()).value if isinstance(value, str) else None
    kinds = ["remove", "replace", "replace", "add"]
    kinds += ["text"] if isinstance(value, str) else []
    kinds += ["nested"] * 3 if isinstance(nested, dict) and nested else []
    match dice.choice(kinds):
        case "remove":
            del holder[key]
        case "replace":
            holder[key] = copy.deepcopy(dice.choice(ODD_VALUES))
        case "add" if isinstance(holder, dict):
            holder[dice.choice(NAMES)] = copy.deepcopy(dice.choice(ODD_VALUES))
        case "add":
            holder.append(copy.deepcopy(dice.choice(ODD_VALUES)))
        case "text":
            holder[key] = dice.choice(TEXT_CHANGES)(value)
        case "nested":
            change(nested, dice)
            holder[key] = json.dumps(nested, ensure_ascii=dice.random() < 0.5)


def mutated(name: str, dice: Random) -> Any:
    """An example of a callback with one to three changes, into nested JSON too."""
    payload = copy.deepcopy(dice.choice(CONTRACT.callback(name).examples).payload)
    for _ in range(dice.randint(1, 3)):
        if places(payload):
            change(payload, dice)
    return payload


def test_both_sides_agree_on_mutated_examples() -> None:
    """Of mutated examples of each callback, the fast side accepts those without a violation."""
    accepted, each = 0, MUTATIONS // len(CALLBACKS)
    for name in CALLBACKS:
        dice = Random(name)
        for payload in (mutated(name, dice) for _ in range(each)):
            assert agree(name, payload), (name, payload)
            accepted += judge(name).accepts(payload)
    assert MUTATIONS / 20 < accepted < MUTATIONS * 19 / 20


def test_every_example_is_accepted() -> None:
    """Both sides accept each example of the contract."""
    for name, chosen in ((n, one) for n in CALLBACKS for one in CONTRACT.callback(n).examples):
        assert judge(name).accepts(chosen.payload), (name, chosen.name)
        assert agree(name, chosen.payload), (name, chosen.name)


def test_both_sides_agree_on_what_is_no_callback() -> None:
    """A value that is no callback at all is refused by both sides."""
    for name in CALLBACKS:
        accepted = [value for value in ODD_VALUES if judge(name).accepts(value)]
        disputed = [value for value in ODD_VALUES if not agree(name, value)]
        assert (accepted, disputed) == ([], []), name


JSON_TEXT = {"type": "string", "contentMediaType": "application/json"}
NUMBER_TEXT = {**JSON_TEXT, "contentSchema": {"type": "number"}}
SHORT = {"type": "string", "x-max-bytes": 3}


class TestEveryPlace:
    """Nested JSON and byte lengths are asserted wherever a schema may put them."""

    PLACES: ClassVar = {
        "root": (lambda s: s, lambda v: v),
        "properties": (lambda s: {"properties": {"a": s}}, lambda v: {"a": v}),
        "items": (lambda s: {"items": s}, lambda v: ["1", v][1:]),
        "later-items": (lambda s: {"prefixItems": [True], "items": s}, lambda v: [0, v]),
        "prefix-items": (lambda s: {"prefixItems": [True, s]}, lambda v: [0, v]),
        "all-of": (lambda s: {"allOf": [True, s]}, lambda v: v),
        "any-of": (lambda s: {"anyOf": [{"type": "null"}, s]}, lambda v: v),
        "one-of": (lambda s: {"oneOf": [{"type": "null"}, s]}, lambda v: v),
        "then": (lambda s: {"if": True, "then": s}, lambda v: v),
        "else": (lambda s: {"if": False, "else": s}, lambda v: v),
        "if": (lambda s: {"if": s, "else": False}, lambda v: v),
        "double-not": (lambda s: {"not": {"not": s}}, lambda v: v),
        "contains": (lambda s: {"contains": s}, lambda v: [v]),
        "additional": (lambda s: {"additionalProperties": s}, lambda v: {"a": v}),
        "by-pattern": (lambda s: {"patternProperties": {"^a": s}}, lambda v: {"a": v}),
        "names": (lambda s: {"propertyNames": s}, lambda v: {v: 0}),
        "dependent": (
            lambda s: {"dependentSchemas": {"a": {"properties": {"a": s}}}},
            lambda v: {"a": v},
        ),
        "unevaluated": (lambda s: {"unevaluatedProperties": s}, lambda v: {"a": v}),
        "deep": (lambda s: {"properties": {"a": {"items": {"anyOf": [s]}}}}, lambda v: {"a": [v]}),
    }
    places = pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())

    @places
    @pytest.mark.parametrize(
        ("inner", "good", "bad"),
        [
            pytest.param(NUMBER_TEXT, "1", '"1"', id="content"),
            pytest.param(NUMBER_TEXT, "1", "1 2", id="not-json"),
            pytest.param(NUMBER_TEXT, "1", "NaN", id="nan"),
            pytest.param(SHORT, "中", "中文", id="bytes"),
            pytest.param({**JSON_TEXT, "contentSchema": NUMBER_TEXT}, '"1"', '"x"', id="twice"),
            pytest.param({**JSON_TEXT, "contentSchema": SHORT}, '"中"', '"中文"', id="bytes-in-it"),
        ],
    )
    def test_it_is_asserted(self, place: Any, inner: Any, good: str, bad: str) -> None:
        """A value that fits is accepted, one that does not is refused, by both sides."""
        schema_of, value_of = place
        schema = schema_of(inner)
        for text, wanted in ((good, True), (bad, False)):
            assert accepts(schema, value_of(text)) is wanted

    @places
    def test_names_are_no_keywords(self, place: Any) -> None:
        """A property that is called like a keyword of ours is a property."""
        schema_of, value_of = place
        inner = {"properties": {"contentSchema": {"type": "integer"}, "x-max-bytes": SHORT}}
        schema = schema_of({"anyOf": [{"type": "string"}, inner]})
        assert CompiledSchema(schema).accepts(value_of("text"))


class TestWidening:
    """Where an assertion refuses, the schema around it may accept."""

    FIVE_TEXT: ClassVar = {**JSON_TEXT, "contentSchema": {"minimum": 5}}
    NONE_OF_THEM: ClassVar = {"minContains": 0, "maxContains": 0}

    @pytest.mark.parametrize(
        ("schema", "value", "fits"),
        [
            ({"not": SHORT}, "中", False),
            ({"not": SHORT}, "中文", True),
            ({"not": NUMBER_TEXT}, "1", False),
            ({"not": NUMBER_TEXT}, "x", True),
            ({"if": SHORT, "then": False}, "中文", True),
            ({"if": SHORT, "then": False}, "中", False),
            ({"contains": SHORT, **NONE_OF_THEM}, ["中文"], True),
            ({"contains": SHORT, **NONE_OF_THEM}, ["中"], False),
            ({"oneOf": [NUMBER_TEXT, FIVE_TEXT]}, "1", True),
            ({"oneOf": [NUMBER_TEXT, FIVE_TEXT]}, "7", False),
            ({"oneOf": [NUMBER_TEXT, FIVE_TEXT]}, '"x"', True),
            ({"oneOf": [NUMBER_TEXT, FIVE_TEXT]}, "[", False),
            ({"properties": {"a": {"anyOf": [{"not": SHORT}]}}}, {"a": "中文"}, True),
            ({"allOf": [{"properties": {"a": {"not": NUMBER_TEXT}}}]}, {"a": "x"}, True),
        ],
    )
    def test_both_sides_say_so(self, schema: dict[str, Any], value: Any, *, fits: bool) -> None:
        """An assertion of ours counts inside `not`, `if`, `contains` and `oneOf` as any other."""
        assert accepts(schema, value) is fits


@pytest.mark.parametrize("data", ["const", "enum", "examples", "default"])
def test_data_is_no_schema(data: str) -> None:
    """What looks like an assertion of ours inside data is data."""
    value = {"contentSchema": False, "contentMediaType": "application/json", "x-max-bytes": 0}
    schema = {data: [value] if data in {"enum", "examples"} else value}
    assert accepts(schema, value)


@pytest.mark.parametrize(
    "schema", [{"contentSchema": False}, {"contentSchema": False, "contentMediaType": "text/html"}]
)
def test_content_of_other_types_is_not_asserted(schema: dict[str, Any]) -> None:
    """Only JSON is looked into; the schema of another media type is an annotation."""
    assert accepts(schema, "x")


@pytest.mark.parametrize("value", [7, None, ["x"], {"a": 1}])
def test_what_is_no_text_has_no_content(value: Any) -> None:
    """Nested JSON and byte lengths speak of texts alone."""
    schema = {**NUMBER_TEXT, **SHORT}
    del schema["type"]
    assert accepts(schema, value)


def test_a_format_is_not_asserted() -> None:
    """A format is an annotation on both sides: placeholders of the pages are no URIs."""
    assert accepts({"format": "uri"}, "not a uri")


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "integr"},
        {"pattern": "("},
        {"properties": {"a": {"minLength": "1"}}},
        {"contentMediaType": "application/json", "contentSchema": {"type": "x"}},
        {"x-max-bytes": "3"},
    ],
)
def test_what_is_no_schema_is_a_contract_error(schema: dict[str, Any]) -> None:
    """A schema that cannot be compiled is named as our error, not as a crash."""
    with pytest.raises(ContractError):
        CompiledSchema(schema)


@given(st.text(max_size=40))
@settings(max_examples=500, derandomize=True, database=None, deadline=None)
@example("\ud800")
@example('{"a": "\ud800"}')
def test_no_text_raises(text: str) -> None:
    """Whatever a text holds, both sides answer, and alike."""
    schema = {"properties": {"a": {**NUMBER_TEXT, **SHORT}}}
    accepts(schema, {"a": text})
