"""Models written from a contract, in any folder, and the check that they are its own."""

from __future__ import annotations

import ast
import importlib
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import MISSING, ValidationError

import hookproof
from hookproof.errors import ContractError, DependencyMissing, GenerationFailed, UsageError
from hookproof.generation import check_drift, write_models
from hookproof.generation.naming import attribute_names, class_name
from hookproof.models import JsonText

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

HEADER = '# @generated from schemas/ by "hookproof generate". Do not edit by hand.'
DECIMAL = {"title": "DecimalString", "type": "string", "pattern": "^(0|[1-9][0-9]{0,19})$"}
MOMENT_TEXT = {"title": "UnixSecondsString", "type": "string"}
MOMENT = {"title": "UnixSeconds", "type": "integer"}
FINE = {"title": "UnixMilliseconds", "type": "integer"}
FINE_TEXT = {"title": "UnixMillisecondsString", "type": "string"}
TEXT = {"type": "string", "contentMediaType": "application/json"}
SIZE = {"$ref": "../common/decimal_string.json"}

COMMON = {
    "common/decimal_string": DECIMAL,
    "common/unix_seconds_string": MOMENT_TEXT,
    "common/unix_seconds": MOMENT,
    "common/unix_milliseconds": FINE,
    "common/unix_milliseconds_string": FINE_TEXT,
    "common/piece": {
        "title": "Piece",
        "type": "object",
        "required": ["Kind"],
        "properties": {"Kind": {"enum": [1, 2]}},
    },
}
SALE = {
    "title": "SaleCallback",
    "description": 'Something was "sold", once.',
    "type": "object",
    "required": ["saleId", "event", "unlisted"],
    "properties": {
        "saleId": {"description": "As the table says.", **SIZE},
        "sale_id": {**SIZE, "description": "As the sample says."},
        "event": {"const": "sale"},
        "list": {"type": "array", "items": {"type": "string", "maxLength": 2}, "minItems": 1},
        "after": {"type": "array", "items": {"type": "integer"}},
        "to_wire": {"type": "string"},
        "UserIDs": {"type": "array", "items": {"type": "string"}},
        "either": {"anyOf": [{"type": "integer", "minimum": 0}, SIZE]},
        "when": {
            "oneOf": [
                {"$ref": "../common/unix_seconds_string.json"},
                {"$ref": "../common/unix_seconds.json"},
            ]
        },
        "units": {
            "anyOf": [
                {"$ref": "../common/unix_milliseconds.json"},
                {"$ref": "../common/unix_seconds.json", "description": "As the sample says."},
                {"type": "null"},
            ]
        },
        "stamp": {
            "anyOf": [
                {"$ref": "../common/unix_milliseconds_string.json"},
                {"$ref": "../common/unix_seconds_string.json"},
                {"$ref": "../common/unix_milliseconds.json"},
            ]
        },
        "loose": {"anyOf": [{"type": "number"}, {"type": "string"}]},
        "ms": {"$ref": "../common/unix_milliseconds.json"},
        "note": {"type": ["number", "string", "null"], "minimum": 0, "maxLength": 4},
        "mixed": {"enum": ["a", 0, True, None]},
        "same": {"const": True},
        "half": {"type": "number", "enum": [0.5, 1]},
        "place": {"type": "object", "properties": {"Town": {"type": "string"}}},
        "parts": {"type": "array", "items": {"type": "object", "properties": {"A": {}}}},
        "prices": {"type": "object", "additionalProperties": SIZE},
        "shape": {**TEXT, "contentSchema": {"$ref": "#/$defs/Shape"}},
        "piece": {**TEXT, "contentSchema": {"$ref": "../common/piece.json"}},
        "any": {**TEXT, "contentSchema": True},
        "inline": {
            **TEXT,
            "type": ["string", "null"],
            "contentSchema": {
                "type": "object",
                "required": ["q"],
                "properties": {"q": {"type": "integer"}},
            },
        },
        "moment": {**TEXT, "contentSchema": {"$ref": "../common/unix_seconds.json"}},
        "wider": {
            "allOf": [
                {"$ref": "#/$defs/Round"},
                {"type": "object", "properties": {"More": {"type": "string"}}},
            ]
        },
        "dated": {"type": "string", "format": "date-time", "default": "never"},
        "again": {"$ref": "#"},
    },
    "allOf": [
        {"anyOf": [{"required": ["saleId"]}, {"required": ["sale_id"]}]},
        {"if": {"required": ["note"]}, "then": {"required": ["place"]}},
    ],
    "examples": [],
    "x-quirks": [{"id": "a", "where": "/a"}],
    "$defs": {
        "Shape": {
            "title": "Shape",
            "anyOf": [{"$ref": "#/$defs/Round"}, {"$ref": "#/$defs/Square"}],
        },
        "Round": {
            "title": "Round",
            "type": "object",
            "required": ["r"],
            "properties": {"r": {"type": "number"}},
        },
        "Square": {
            "title": "Square",
            "type": "object",
            "required": ["inner"],
            "properties": {"inner": {**TEXT, "contentSchema": {"$ref": "#/$defs/Shape"}}},
        },
    },
}
RETURN = {
    "title": "ReturnCallback",
    "type": "object",
    "properties": {"Kind": {"$ref": "../common/piece.json"}},
}


