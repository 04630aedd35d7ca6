"""Each check of a contract finds its defect, in the right file and line, and nothing else."""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from contract.defect import (
    COMPOSE,
    DECIMAL,
    GME,
    GME_YAML,
    RECORD,
    RTC_YAML,
    SCHEMAS,
    SHIPPED,
    TRANSCODE,
    shipped,
)
from contract.defects_in_documents import DOCUMENT_DEFECTS
from contract.defects_in_schemas import EXAMPLE_DEFECTS, SCHEMA_DEFECTS
from jsonschema.validators import Draft202012Validator

from hookproof.contract import Contract
from hookproof.contract.files import ContractFiles
from hookproof.contract_proof.check import check_contract
from hookproof.contract_proof.checks import openapi
from hookproof.contract_proof.checks.form import is_sound
from hookproof.contract_proof.examples import check_examples
from hookproof.errors import DependencyMissing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from contract.defect import Defect

    from hookproof.contract_proof.check import ContractProblem


@pytest.fixture(scope="module", autouse=True)
def _a_document_is_validated_once() -> Iterator[None]:
    """The validator of OpenAPI takes most of the time, and a defect is in one document at most."""
    known: dict[str, Any] = {}
    validate = openapi.errors_of

    def errors_of(value: dict[str, Any]) -> Any:
        key = repr(value)
        if key not in known:
            known[key] = validate(value)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(openapi, "errors_of", errors_of)
        yield


@pytest.fixture
def contract(tmp_path: Path) -> ContractFiles:
    """A copy of six shipped callbacks, to spoil."""
    shutil.copytree(SHIPPED / "schemas" / "common", tmp_path / "schemas" / "common")
    for file in (*SCHEMAS, RTC_YAML, GME_YAML):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(shipped(file))
    return ContractFiles(tmp_path / "schemas", tmp_path / "openapi")


def check_one(
    check: Callable[[ContractFiles], list[ContractProblem]],
    contract: ContractFiles,
    defect: Defect,
) -> None:
    """Spoil the contract, and hold the check to the one problem that is expected."""
    root = contract.schemas.parent
    defect.spoil(root)
    problems = check(contract)
    found = {(p.code, p.severity, p.file, p.line) for p in problems}
    assert found == {defect.expected(root)}, [str(p) for p in problems]
    assert all(p.message and p.hint for p in problems)


def name(defect: Defect) -> str:
    """The id of a defect's test."""
    return f"{defect.code}-{defect.name}"


@pytest.mark.parametrize("defect", SCHEMA_DEFECTS, ids=name)
def test_defect_in_a_schema_is_found_in_its_line(contract, defect):
    """One defect in a schema gives one kind of problem, at its file and line."""
    check_one(check_contract, contract, defect)


@pytest.mark.parametrize("defect", DOCUMENT_DEFECTS, ids=name)
def test_defect_in_a_document_is_found_in_its_line(contract, defect):
    """One defect in a document gives one kind of problem, at its file and line."""
    check_one(check_contract, contract, defect)


@pytest.mark.parametrize("defect", EXAMPLE_DEFECTS, ids=name)
def test_defect_of_an_example_is_found_in_its_line(contract, defect):
    """What only a validator sees is found in its line, and is no structural problem."""
    check_one(check_examples, contract, defect)
    assert check_contract(contract) == []


def codes(contract: ContractFiles) -> set[tuple[str, str]]:
    """Codes and files of all problems."""
    return {(problem.code, problem.file) for problem in check_contract(contract)}


def edit(file: Path, change: Callable[[Any], object]) -> None:
    """Change the value of a JSON file."""
    value = json.loads(file.read_text())
    change(value)
    file.write_text(json.dumps(value, indent=2))


def test_truncated_json_names_its_last_line(contract, tmp_path):
    """A file that was cut off is unreadable, at the line where it ends."""
    text = (tmp_path / RECORD).read_text()[:2000]
    (tmp_path / RECORD).write_text(text)
    (problem,) = check_contract(contract)
    assert (problem.code, problem.file) == ("HP501", RECORD)
    assert problem.line == text.count("\n") + 1


