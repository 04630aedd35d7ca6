"""The generated models give back every example of every callback, and are what the schemas say."""

from __future__ import annotations

import importlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from pydantic import MISSING, ValidationError

from hookproof.contract import Contract, shipped_contract
from hookproof.contract.compiled import stale_compiled
from hookproof.describe.table import render_table
from hookproof.generation import check_drift
from hookproof.models import JsonText, WireModel
from hookproof_models.tencent_gme import GmeRecordingCallback
from hookproof_models.zego_rtc import (
    HuaweiRecordExtra,
    ProcedureCallback,
    RecordCallback,
    TencentRecordExtra,
    TranscodeStopCallback,
    WangsuRecordExtra,
)

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "schemas"
CALLBACKS = sorted(path for path in SCHEMAS.glob("*/*.json") if path.parent.name != "common")
UNKNOWN = {"x_new": 18446744073709551617, "y": {"a": [None, 1.5]}}


def schema_of(file: Path) -> dict[str, Any]:
    return json.loads(file.read_text(encoding="utf-8"))


def model_of(file: Path) -> type[WireModel]:
    module = importlib.import_module(f"hookproof_models.{file.parent.name}.{file.stem}")
    return getattr(module, schema_of(file)["title"])


EXAMPLES = [(file, example) for file in CALLBACKS for example in schema_of(file)["examples"]]


def example_of(model: type[WireModel], number: int = 0) -> dict[str, Any]:
    for file in CALLBACKS:
        if schema_of(file)["title"] == model.__name__:
            return schema_of(file)["examples"][number]
    raise LookupError(model)


def test_compiled_documents_are_fresh() -> None:
    """What lies under openapi/compiled/ is what the documents say, so no command reads YAML."""
    assert stale_compiled(shipped_contract()) == []


def test_the_table_of_sources_is_fresh() -> None:
    """docs/callbacks.md is what the contract gives; `make generate` writes it."""
    text = (ROOT / "docs" / "callbacks.md").read_text(encoding="utf-8")
    assert text == render_table(Contract())


def test_no_drift() -> None:
    """What lies under generated/ is what the schemas give; `make generate` writes it."""
    assert check_drift(ROOT / "generated", schemas=SCHEMAS) == []


@pytest.mark.parametrize("unknown", [{}, UNKNOWN], ids=["as-is", "unknown-fields"])
def test_every_example_comes_back(unknown: dict[str, Any]) -> None:
    """Every example of a callback is given back field by field, and what no schema has is extra."""
    for file, example in EXAMPLES:
        came = example | unknown
        model = model_of(file).model_validate_json(json.dumps(came))
        assert model.to_wire() == came, (file, example)
        wire, wanted = (json.dumps(value, sort_keys=True) for value in (model.to_wire(), came))
        assert wire == wanted, (file, example)
        # Some samples carry the empty fields of other events.
        others = example.keys() - schema_of(file)["properties"].keys()
        extra = {name: example[name] for name in others} | unknown
        assert model.model_extra == extra, (file, example)


def test_every_example_decoded_elsewhere() -> None:
    """A payload that was decoded before gives the same model as its text."""
    for file, example in EXAMPLES:
        model = model_of(file)
        read = model.model_validate_json(json.dumps(example))
        assert model.model_validate(example) == read, (file, example)


def as_list(types: Any) -> list[Any]:
    """The types of a schema, of which there may be one, several or none."""
    return types if isinstance(types, list) else [types]


def test_null_is_refused_where_the_schema_refuses_it() -> None:
    """Null is accepted for a field exactly where its schema lists it as a choice."""
    for file in CALLBACKS:
        model, schema = model_of(file), schema_of(file)
        for field, part in schema["properties"].items():
            came = json.dumps(schema["examples"][0] | {field: None})
            if {"type": "null"} in part.get("anyOf", ()) or "null" in part.get("type", ()):
                assert model.model_validate_json(came).to_wire()[field] is None, file
            else:
                # A field with several readings names each of them behind a dot.
                with pytest.raises(ValidationError, match=rf"\n{field}[.\n]"):
                    model.model_validate_json(came)


def test_fields_are_found_in_code() -> None:
    """Each field has a snake_case attribute, its wire name as alias, and a documented class."""
    for file in CALLBACKS:
        model, schema = model_of(file), schema_of(file)
        fields = model.model_fields
        assert [info.alias or name for name, info in fields.items()] == list(schema["properties"])
        assert all(name == name.lower() and name.isidentifier() for name in fields), file
        assert model.__doc__ == schema["description"]
        required = {info.alias or name for name, info in fields.items() if info.is_required()}
        assert required == set(schema["required"]), file