def contract(root: Path, **schemas: object) -> Path:
    for name, schema in schemas.items():
        file = root / f"{name}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(schema if isinstance(schema, str) else json.dumps(schema), encoding="utf-8")
    return root


@pytest.fixture
def schemas(tmp_path: Path) -> Path:
    """Give a contract of two areas."""
    mine = {"shop/sale": SALE, "shop/sale-undone": RETURN, "bank/paid": RETURN}
    return contract(tmp_path / "schemas", **COMMON, **mine)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Give an empty folder to write to."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def sale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """Give the generated module of the sale, imported from a package of its own name."""
    folder = tmp_path_factory.mktemp("sale")
    schemas = contract(folder / "schemas", **COMMON, **{"shop/sale": SALE})
    write_models(folder, schemas=schemas, package="sale_models")
    sys.path.insert(0, str(folder))
    yield importlib.import_module("sale_models.shop.sale")
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.startswith("sale_models")]:
        del sys.modules[name]


def paths(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def texts(folder: Path) -> dict[str, str]:
    return {name: (folder / name).read_text(encoding="utf-8") for name in paths(folder)}


def test_layout(schemas: Path, out: Path) -> None:
    """One module per schema, packages around them, and nothing else is written."""
    written = write_models(out, schemas=schemas)
    assert [file.relative_to(out).as_posix() for file in written] == paths(out)
    assert paths(out / "hookproof_models") == [
        "__init__.py",
        "bank/__init__.py",
        "bank/paid.py",
        "common/__init__.py",
        "common/piece.py",
        "py.typed",
        "shop/__init__.py",
        "shop/sale.py",
        "shop/sale_undone.py",
    ]
    assert all(
        text.startswith(f"{HEADER}\n") for name, text in texts(out).items() if name[-1] == "y"
    )


def test_check_writes_nothing_and_finds_nothing_after_writing(schemas: Path, out: Path) -> None:
    """The check is clean after writing, says what is missing before, and leaves no file."""
    assert "shop/sale.py is missing" in check_drift(out, schemas=schemas)
    assert paths(out) == []
    write_models(out, schemas=schemas)
    assert check_drift(out, schemas=schemas) == []


def test_drift_is_named_file_by_file(schemas: Path, out: Path) -> None:
    """Each file that is not what the schemas give has a line of its own."""
    write_models(out, schemas=schemas)
    package = out / "hookproof_models"
    with (package / "shop" / "sale.py").open("a", encoding="utf-8") as file:
        file.write("# by hand\n")
    (package / "bank" / "paid.py").unlink()
    (package / "py.typed").unlink()
    (package / "common" / "piece.py").write_bytes(b"\xff")
    (package / "shop" / "gone.py").write_text(f"{HEADER}\n", encoding="utf-8")
    (package / "shop" / "mine.py").write_text("X = 1\n", encoding="utf-8")
    assert check_drift(out, schemas=schemas) == [
        "bank/paid.py is missing",
        "common/piece.py cannot be read",
        "py.typed is missing",
        "shop/gone.py is no longer generated",
        "shop/mine.py is no longer generated, and not by its first line: delete it by hand",
        "shop/sale.py differs",
    ]


def test_stale_files_are_deleted_and_others_kept(schemas: Path, out: Path) -> None:
    """What is no longer generated goes, its folder with it; files of the user's own stay."""
    write_models(out, schemas=schemas)
    package = out / "hookproof_models"
    (package / "shop" / "mine.py").write_text("X = 1\n", encoding="utf-8")
    (package / "bank" / "__pycache__").mkdir()
    (package / "bank" / "__pycache__" / "paid.cpython-311.pyc").touch()
    (schemas / "bank" / "paid.json").unlink()
    (schemas / "shop" / "sale.json").unlink()
    write_models(out, schemas=schemas)
    assert not (package / "bank").exists()
    assert paths(package / "shop") == ["__init__.py", "mine.py", "sale_undone.py"]