@pytest.mark.parametrize("raw", [b"", b" \n", bytes(range(256)), b"{" * 200])
@pytest.mark.parametrize("file", [RECORD, GME_YAML, DECIMAL])
def test_file_that_is_no_text_is_one_problem(contract, tmp_path, file, raw):
    """Empty, binary and foreign files are each one problem of that file."""
    (tmp_path / file).write_bytes(raw)
    (problem,) = check_contract(contract)
    assert problem.file == file
    assert problem.code in {"HP501", "HP509"}
    assert "\n" not in problem.message


@pytest.mark.parametrize(("file", "code"), [(RECORD, "HP502"), (GME_YAML, "HP509")])
def test_file_that_holds_no_object_is_one_problem(contract, tmp_path, file, code):
    """A list where an object belongs is refused, and hides no other file."""
    (tmp_path / file).write_text("[1]")
    (tmp_path / DECIMAL).write_text("{")
    assert codes(contract) == {(code, file), ("HP501", DECIMAL)}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_without_permission_is_one_problem(contract, tmp_path):
    """A file that may not be read is named."""
    (tmp_path / RECORD).chmod(0)
    assert codes(contract) == {("HP501", RECORD)}


def test_folder_with_the_name_of_a_schema_is_unreadable(contract, tmp_path):
    """A folder `<event>.json` is no schema, and has no webhook."""
    (tmp_path / "schemas/zego_rtc/x.json").mkdir()
    assert codes(contract) == {
        ("HP501", "schemas/zego_rtc/x.json"),
        ("HP510", "schemas/zego_rtc/x.json"),
    }


def test_loop_of_symbolic_links_is_unreadable(contract, tmp_path):
    """A link to itself is a file that cannot be read, also behind a reference."""
    (tmp_path / "schemas/common/loop.json").symlink_to("loop.json")
    edit(tmp_path / GME, lambda v: v["properties"].update(x={"$ref": "../common/loop.json"}))
    assert codes(contract) == {("HP501", "schemas/common/loop.json")}


def test_all_broken_references_of_all_files_are_listed(contract, tmp_path):
    """One broken reference does not hide the next, in the same file or another."""
    for file in (RECORD, COMPOSE):
        text = (tmp_path / file).read_text()
        (tmp_path / file).write_text(text.replace("decimal_string", "a").replace("nonce_", "b"))
    problems = check_contract(contract)
    assert {p.code for p in problems} == {"HP503"}
    assert [p.file for p in problems] == [COMPOSE] * 3 + [RECORD] * 2
    assert [p.line for p in problems] == sorted(p.line for p in problems[:3]) + sorted(
        p.line for p in problems[3:]
    )


def test_nothing_is_fetched(contract, tmp_path, monkeypatch):
    """References to other hosts, in schemas and documents, open no connection."""

    def refuse(*_: object) -> None:
        pytest.fail("a connection was opened")

    monkeypatch.setattr("socket.socket.connect", refuse)
    remote = "http://127.0.0.1:9/x.json"
    text = (tmp_path / GME_YAML).read_text()
    text = text.replace("2XX: {description", f"200: {{$ref: {remote}}}\n        2XX: {{description")
    (tmp_path / GME_YAML).write_text(text.replace("200:", '"200":'))
    edit(tmp_path / DECIMAL, lambda v: v.update({"$defs": {"X": {"title": "X", "$ref": remote}}}))
    assert codes(contract) == {("HP503", DECIMAL), ("HP503", GME_YAML)}


def test_every_reference_of_a_circle_is_listed(contract, tmp_path):
    """A circle over two files is reported at each of its references."""
    nonce = "schemas/common/nonce_string.json"
    for file, other in ((DECIMAL, nonce), (nonce, DECIMAL)):
        text = (tmp_path / file).read_text()
        ref = f'"$ref": "{other.rpartition("/")[2]}"'
        (tmp_path / file).write_text(text.replace('"type": "string"', ref))
    assert codes(contract) == {("HP503", DECIMAL), ("HP503", nonce)}


def test_example_that_is_no_object(contract, tmp_path):
    """The payload of a callback is an object, and so is its example."""
    edit(tmp_path / GME, lambda v: v["examples"].__setitem__(0, [1]))
    problems = check_contract(contract)
    assert [(p.code, p.file, p.where) for p in problems] == [("HP505", GME, "/examples/0")]