def test_record_is_typed() -> None:
    """Identifiers are int, Unix seconds aware datetimes, and extra_params a typed object."""
    record = RecordCallback.model_validate_json(json.dumps(example_of(RecordCallback)))
    assert record.appid == 1
    assert type(record.appid) is int
    assert record.timestamp == datetime(2016, 12, 13, 2, 49, 18, tzinfo=UTC)
    assert record.nonce == "158273"
    assert record.extra_params.value == TencentRecordExtra(
        task_id="1400341231-Record-58ed713tt0", file_id="5285890813221514958", duration=61.5
    )
    hints = get_type_hints(RecordCallback)
    assert hints["appid"] is int
    assert hints["begin_time"] is hints["timestamp"] is datetime


@pytest.mark.parametrize(
    ("number", "shape"),
    [(0, TencentRecordExtra), (1, WangsuRecordExtra), (2, HuaweiRecordExtra)],
)
def test_record_extra_params_shapes(number: int, shape: type[WireModel]) -> None:
    """Each of the three shapes of extra_params is told by its members."""
    example = example_of(RecordCallback, number)
    record = RecordCallback.model_validate_json(json.dumps(example))
    assert type(record.extra_params.value) is shape
    wider = json.loads(example["extra_params"]) | UNKNOWN
    record = RecordCallback.model_validate(example | {"extra_params": json.dumps(wider)})
    assert type(record.extra_params.value) is shape
    assert record.extra_params.value.model_extra == UNKNOWN


def test_record_built_in_python() -> None:
    """A callback built from Python values dumps the payload that the vendor would send."""
    example = example_of(RecordCallback, 1)
    moment = datetime.fromtimestamp(1481597418, tz=UTC)
    record = RecordCallback(
        stream_alias="aaaa",
        replay_url=example["replay_url"],
        begin_time=datetime.fromtimestamp(1481597358, tz=UTC),
        end_time=moment,
        timestamp=moment,
        nonce="158273",
        signature=example["signature"],
        appid=1,
        event="record",
        extra_params=WangsuRecordExtra(persistent_id="z1.5285890813221514958", duration=60.0),
    )
    assert record.to_wire() == example


def test_procedure_spellings_have_attributes_of_their_own() -> None:
    """Both spellings of the file identifier are read, each into its own attribute."""
    both = example_of(ProcedureCallback) | {"fileId": "1", "file_id": "2"}
    procedure = ProcedureCallback.model_validate_json(json.dumps(both))
    assert (procedure.file_id_camel, procedure.file_id) == (1, 2)
    assert procedure.to_wire() == both
    del both["fileId"]
    assert ProcedureCallback.model_validate(both).file_id_camel is MISSING


def test_procedure_extra_params_readings() -> None:
    """The result is typed; each reading of "empty" stays what it was."""
    procedure = ProcedureCallback.model_validate(example_of(ProcedureCallback))
    assert isinstance(procedure.extra_params, JsonText)
    output = procedure.extra_params.value.media.transcode[0]
    assert (output.size, output.duration) == (6833612, 170.612)
    failed = example_of(ProcedureCallback, 3)
    for reading in ("", "{}", None):
        came = ProcedureCallback.model_validate(failed | {"extra_params": reading})
        assert came.extra_params == reading
    with pytest.raises(ValidationError):
        ProcedureCallback.model_validate(failed | {"extra_params": "[]"})


def test_size_remembers_whether_it_came_as_text() -> None:
    """The size is an int either way, and written anew in the form it came in."""
    for number, form in ((1, int), (2, str)):
        came = ProcedureCallback.model_validate(example_of(ProcedureCallback, number))
        value = came.extra_params.value
        assert value.media.transcode[0].size == 6833612
        assert type(value.to_wire()["media"]["transcode"][0]["size"]) is form


@pytest.mark.parametrize("value", [True, False, 1.0, "1"])
def test_numeric_choices_take_no_lookalikes(value: object) -> None:
    """Choices among numbers take neither booleans nor floats nor text."""
    for model, field in (
        (TranscodeStopCallback, "StopReason"),
        (GmeRecordingCallback, "EventType"),
    ):
        with pytest.raises(ValidationError):
            model.model_validate_json(json.dumps(example_of(model) | {field: value}))


def test_task_id_of_64_bits() -> None:
    """The largest unsigned 64-bit number comes back digit by digit."""
    came = example_of(GmeRecordingCallback) | {"TaskID": 18446744073709551615}
    recording = GmeRecordingCallback.model_validate_json(json.dumps(came))
    assert recording.task_id == 18446744073709551615
    assert json.dumps(recording.to_wire()["TaskID"]) == "18446744073709551615"