def test_one_area(schemas: Path, out: Path) -> None:
    """With areas named, theirs and the shared modules are written and others left alone."""
    write_models(out, schemas=schemas, areas=["bank"])
    assert paths(out / "hookproof_models") == [
        "__init__.py",
        "bank/__init__.py",
        "bank/paid.py",
        "common/__init__.py",
        "common/piece.py",
        "py.typed",
    ]
    assert check_drift(out, schemas=schemas, areas=["bank"]) == []
    write_models(out, schemas=schemas, areas=["shop"])
    assert check_drift(out, schemas=schemas) == []


def test_unchanged_files_are_not_touched(schemas: Path, out: Path) -> None:
    """Writing again leaves files alone that are right already."""
    (file,) = [f for f in write_models(out, schemas=schemas) if f.name == "sale.py"]
    os.utime(file, ns=(1, 1))
    write_models(out, schemas=schemas)
    assert file.stat().st_mtime_ns == 1


def test_settings_of_the_host_project_play_no_part(
    schemas: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Formatter and generator settings around the output change nothing, and no cache is left."""
    write_models(out, schemas=schemas)
    host = tmp_path / "host"
    host.mkdir()
    (host / "pyproject.toml").write_text(
        "[tool.black]\nline-length = 40\n[tool.ruff]\nline-length = 40\n"
        "[tool.isort]\nforce_single_line = true\n"
        '[tool.datamodel-codegen]\noutput-model-type = "typing.TypedDict"\n',
        encoding="utf-8",
    )
    monkeypatch.chdir(host)
    write_models(host / "src", schemas=schemas)
    assert texts(host / "src") == texts(out)
    assert {path.name for path in host.iterdir()} == {"pyproject.toml", "src"}


@pytest.mark.parametrize("seed", ["0", "1", "2"])
def test_output_does_not_depend_on_the_hash_seed(schemas: Path, out: Path, seed: str) -> None:
    """The same contract gives the same bytes whatever order sets have."""
    code = (
        "import sys; from pathlib import Path; from hookproof.generation import write_models; "
        "write_models(Path(sys.argv[1]), schemas=Path(sys.argv[2]))"
    )
    source = str(Path(hookproof.__file__).parents[1])
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": source}
    command = [sys.executable, "-c", code, str(out), str(schemas)]
    subprocess.run(command, check=True, env=environment, timeout=120)
    assert check_drift(out, schemas=schemas) == []


def test_documentation_comes_from_the_schema(sale: ModuleType) -> None:
    """Descriptions become docstrings of classes and of attributes."""
    assert sale.SaleCallback.__doc__ == 'Something was "sold", once.'
    text = Path(str(sale.__file__)).read_text(encoding="utf-8")
    strings = [n.value for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Constant)]
    assert {"As the table says.", "As the sample says."} <= set(strings)


@pytest.mark.parametrize(
    "text",
    ['"""', "\\", 'ends in "', "a\u2028b\x0cc", "a\nfrom hookproof_models.b import c\nd", "'"],
)
def test_descriptions_of_any_text(tmp_path: Path, out: Path, text: str) -> None:
    """Whatever a description says stays inside the docstring."""
    schema = {
        "title": "Odd",
        "description": text,
        "type": "object",
        "properties": {"a": {"description": text, "type": "string"}},
        "$defs": {"Later": {"title": "Later", "description": text, "type": "string"}},
    }
    write_models(out, schemas=contract(tmp_path / "s", **{"shop/odd": schema}))
    module = ast.parse((out / "hookproof_models/shop/odd.py").read_bytes())
    (odd,) = [node for node in module.body if isinstance(node, ast.ClassDef)]
    said = (str(ast.get_docstring(odd, clean=clean)) for clean in (True, False))
    assert any(text in docstring for docstring in said)
    assert len(odd.body) == 3
    (later,) = [node.value for node in module.body if isinstance(node, ast.Expr)]
    assert isinstance(later, ast.Constant)
    assert text in str(later.value)