def test_nested_json_behind_a_reference_under_then(contract, tmp_path):
    """What stands under a condition is followed through references."""

    def hide(value: Any) -> None:
        value["$defs"]["X"] = {"title": "X", "properties": {"y": {"$ref": "#/$defs/Y"}}}
        value["$defs"]["Y"] = {"title": "Y", **value["properties"]["extra_params"]}
        value["$defs"]["GmeLike"] = {"title": "GmeLike", "then": {"$ref": "#/$defs/X"}}

    edit(tmp_path / RECORD, hide)
    problems = check_contract(contract)
    where = [(p.code, p.where) for p in problems]
    assert where == [("HP504", "/$defs/GmeLike/then/$ref")], problems


def test_reference_through_many_steps_is_no_circle(contract, tmp_path):
    """Two ways to one definition, and a definition used in another, are fine."""

    def nest(value: Any) -> None:
        detail = value["$defs"]["GmeRecordingDetail"]
        detail["properties"]["At"] = {"$ref": "../common/unix_seconds.json"}
        value["properties"]["Other"] = {"$ref": "#/$defs/GmeRecordingDetail"}

    edit(tmp_path / GME, nest)
    assert check_contract(contract) == []


def test_references_that_fan_out_end_in_time(contract, tmp_path):
    """Definitions that unfold to a million million schemas are refused, not unfolded."""

    def fan(value: Any) -> None:
        for level in range(12):
            refs = {f"p{i}": {"$ref": f"#/$defs/F{level + 1}"} for i in range(10)}
            value["$defs"][f"F{level}"] = {"title": f"F{level}", "properties": refs}
        value["$defs"]["F12"] = {"title": "F12", "type": "string"}
        value["properties"]["f"] = {"$ref": "#/$defs/F0"}

    edit(tmp_path / GME, fan)
    assert codes(contract) == {("HP503", GME)}
    assert check_examples(contract) == []


@pytest.mark.parametrize("depth", [60, 120, 400, 5000])
def test_deep_schema_never_exhausts_the_stack(contract, tmp_path, depth):
    """A schema of any depth gives problems or none, and no exception."""
    deep = '{"items":' * depth + "{}" + "}" * depth
    text = (tmp_path / GME).read_text()
    (tmp_path / GME).write_text(text.replace('"properties": {', f'"properties": {{"x": {deep},', 1))
    check_contract(contract)
    check_examples(contract)


def ten_fold(first: str, layer: str) -> str:
    """YAML in which each of nine lines refers ten times to the one before."""
    lines = [f"x-0: &a0 {first}"]
    for level in range(1, 10):
        aliases = ", ".join([f"*a{level - 1}"] * 10)
        lines.append(f"x-{level}: &a{level} {layer.replace('…', aliases)}")
    return "\n".join([*lines, ""])


YAML_BOMBS = {
    "aliases": ten_fold("[1]", "[…]"),
    "merges": ten_fold("{k: 1}", "{<<: […]}"),
    "itself": "x-a: &a [*a]\n",
    "depth": "x-a: " + "[" * 100_000 + "]" * 100_000,
}


@pytest.mark.parametrize("bomb", YAML_BOMBS)
def test_yaml_bomb_is_refused_at_its_line(contract, tmp_path, bomb):
    """YAML that is built to exhaust its reader is one problem."""
    with (tmp_path / GME_YAML).open("a") as file:
        file.write(YAML_BOMBS[bomb])
    (problem,) = check_contract(contract)
    assert (problem.code, problem.file) == ("HP501", GME_YAML)
    assert problem.line is not None


def test_both_folders_empty_is_a_contract_of_nothing(tmp_path):
    """A contract without any callback says so."""
    files = ContractFiles(tmp_path / "schemas", tmp_path / "openapi")
    files.schemas.mkdir()
    files.openapi.mkdir()
    assert codes(files) == {("HP510", "schemas")}


@pytest.mark.parametrize("part", ["schemas", "openapi"])
def test_missing_folder_is_one_problem(contract, tmp_path, part):
    """A contract without schemas/ or openapi/ is told so, without a flood of consequences."""
    shutil.rmtree(tmp_path / part)
    assert codes(contract) == {("HP501", part)}


