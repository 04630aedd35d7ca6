"""What stands around the code holds: CI runs what is claimed, hooks call what is there."""

from __future__ import annotations

import ast
import re
import shlex
import tomllib
from importlib import import_module
from importlib.util import find_spec

import click
import pytest
import yaml
from unit.source import ROOT

from hookproof.cli.main import hookproof
from hookproof.contract import Contract

HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
PAGES = [page.name for page in ROOT.glob("*.md")]


def test_every_version_that_is_claimed_is_run() -> None:
    """The versions of Python in CI are those of the classifiers."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    claimed = re.findall(r"Python :: (3\.\d+)", "\n".join(project["classifiers"]))
    workflow = (ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8")
    assert set(re.findall(r'"(3\.\d+)"', workflow)) == set(claimed)
    assert project["requires-python"] == f">={claimed[0]}"


def test_an_install_without_extras_takes_seven_packages() -> None:
    """What is required is what the engine cannot do without, and no eighth comes by itself."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    required = {re.split(r"[<>=~!;\[ ]", one)[0] for one in project["dependencies"]}
    seven = {"click", "jsonschema", "jsonschema-rs", "orjson", "pydantic", "PyYAML", "rich"}
    assert required == seven


def test_the_readme_counts_as_the_contract_does() -> None:
    """What is said to be in it is in it."""
    contract = Contract()
    said = f"{len(contract.names())} callbacks in {len(contract.areas)} areas"
    assert said in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("hook", HOOKS, ids=[hook["id"] for hook in HOOKS])
def test_a_hook_calls_a_command_with_options_it_has(hook: dict[str, object]) -> None:
    """What a user's pre-commit runs is understood."""
    name, *words = shlex.split(str(hook["entry"]))
    assert name == "hookproof"
    command: click.Command = hookproof
    known = {option for one in hookproof.params for option in one.opts}
    while words and not words[0].startswith("-"):
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), words.pop(0))
        assert found is not None
        command = found
    known |= {option for one in command.params for option in one.opts}
    args = [word for word in [*words, *hook.get("args", [])] if word.startswith("-")]
    assert set(args) <= known


@pytest.mark.parametrize("page", PAGES)
def test_a_page_links_to_what_is_there(page: str) -> None:
    """A link within the repository leads somewhere."""
    text = (ROOT / page).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)[^)]*\)", text)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_hook_of_fixtures_takes_no_schema_of_them() -> None:
    """Editors want one, and it is no capture; the guide has it beside the fixtures."""
    [hook] = [one for one in HOOKS if one["id"] == "hookproof-validate"]
    taken = {"fixtures/record.json": True, "a/fixtures/record.schema.json": False, "b.json": False}
    for name, wanted in taken.items():
        found = re.search(hook["files"], name) and not re.search(hook["exclude"], name)
        assert bool(found) is wanted, name
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert "fixtures/record.schema.json" not in page


def test_programs_that_no_test_runs_import_what_is_there() -> None:
    """Benchmarks and the like are run now and then; a name that has moved would be told then."""
    folders = ("benchmarks", "tests/frameworks", "tests/fuzz", "tests/languages", "tests/vendors")
    files = [file for folder in folders for file in (ROOT / folder).glob("*.py")]
    wanted = [
        (file.name, node.module, one.name)
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("hookproof")
        for one in node.names
    ]
    assert len(wanted) > 100
    assert [one for one in wanted if not _is_there(*one[1:])] == []


def _is_there(module: str, name: str) -> bool:
    try:
        return hasattr(import_module(module), name) or find_spec(f"{module}.{name}") is not None
    except ImportError as error:
        # A framework, or another package that is no part of the project.
        return not (error.name or "").startswith("hookproof")