def test_definitions_precede_their_use(sale: ModuleType) -> None:
    """The callback stands last, after all that its JSON text refers to."""
    text = Path(str(sale.__file__)).read_text(encoding="utf-8")
    classes = [node.name for node in ast.parse(text).body if isinstance(node, ast.ClassDef)]
    assert classes[-1] == "SaleCallback"
    assert "from ..common.piece import Piece" in text


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"sale_id": "2"},
        {"list": ["ab"], "after": [1], "to_wire": "x", "UserIDs": ["a"]},
        {"either": 5},
        {"either": "5"},
        {"when": 5},
        {"when": "5"},
        {"units": 1745502313000},
        {"units": 1745502313},
        {"units": 0},
        {"units": None},
        {"stamp": "1745502313000"},
        {"stamp": "1745502313"},
        {"stamp": 1745502313000},
        {"stamp": 5},
        {"loose": 1},
        {"loose": 1.0},
        {"loose": "1"},
        {"ms": 1745502313001},
        {"note": None},
        {"note": 18446744073709551617},
        {"note": 1.5},
        {"note": "abcd"},
        {"mixed": "a"},
        {"mixed": 0},
        {"mixed": True},
        {"mixed": None},
        {"same": True},
        {"half": 0.5},
        {"half": 1},
        {"place": {"Town": "x", "town": 1}},
        {"parts": [{"A": [None]}, {}]},
        {"prices": {"a": "1"}},
        {"shape": '{"r": 1}'},
        {"shape": '{"inner": "{\\"r\\":  1.5}"}'},
        {"piece": '{"Kind": 1}'},
        {"any": "[1 , null]"},
        {"inline": '{"q":1}'},
        {"inline": None},
        {"moment": "5"},
        {"wider": {"r": 1, "More": "x"}},
        {"dated": "yesterday"},
        {"again": {"saleId": "1", "event": "sale", "unlisted": 1}},
        {"unlisted": {"a": [None]}, "more": 18446744073709551617},
    ],
)
def test_every_kind_of_field_comes_back(sale: ModuleType, fields: dict[str, Any]) -> None:
    """What each kind of schema admits is read and given back unchanged."""
    came = {"saleId": "1", "event": "sale", "unlisted": None} | fields
    model = sale.SaleCallback.model_validate_json(json.dumps(came))
    assert json.dumps(model.to_wire(), sort_keys=True) == json.dumps(came, sort_keys=True)


