"""Types of other languages: the schemas that generators get, and the call of a generator."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openapi_spec_validator import validate

from hookproof.cli import main
from hookproof.cli.generate import command
from hookproof.contract import Contract
from hookproof.generation.naming import class_name
from hookproof.languages.generators import LANGUAGES
from hookproof.languages.rules import rules_of
from hookproof.languages.typed_schemas import TypedSchemas

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTRACT = Contract()
# Stands for a generator: writes what it was called with beside the document that it got.
PROGRAM = """#!{python}
import json, pathlib, shutil, sys
words = sys.argv[1:]
out = pathlib.Path(words[words.index("-o") + 1])
(out / "deeper").mkdir(parents=True)
(out / "deeper" / "made{suffix}").write_text(json.dumps(words))
(out / "notes.md").write_text("what nobody asked for")
shutil.copyfile(words[words.index("-i") + 1], out / "document{suffix}")
"""


def documents(*, has_unions: bool) -> Iterator[dict[str, Any]]:
    """The document of each area."""
    for area in CONTRACT.areas:
        yield TypedSchemas(has_unions).document(CONTRACT, area)


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    """All objects in a document."""
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    for inner in node if isinstance(node, list) else []:
        yield from nodes(inner)


def schemas(area: str, *, has_unions: bool = False) -> dict[str, Any]:
    """The named schemas of an area."""
    document = TypedSchemas(has_unions).document(CONTRACT, area)
    named: dict[str, Any] = document["components"]["schemas"]
    return named


@pytest.mark.parametrize("has_unions", [False, True])
def test_each_document_is_one_that_generators_understand(*, has_unions: bool) -> None:
    """It is valid OpenAPI, has a webhook for each callback, and no word that they would ignore."""
    known = {"type", "description", "format", "properties", "required", "items", "anyOf", "enum"}
    known |= {"additionalProperties", "$ref"}
    count = 0
    for document in documents(has_unions=has_unions):
        validate(document)
        count += len(document["webhooks"])
        for schema in document["components"]["schemas"].values():
            assert schema["additionalProperties"] is True
            for node in nodes(schema):
                if "properties" not in node and isinstance(node.get("type"), str):
                    assert node.keys() <= known
    assert count == len(CONTRACT.names())


def test_nested_json_stands_opened_and_its_shapes_have_names() -> None:
    """What is a text on the wire is what a reader puts in its place."""
    made = schemas("zego_rtc")
    shapes = made["RecordCallback"]["properties"]["extra_params"]["anyOf"]
    names = [one["$ref"].rpartition("/")[2] for one in shapes]
    assert names == ["TencentRecordExtra", "WangsuRecordExtra", "HuaweiRecordExtra"]
    assert set(names) <= set(made)
    # Where only the rest of the payload decides, it may be anything.
    body = schemas("zego_zim")["ZimSendMsgCallback"]["properties"]["msg_body"]
    assert body.keys() == {"description"}


def test_integers_are_as_wide_as_they_may_grow() -> None:
    """A file is not larger than 4 GiB by its page, and the vendor's next one is."""
    made = schemas("tencent_gme")["GmeRecordingCallback"]["properties"]
    assert made["TaskID"]["format"] == "uint64"
    assert made["Timestamp"]["format"] == "int64"
    numbers = [node for one in documents(has_unions=False) for node in nodes(one)]
    assert all(node["format"] == "double" for node in numbers if node.get("type") == "number")
    typed = schemas("tencent_gme", has_unions=True)["GmeRecordingCallback"]["properties"]
    assert [one.get("format") for one in typed["TaskID"]["anyOf"]] == [None, "int64"]
    assert "anyOf" not in typed["EventType"]


def test_names_of_callbacks_tell_types_apart_where_a_language_can() -> None:
    """`event: 'record'` narrows a union; other languages take a text, for lists grow."""
    typed = schemas("zego_rtc", has_unions=True)["RecordCallback"]["properties"]["event"]
    assert typed["enum"] == ["record"]
    plain = schemas("zego_rtc")["RecordCallback"]["properties"]["event"]
    assert plain["type"] == "string"
    assert "enum" not in plain


@pytest.mark.parametrize("has_unions", [True, False])
def test_no_two_members_of_a_type_differ_by_great_letters_alone(has_unions: bool) -> None:  # noqa: FBT001
    """To the methods of PHP they would be one, and nothing of the area could be loaded."""
    for area in CONTRACT.areas:
        made = TypedSchemas(has_unions)
        made.document(CONTRACT, area)
        # The files and classes of types have their names.
        assert len({name.lower() for name in made.components}) == len(made.components)
        for schema in made.components.values():
            named = [class_name(made.renamed.get(n, n)) for n in schema.get("properties", ())]
            assert len({name.lower() for name in named}) == len(named), (area, named)


def test_a_list_is_no_shape_beside_others_where_a_language_has_no_class_of_it() -> None:
    """The generator would write `List<…>.class`, which is no Java."""
    for area in CONTRACT.areas:
        made = TypedSchemas(has_unions=False, has_open_shapes=False)
        for node in nodes(made.document(CONTRACT, area)):
            kinds = [one.get("type") for one in node.get("anyOf", ()) if isinstance(one, dict)]
            assert "array" not in kinds, (area, node)


def test_a_wide_integer_is_no_shape_beside_others_where_a_language_has_no_such_union() -> None:
    """The generator would write `ulong ?? throw`, which is no C#."""
    wide = 0
    for area in CONTRACT.areas:
        made = TypedSchemas(has_unions=False, has_wide_shapes=False)
        for node in nodes(made.document(CONTRACT, area)):
            assert not any(one.get("format") == "uint64" for one in node.get("anyOf", ()))
            wide += node.get("format") == "uint64"
    # Alone it is one still.
    assert wide