def test_empty_schemas_leave_documents_without_folder(contract, tmp_path):
    """Documents whose schemas are all gone are each named."""
    shutil.rmtree(tmp_path / "schemas")
    (tmp_path / "schemas").mkdir()
    assert codes(contract) == {
        (code, f"openapi/{file.name}")
        for code in ("HP503", "HP510")
        for file in (tmp_path / "openapi").glob("*.yaml")
    }


def test_area_without_document(contract, tmp_path):
    """A folder of schemas needs its document."""
    (tmp_path / GME_YAML).unlink()
    assert codes(contract) == {("HP510", "schemas/tencent_gme")}


def test_area_without_schemas(contract, tmp_path):
    """A folder without a schema describes nothing."""
    (tmp_path / "schemas/acme").mkdir()
    assert codes(contract) == {("HP510", "schemas/acme")}


def test_schema_without_webhook(contract, tmp_path):
    """An event file that no document names is found."""
    text = (tmp_path / COMPOSE).read_text().replace("ComposeCallback", "OtherCallback")
    (tmp_path / "schemas/zego_rtc/other.json").write_text(text)
    assert codes(contract) == {("HP510", "schemas/zego_rtc/other.json")}


def test_webhook_without_schema(contract, tmp_path):
    """A webhook that no event file describes is found, in its line."""
    text = (tmp_path / GME_YAML).read_text()
    start = text.index("  tencent_gme/recording:")
    webhook = text[start : text.index("  tencent_gme/voice_moderation:")]
    other = webhook.replace("tencent_gme/recording", "tencent_gme/deleted")
    other = other.replace("tencent_gme_recording", "other").replace("&recording-2024", "&other")
    other = other.replace("[1, 2, 3]", "[4]")
    (tmp_path / GME_YAML).write_text(text.replace("components:", f"{other}components:"))
    (problem,) = check_contract(contract)
    assert (problem.code, problem.where) == ("HP510", "/webhooks/tencent_gme~1deleted")


@pytest.mark.parametrize("event", ["import", "Upper", "two-words", "1st", ".hidden"])
def test_event_that_cannot_name_a_module(contract, tmp_path, event):
    """An event's name becomes a module's, so it has to be able to."""
    (tmp_path / TRANSCODE).rename(tmp_path / f"schemas/zego_rtc/{event}.json")
    text = (tmp_path / RTC_YAML).read_text().replace("zego_rtc/transcode_stop", f"zego_rtc/{event}")
    (tmp_path / RTC_YAML).write_text(text)
    assert codes(contract) == {("HP510", f"schemas/zego_rtc/{event}.json")}


@pytest.mark.parametrize("file", ["schemas/x.json", "schemas/zego_rtc/a/x.json", "openapi/x.yml"])
def test_file_that_nothing_reads(contract, tmp_path, file):
    """A file in the wrong place or of the wrong name does not pass in silence."""
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text("{}")
    assert codes(contract) == {("HP510", file)}


def test_title_taken_in_another_file_names_the_other(contract, tmp_path):
    """Two files with one title are reported at the second, with the place of the first."""
    text = (tmp_path / DECIMAL).read_text()
    (tmp_path / DECIMAL).write_text(text.replace("DecimalString", "NonceString"))
    (problem,) = check_contract(contract)
    assert (problem.code, problem.file) == ("HP506", "schemas/common/nonce_string.json")
    assert f"{DECIMAL}:3" in problem.message


def test_problems_come_by_file_and_line(contract, tmp_path):
    """The list is sorted as one reads the files."""
    for file in (RECORD, COMPOSE, GME):
        text = (tmp_path / file).read_text()
        (tmp_path / file).write_text(text.replace('"description"', '"descripton"'))
    problems = check_contract(contract)
    places = [(problem.file, problem.line) for problem in problems]
    assert places == sorted(places)
    assert len(places) > 30


def test_problem_reads_like_a_compilers_line(contract, tmp_path):
    """`str()` of a problem is file, line, severity, code and message."""
    (tmp_path / RECORD).write_text("{")
    (problem,) = check_contract(contract)
    assert str(problem).startswith(f"{RECORD}:1: error HP501: ")