@pytest.mark.parametrize(
    "fields",
    [
        {"saleId": "01"},
        {"saleId": None},
        {"event": "other"},
        {"list": []},
        {"list": ["abc"]},
        {"either": -1},
        {"either": "-1"},
        {"either": True},
        {"units": "1745502313"},
        {"units": 10**14},
        {"stamp": 10**14},
        {"loose": None},
        {"note": "abcde"},
        {"mixed": 1},
        {"mixed": False},
        {"same": 1},
        {"prices": {"a": 1}},
        {"shape": '{"inner": "{}"}'},
        {"shape": {"r": 1}},
        {"piece": '{"Kind": true}'},
        {"inline": '{"q":"1"}'},
        {"moment": '"5"'},
        {"wider": {"More": "x"}},
        {"dated": None},
        {"place": None},
    ],
)
def test_every_kind_of_field_refuses(sale: ModuleType, fields: dict[str, Any]) -> None:
    """What the type of a field cannot be is refused."""
    came = {"saleId": "1", "event": "sale", "unlisted": None} | fields
    with pytest.raises(ValidationError):
        sale.SaleCallback.model_validate_json(json.dumps(came))


def test_the_unit_of_a_moment_is_told_by_its_digits(sale: ModuleType) -> None:
    """Where the contract admits seconds and milliseconds, both give the moment that is meant."""
    came = {"saleId": "1", "event": "sale", "unlisted": None}
    moment = datetime(2025, 4, 24, 13, 45, 13, tzinfo=UTC)
    for field in ("units", "stamp"):
        for count in (1745502313, 1745502313000):
            wire = count if field == "units" else str(count)
            model = sale.SaleCallback.model_validate_json(json.dumps(came | {field: wire}))
            assert getattr(model, field) == moment
        # What Python makes anew is written in the form that the contract names first.
        model = sale.SaleCallback(**came, **{field: moment})
        assert model.to_wire()[field] in {1745502313000, "1745502313000"}


def test_attributes(sale: ModuleType) -> None:
    """Two spellings of one field keep apart, and no attribute hides a method or a type."""
    model = sale.SaleCallback.model_validate(
        {"saleId": "1", "event": "sale", "unlisted": None, "shape": '{"r": 1}'}
    )
    assert (model.sale_id_camel, model.sale_id, model.dated) == (1, MISSING, MISSING)
    assert {"list_", "to_wire_", "user_ids"} <= set(type(model).model_fields)
    assert isinstance(model.shape, JsonText)
    assert isinstance(model.shape.value, sale.Round)


def test_area_package_is_lazy(sale: ModuleType) -> None:
    """The package of an area offers every class, and imports a module when one is asked for."""
    package = sys.modules["sale_models.shop"]
    assert package.SaleCallback is sale.SaleCallback
    assert set(package.__all__) >= {"SaleCallback", "Round", "Shape"}
    with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
        _ = package.Nothing
    common = importlib.import_module("sale_models.common")
    assert "Piece" in common.__all__


def test_same_name_in_two_modules_is_left_to_them(tmp_path: Path, out: Path) -> None:
    """A class that two modules of an area define is not offered by its package."""
    one = {"title": "One", "type": "object", "properties": {"p": {"$ref": "#/$defs/Part"}}}
    part = {"$defs": {"Part": {"title": "Part", "type": "object", "properties": {"a": {}}}}}
    two = {"title": "Two", "type": "object", "properties": {"p": {"$ref": "#/$defs/Part"}}}
    schemas = contract(tmp_path / "s", **{"shop/one": one | part, "shop/two": two | part})
    write_models(out, schemas=schemas)
    text = (out / "hookproof_models/shop/__init__.py").read_text(encoding="utf-8")
    assert "Part" not in text
    assert "from .one import One" in text


@pytest.mark.parametrize(
    ("schema", "error", "text"),
    [
        ("{", ContractError, "shop/bad.json:1: not JSON"),
        ("[]", ContractError, "shop/bad.json: a schema file holds one JSON object"),
        ({"properties": []}, ContractError, "shop/bad.json: not a valid JSON Schema"),
        ({"$ref": "#/$defs/None"}, ContractError, "'#/$defs/None' leads nowhere"),
        ({"$ref": "../../outside.json"}, ContractError, "leads nowhere"),
        ({"$ref": "https://example.com/a.json"}, ContractError, "leads nowhere"),
        (
            {"type": "object", "properties": {"a": {"type": "string", "maxLength": "x"}}},
            GenerationFailed,
            "shop/bad.json",
        ),
    ],
)
def test_broken_schemas(
    tmp_path: Path, out: Path, schema: object, error: type[Exception], text: str
) -> None:
    """A schema that cannot be used is named, in one line and a hint, and nothing is written."""
    schemas = contract(tmp_path / "s", **{"shop/bad": schema})
    (tmp_path / "outside.json").write_text("{}", encoding="utf-8")
    with pytest.raises(error) as caught:
        write_models(out, schemas=schemas)
    assert text in str(caught.value)
    assert str(caught.value).count("\n") == 1
    assert paths(out) == []


