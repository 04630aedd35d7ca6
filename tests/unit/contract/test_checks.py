"""The small judgements that the checks of a contract are made of."""

from __future__ import annotations

import json

import pytest
from jsonschema.validators import Draft202012Validator

from hookproof.contract_proof.check import sorted_problems
from hookproof.contract_proof.checks.fields import leads_somewhere
from hookproof.contract_proof.checks.nested import admits_string
from hookproof.contract_proof.checks.patterns import pattern_faults
from hookproof.contract_proof.checks.problem import ContractProblem
from hookproof.contract_proof.checks.sites import sites

GOOD_PATTERNS = [
    "^$",
    "^(0|[1-9][0-9]{0,19})$",
    "^[0-9a-f]{40}$",
    "^(?:a|b)+$",
    "^https?://[!-~]+$",
    r"^\[[^\]\\]*\]$",
    r"^[a-z][a-z0-9_\-]*\.mp4$",
    r"^a\|b\/c\$$",
    "^a+?b*?$",
]


@pytest.mark.parametrize("pattern", GOOD_PATTERNS)
def test_pattern_of_the_common_subset_has_no_fault(pattern):
    """Anchored patterns with explicit classes and groups are let pass."""
    assert list(pattern_faults(pattern)) == []


def test_pattern_names_each_fault():
    """All that is wrong with a pattern is said at once."""
    faults = "; ".join(pattern_faults(r"\d.(?=x)\1"))
    assert all(word in faults for word in ("anchored", r"\d", "dot", "(?=", "backreference"))


NEVER_TEXT = [
    False,
    {"type": "object"},
    {"type": ["object", "array", "null"]},
    {"const": 1},
    {"enum": [1, None]},
    {"anyOf": [{"type": "object"}, {"type": "array"}]},
    {"oneOf": [{"type": "object"}, False]},
    {"allOf": [{}, {"type": "object"}]},
    {"type": "string", "enum": [1]},
    {"anyOf": [{"type": "object"}, {"allOf": [{"const": []}, {}]}], "description": "x"},
]
MAYBE_TEXT = [
    True,
    {},
    {"type": "string"},
    {"type": ["object", "string"]},
    {"const": ""},
    {"enum": [1, "x"]},
    {"properties": {"a": {"type": "object"}}},
    {"anyOf": [{"type": "object"}, {"minLength": 1}]},
    {"oneOf": [{"type": "object"}, True]},
    {"allOf": [{"required": ["a"]}]},
    {"type": "string", "minLength": 100},
]


@pytest.mark.parametrize("schema", NEVER_TEXT, ids=json.dumps)
def test_schema_that_refuses_text(schema):
    """Where types, constants or all branches speak against it, no string is admitted."""
    assert not admits_string(schema)
    assert not any(Draft202012Validator(schema).is_valid(text) for text in ("", "x"))


@pytest.mark.parametrize("schema", MAYBE_TEXT, ids=json.dumps)
def test_schema_that_may_admit_text(schema):
    """In doubt a string is taken for admitted."""
    assert admits_string(schema)


INNER = {"properties": {"list": {"type": "array", "items": {"properties": {"deep": {}}}}}}
PAYLOAD = {
    "properties": {
        "a": {},
        "pair": {"prefixItems": [{"properties": {"first": {}}}]},
        "map": {"additionalProperties": {"properties": {"of": {}}}},
        "text": {"anyOf": [{"type": "null"}, {"type": "string", "contentSchema": INNER}]},
        "x/y": {},
    },
    "allOf": [{"if": {}, "then": {"properties": {"later": {}}}}],
}


@pytest.mark.parametrize(
    ("parts", "known"),
    [
        ((), True),
        (("a",), True),
        (("b",), False),
        (("a", "b"), False),
        (("x/y",), True),
        (("pair", "0", "first"), True),
        (("pair", "x"), False),
        (("map", "any", "of"), True),
        (("text", "list"), True),
        (("text", "list", "*", "deep"), True),
        (("text", "list", "12", "deep"), True),
        (("text", "list", "-1", "deep"), False),
        (("text", "list", "deep"), False),
        (("later",), True),
    ],
)
def test_pointer_into_a_payload(parts, known):
    """Pointers go through objects, arrays, branches and nested JSON."""
    assert leads_somewhere(PAYLOAD, parts) is known


def test_sites_are_schemas_and_not_data():
    """Keywords that hold data are not walked; names of properties are no keywords."""
    schema = {
        "properties": {"enum": {"type": "string"}, "$ref": {"not": {"const": 1}}},
        "enum": [{"properties": {"x": {}}}],
        "examples": [{"items": {}}],
        "x-quirks": [{"seen": {"required": ["a"]}}, {"id": "x"}, 1],
        "anyOf": [{"items": True}],
    }
    found = {site.path: site.in_quirk for site in sites(schema)}
    assert found == {
        (): False,
        ("properties", "enum"): False,
        ("properties", "$ref"): False,
        ("properties", "$ref", "not"): False,
        ("x-quirks", 0, "seen"): True,
        ("anyOf", 0): False,
        ("anyOf", 0, "items"): False,
    }


def problem(code: str, file: str, line: int | None, where: str = "") -> ContractProblem:
    """A problem of which only the place matters."""
    return ContractProblem(code, "error", file, line, where, "m", "h")


def test_problems_are_sorted_and_stand_once():
    """File, then line; what concerns a whole file comes first; repetitions go."""
    problems = [problem("HP503", "b", 2), problem("HP502", "a", 9), problem("HP502", "b", None)]
    ordered = sorted_problems([*problems, problems[0]])
    assert [(one.file, one.line) for one in ordered] == [("a", 9), ("b", None), ("b", 2)]


def test_extension_fault_is_left_out_where_the_metaschema_speaks():
    """A value of the wrong type is one problem, not one for each schema that it breaks."""
    problems = [problem("HP508", "a", 3, "/type"), problem("HP502", "a", 3, "/type")]
    assert [one.code for one in sorted_problems(problems)] == ["HP502"]
    assert len(sorted_problems([problem("HP508", "a", 3), problem("HP502", "a", 3, "/x")])) == 2