def test_missing_validator_names_the_extra(contract, monkeypatch):
    """Without openapi-spec-validator the check cannot be done, and says what to install."""
    monkeypatch.setitem(sys.modules, "openapi_spec_validator", None)
    with pytest.raises(DependencyMissing, match=r"hookproof\[contract\]"):
        check_contract(contract)


CHANGES = (None, True, 0, -1, 1.5, "", "x", [], {}, [None], [False], {"$ref": "#"}, {"x": None})


def slots(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place of a value: its container and its key or index."""
    keys = value if isinstance(value, dict) else range(len(value) if isinstance(value, list) else 0)
    for key in keys:
        yield value, key
        yield from slots(value[key])


def spoil(value: Any, chance: random.Random) -> str:
    """Take one member away, or put something else there."""
    container, key = chance.choice(list(slots(value)))
    if chance.random() < 0.4:
        del container[key]
        return f"without {key!r}"
    container[key] = chance.choice(CHANGES)
    return f"{key!r} is {container[key]!r}"


@pytest.mark.parametrize("seed", range(10))
def test_no_change_of_a_file_raises(contract, tmp_path, seed):
    """Whatever is missing or of another type, a check gives problems or none."""
    chance = random.Random(seed)
    files = sorted([*contract.schemas.rglob("*.json"), *contract.openapi.glob("*.yaml")])
    for _ in range(8):
        file = chance.choice(files)
        text = file.read_text()
        value = json.loads(json.dumps(yaml.safe_load(text)))
        what = spoil(value, chance)
        file.write_text(json.dumps(value))
        try:
            problems = [*check_contract(contract), *check_examples(contract)]
        except Exception as error:  # noqa: BLE001 - the point of the test
            pytest.fail(f"{file.name}: {what}: {error!r}")
        assert all(p.message and p.hint and p.file for p in problems), what
        file.write_text(text)


def test_the_compiled_rules_of_json_schema_are_those_of_the_reference():
    """What is not looked at a second time is what the reference finds nothing in."""
    chance, reference = random.Random(7), Draft202012Validator(Draft202012Validator.META_SCHEMA)
    faulty = 0
    for _ in range(80):
        schema = json.loads(shipped(chance.choice(SCHEMAS)))
        what = spoil(schema, chance)
        sound = reference.is_valid(schema)
        assert is_sound(schema) is sound, what
        faulty += not sound
    assert 10 < faulty < 70
    assert not is_sound({"$id": "x", "$ref": "y", "type": "none"})


ALTERNATIVE = """  alternatives:
    - scheme: joined
      digest: md5
      secret-at: 1
      signature: {in: query, field: Signature}
      inputs: [{in: body, field: TaskID}]
      encodings: [hex]
      covers: [TaskID]
      required: true
      source: {page: "https://example.com/old", date: "2020-01-02"}
"""


def with_alternative(root: Path, text: str) -> None:
    """Give the first signature of a document another documented form."""
    file = root / GME_YAML
    file.write_text(file.read_text().replace("  required: true\n", f"  required: true\n{text}", 1))


def test_a_signature_may_have_another_documented_form(contract, tmp_path):
    """Forms that the pages document beside the one that is sent are part of a contract."""
    with_alternative(tmp_path, ALTERNATIVE)
    assert [str(problem) for problem in check_contract(contract)] == []
    facts = Contract(contract).callback("tencent_gme/recording").signature
    assert [form.scheme for form in facts.forms] == ["hmac-body", "joined"]
    assert facts.forms[1].secret_at == 1


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("covers: [TaskID]", "covers: [body]", "covers: [body]"),
        ("covers: [TaskID]", "covers: [BizID]", "covers: [BizID]"),
        ("      digest: md5\n", "", "- scheme: joined"),
        ("secret-at: 1", "secret-at: 2", "secret-at: 2"),
        ("digest: md5", "digest: crc32", "digest: crc32"),
        ("in: query", "in: path", "in: path"),
    ],
)
def test_a_defect_in_another_form_is_found_in_its_line(contract, tmp_path, old, new, line):
    """A form beside the first is held to the same rules."""
    with_alternative(tmp_path, ALTERNATIVE.replace(old, new))
    (problem,) = check_contract(contract)
    lines = (tmp_path / GME_YAML).read_text().splitlines()
    assert line in lines[problem.line - 1]
    assert problem.hint