def test_fields_that_would_become_one_are_renamed() -> None:
    """`fileId` and `file_id` are two fields of a page that contradicts itself."""
    made = TypedSchemas(has_unions=False)
    made.document(CONTRACT, "zego_rtc")
    assert made.renamed == {"fileId": "file_id_camel"}


def generate(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Exit code and output of a call."""
    with pytest.raises(SystemExit) as left:
        main(["generate", *words])
    out, err = capsys.readouterr()
    return int(left.value.code or 0), out, err


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with no generator in it and none on the PATH."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    (tmp_path / "bin").mkdir()
    return tmp_path


def generator(place: Path, name: str, text: str) -> None:
    """Put a program there."""
    place.mkdir(parents=True, exist_ok=True)
    (place / name).write_text(text)
    (place / name).chmod(0o755)


@pytest.mark.skipif(os.name == "nt", reason="programs are files with a first line")
@pytest.mark.parametrize("name", LANGUAGES)
def test_types_rules_and_reader_are_written(
    name: str, alone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The generator of the language is called, and what it made of its language is taken over."""
    language = LANGUAGES[name]
    text = PROGRAM.format(python=sys.executable, suffix=language.suffix)
    generator(alone / "bin", language.tool.commands[-1], text)
    code, out, err = generate(capsys, "--language", name, "--out", "made", "--area", "zego_rtc")
    assert (code, err) == (0, "")
    types = alone / "made" / "types" / "zego_rtc"
    assert f"2 files of types in {Path('made', 'types', 'zego_rtc')}" in out
    assert {path.name for path in types.rglob("*.*")} == {
        f"made{language.suffix}",
        f"document{language.suffix}",
    }
    words = json.loads((types / "deeper" / f"made{language.suffix}").read_text())
    assert ("-p" in words) == (name == "typescript")
    assert ("-g" in words) == (name != "typescript")
    rules = json.loads((alone / "made" / "rules.json").read_text())
    assert rules == rules_of(CONTRACT, ["zego_rtc"])
    assert [path for path in (alone / "made" / "reader").iterdir() if "eader" in path.name]


@pytest.mark.skipif(os.name == "nt", reason="programs are files with a first line")
def test_a_generator_of_the_project_comes_first(
    alone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What npm has installed in this folder is used before what lies on the PATH."""
    generator(alone / "bin", "openapi-ts", "#!/bin/sh\nexit 9\n")
    text = PROGRAM.format(python=sys.executable, suffix=".ts")
    generator(alone / "node_modules" / ".bin", "openapi-ts", text)
    words = ("--language", "typescript", "--out", "made", "--area", "tencent_gme")
    assert generate(capsys, *words)[0] == 0


@pytest.mark.parametrize("name", LANGUAGES)
def test_without_its_generator_it_says_how_to_install_it(
    name: str, alone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line with the command and its version; nothing is written."""
    code, out, err = generate(capsys, "--language", name, "--out", "made")
    assert (code, out) == (2, "")
    assert LANGUAGES[name].tool.install in err
    assert not (alone / "made").exists()


@pytest.mark.skipif(os.name == "nt", reason="programs are files with a first line")
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("#!/bin/sh\necho 'no such option' >&2\nexit 3\n", "no such option"),
        ("#!/bin/sh\nexit 3\n", "exit code 3"),
        ("#!/bin/sh\nexit 0\n", "wrote no .go files"),
    ],
)
def test_a_generator_that_fails_is_told(
    text: str, told: str, alone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With its own words, and no traceback."""
    generator(alone / "bin", "openapi-generator", text)
    code, _, err = generate(capsys, "--language", "go", "--out", "made", "--area", "tencent_gme")
    assert code == 2
    assert told in err
    assert "Traceback" not in err


@pytest.mark.parametrize("words", [["--check"], ["--mode", "lenient"], ["--package", "x"]])
def test_options_of_python_are_refused_for_other_languages(
    words: list[str], alone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """They would be passed over in silence."""
    code, _, err = generate(capsys, "--language", "go", "--out", "made", *words)
    assert code == 2
    assert words[0] in err


def test_the_command_offers_the_languages_that_there_are() -> None:
    """Its list is written down, for the command has to start quickly."""
    [option] = [one for one in command.params if one.name == "language"]
    assert tuple(option.type.choices) == ("python", *LANGUAGES)  # type: ignore[attr-defined]


@pytest.mark.skipif(not shutil.which("openapi-ts"), reason="openapi-ts is not installed")
def test_types_of_typescript_are_made(tmp_path: Path) -> None:
    """By the real generator, where it is at hand."""
    words = ["--language", "typescript", "--out", str(tmp_path), "--area", "tencent_gme"]
    subprocess.run([sys.executable, "-m", "hookproof", "generate", *words], check=True)
    text = (tmp_path / "types" / "tencent_gme" / "types.gen.ts").read_text(encoding="utf-8")
    assert "TaskID: number | bigint;" in text
    assert "[key: string]: unknown;" in text


def test_what_all_types_of_csharp_import_is_made_beside_them() -> None:
    """Each model names both of its generator's own classes, so none compiles without them."""
    made = LANGUAGES["csharp"].support.split(":")
    assert {"FileParameter.cs", "OpenAPIDateConverter.cs"} <= {*made}
