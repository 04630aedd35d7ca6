"""References are replaced by what they point to, within bounds."""

from __future__ import annotations

import json

import pytest

from hookproof.contract.references import _ANNOTATIONS, References
from hookproof.errors import ContractError


@pytest.fixture
def expand(tmp_path):
    """Writes schemas to files, and expands the first."""

    def expand_files(**schemas):
        for name, schema in schemas.items():
            (tmp_path / f"{name}.json").write_text(json.dumps(schema))
        label = lambda file: file.name  # noqa: E731 - a name as messages have it
        return References(label=label).expand(tmp_path / f"{next(iter(schemas))}.json")

    return expand_files


def test_target_of_another_file_is_put_in(expand):
    """A reference to a file, and from there to a definition of that file, is followed."""
    b = {"properties": {"c": {"$ref": "#/$defs/C"}}, "$defs": {"C": {"type": "string"}}}
    assert expand(a={"items": {"$ref": "b.json"}}, b=b) == {
        "items": {"properties": {"c": {"type": "string"}}}
    }


def test_annotations_beside_a_reference_win(expand):
    """A description beside a reference replaces that of the target."""
    b = {"type": "string", "description": "any"}
    a = {"items": {"$ref": "b.json", "description": "this"}}
    assert expand(a=a, b=b)["items"] == {"type": "string", "description": "this"}


def test_properties_beside_a_reference_may_be_named_like_keywords(expand):
    """Names of the payload stay names, whatever keyword they look like."""
    names = {"$defs": {"type": "string"}, "$ref": {"type": "integer"}}
    a = {"$ref": "b.json", "properties": names, "$defs": {"X": {}}}
    expanded = expand(a=a, b={"type": "object"})
    assert expanded == {"properties": names, "allOf": [{"type": "object"}]}


def test_what_is_required_beside_a_reference_is_kept(expand):
    """An allOf beside a reference and the target both hold, for a schema needs all of them."""
    a = {"$ref": "b.json", "allOf": [{"required": ["x"]}, {"minProperties": 2}]}
    wanted = [{"required": ["x"]}, {"minProperties": 2}, {"type": "object"}]
    assert expand(a=a, b={"type": "object"}) == {"allOf": wanted}


@pytest.mark.parametrize("beside", [{}, {"description": "this"}, {"required": ["x"]}])
def test_a_target_may_be_a_boolean(expand, beside):
    """Beside what takes everything the rest still holds, and nothing saves what takes nothing."""
    parts = {"$defs": {"all": True, "none": False}}
    for name, wanted in (("all", beside or True), ("none", False)):
        a = {"not": {"$ref": f"#/$defs/{name}", **beside}, **parts}
        assert expand(a=a) == {"not": wanted}


def test_data_is_left_alone(expand):
    """The word "$ref" in an example is a word."""
    a = {"examples": [{"$ref": "#/nowhere"}], "const": {"$ref": "nowhere.json"}}
    assert expand(a=a) == a


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("#Name", "names an anchor"),
        ("#/$defs/Nope", "points to nothing"),
        ("#/items/0", "points to nothing"),
        ("nope.json", "cannot be read"),
        ("https://example.com/x.json", "leaves the contract"),
        ("/etc/hostname", "leaves the contract"),
        ("a\x00b", "leaves the contract"),
        ("#", "leads back to itself"),
        ("../x/../{}/a.json", "leads back to itself"),
    ],
)
def test_unusable_reference_is_a_contract_error(expand, tmp_path, ref, words):
    """The error names the file, the reference and what is wrong with it."""
    with pytest.raises(ContractError, match=words) as caught:
        expand(a={"items": {"$ref": ref.format(tmp_path.name)}})
    assert caught.value.file in {"a.json", "nope.json"}


def test_fan_out_is_refused(expand):
    """Ten definitions that each refer ten times to the next are not unfolded."""
    definitions = {
        f"D{i}": {"properties": {str(j): {"$ref": f"#/$defs/D{i + 1}"} for j in range(10)}}
        for i in range(10)
    }
    a = {"$ref": "#/$defs/D0", "$defs": {**definitions, "D10": {}}}
    with pytest.raises(ContractError, match="unfold to more than"):
        expand(a=a)


def test_the_limit_is_that_of_one_schema(tmp_path):
    """So many schemas are taken, one more is not, and what was expanded before does not count."""
    references, most = References(), 50_000
    for _ in range(2):
        assert references.expand_node([{}] * most, tmp_path) == [{}] * most
        with pytest.raises(ContractError, match="unfold to more than 50,000 schemas"):
            references.expand_node([{}] * (most + 1), tmp_path)


def test_endless_chain_is_refused(expand):
    """A chain that is deeper than the stack is an error of the contract."""
    definitions = {f"D{i}": {"$ref": f"#/$defs/D{i + 1}"} for i in range(3000)}
    with pytest.raises(ContractError, match="nest too deep"):
        expand(a={"$ref": "#/$defs/D0", "$defs": {**definitions, "D3000": {}}})


def test_budget_is_for_one_schema(expand, tmp_path):
    """A large contract is no large schema: the count begins anew with each."""
    wide = {"properties": {str(i): {"type": "string"} for i in range(30_000)}}
    (tmp_path / "wide.json").write_text(json.dumps(wide))
    references = References()
    for _ in range(3):
        assert references.expand(tmp_path / "wide.json") == wide


def test_marks_beside_a_reference_leave_the_target_as_it_is(expand):
    """What the value is of the customer's account judges nothing, so no shape is lost by it."""
    b = {"type": "string", "pattern": "^[0-9]+$"}
    a = {"items": {"$ref": "b.json", "x-account": "app"}}
    assert expand(a=a, b=b)["items"] == {**b, "x-account": "app"}
    marks = dict.fromkeys(_ANNOTATIONS, "x")
    assert expand(a={"items": {"$ref": "b.json", **marks}}, b=b)["items"] == {**b, **marks}