def test_schema_in_another_encoding(tmp_path: Path, out: Path) -> None:
    """A schema file that is not UTF-8 is named."""
    schemas = contract(tmp_path / "s", **{"shop/bad": "{}"})
    (schemas / "shop" / "bad.json").write_bytes(b'{"title": "\xff"}')
    with pytest.raises(ContractError, match=r"shop/bad\.json: not UTF-8"):
        write_models(out, schemas=schemas)


def test_no_schemas(tmp_path: Path, out: Path) -> None:
    """A folder without schemas, or one that is not there, gives a failure that names it."""
    with pytest.raises(GenerationFailed, match="no schemas under"):
        write_models(out, schemas=tmp_path / "nowhere")


def test_unknown_area(schemas: Path, out: Path) -> None:
    """An area that the contract lacks is refused with those that it has."""
    with pytest.raises(UsageError, match="no area nope\n  hint: there are bank, shop"):
        write_models(out, schemas=schemas, areas=["shop", "nope"])


@pytest.mark.parametrize("package", ["my-models", "", "a.b", "class"])
def test_package_name(schemas: Path, out: Path, package: str) -> None:
    """A package name that cannot be imported is refused."""
    with pytest.raises(UsageError, match="no name for a Python package"):
        write_models(out, schemas=schemas, package=package)


def test_unwritable_place(schemas: Path, out: Path) -> None:
    """A file in the way of a folder is a failure that names it."""
    (out / "hookproof_models").write_text("", encoding="utf-8")
    with pytest.raises(GenerationFailed, match=r"cannot write .*hookproof_models"):
        write_models(out, schemas=schemas)


def test_generator_not_installed(schemas: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the optional generator the error says what to install."""
    monkeypatch.setitem(sys.modules, "datamodel_code_generator", None)
    with pytest.raises(DependencyMissing, match=r"pip install 'datamodel-code-generator=="):
        write_models(out, schemas=schemas)


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        (["BizID", "FileID", "MsgSeqNo", "IPAddress"], "biz_id file_id msg_seq_no ip_address"),
        (["UserIDs", "URLsOf", "HTTPServer"], "user_ids urls_of http_server"),
        (["H264Codec", "x1080P", "Appid"], "h264_codec x1080_p appid"),
        (["class", "copy", "list", "model_dump"], "class_ copy_ list_ model_dump_"),
        (["_private", "1st", "a-b", "", "model"], "private field_1st a_b field model"),
        (["fileId", "file_id"], "file_id_camel file_id"),
        (["FileId", "fileId", "FILE_ID"], "file_id_pascal file_id_camel file_id_upper"),
        (["file-id", "file id"], "file_id_kebab file_id_plain"),
        (["fileID", "fileId"], "file_id_camel file_id_camel_2"),
        (["file_id_camel", "fileId", "file_id"], "file_id_camel file_id_camel_2 file_id"),
    ],
)
@pytest.mark.parametrize("order", [list, reversed], ids=["forwards", "backwards"])
def test_attribute_names(
    fields: list[str], names: str, order: Callable[[list[str]], Iterator[str]]
) -> None:
    """Attribute names are snake_case, distinct, and the same in any order of the fields."""
    assert attribute_names(order(fields)) == dict(zip(fields, names.split(), strict=True))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("transcode_stop", "TranscodeStop"),
        ("room-created", "RoomCreated"),
        ("RecordExtraParams", "RecordExtraParams"),
        ("1st", "Model1st"),
    ],
)
def test_class_name(text: str, name: str) -> None:
    """Titles and file names become class names."""
    assert class_name(text) == name
