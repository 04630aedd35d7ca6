"""The JSON Schemas that editors take, held to what is written by them."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from jsonschema import Draft7Validator, Draft202012Validator
from unit.source import ROOT

from hookproof.contract import Contract
from hookproof.describe.as_json import schema_as_json

if TYPE_CHECKING:
    from pathlib import Path

CONTRACT = Contract()
SCENARIOS = sorted((ROOT / "scenarios").glob("*.yaml"))


def fixtures(name: str, kind: str) -> list[Path]:
    """The payloads of a callback that are JSON by their names."""
    return sorted((ROOT / "tests" / "payloads" / name / kind).glob("*.json"))


@pytest.mark.parametrize("area", CONTRACT.areas)
def test_payload_fixtures(area: str) -> None:
    """Each callback's schema stands alone, takes the good fixtures, and has no word of ours."""
    taken, refused = 0, 0
    for name in CONTRACT.names([area]):
        schema = json.loads(schema_as_json(CONTRACT.callback(name)))
        Draft202012Validator.check_schema(schema)
        assert not re.search(r'"(\$ref|x-[a-z-]+)":', json.dumps({**schema, "examples": []}))
        judge = Draft202012Validator(schema)
        for path in fixtures(name, "pass"):
            found = list(judge.iter_errors(json.loads(path.read_bytes())))
            assert not found, f"{path}: {found[0].message}"
            taken += 1
        refused += sum(not judge.is_valid(read(path)) for path in fixtures(name, "fail"))
    assert taken
    assert refused


def read(path: Path) -> Any:
    """A payload, None where it is no JSON."""
    try:
        return json.loads(path.read_bytes())
    except ValueError:
        return None


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_scenarios(path: Path) -> None:
    """Shipped scenarios keep the schema, with a line for an editor or without."""
    schema = json.loads(files("hookproof.scenarios").joinpath("scenario.schema.json").read_bytes())
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(told)
    assert not Draft202012Validator(schema).is_valid({**told, "no such key": 1})


def test_the_configuration() -> None:
    """The file of the page keeps the schema; a misspelt key does not."""
    schema = json.loads(
        files("hookproof.cli.settings").joinpath("hookproof.schema.json").read_bytes()
    )
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    [text] = [one for one in re.findall(r"```toml\n(.*?)```", page, re.DOTALL) if "#:schema" in one]
    told = tomllib.loads(text)
    Draft7Validator(schema).validate(told)
    assert not Draft7Validator(schema).is_valid({**told, "fail-onn": "error"})
