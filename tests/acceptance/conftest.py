"""What the tests of `hookproof test` share."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from acceptance.command import CANARY, Ran, clean, execute

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def run_test_command(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., Ran]:
    """Run the command in this process; `env` is all it finds of our variables."""
    from hookproof.cli import main  # noqa: PLC0415 - as the command itself does

    def call(*args: Any, env: dict[str, str] | None = None) -> Ran:
        for name in list(os.environ):
            if name.startswith("HOOKPROOF_"):
                monkeypatch.delenv(name)
        for name, value in ({"HOOKPROOF_SECRET": CANARY} if env is None else env).items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SystemExit) as left:
            main(["test", *map(str, args)])
        out, err = capfd.readouterr()
        return clean(Ran(int(left.value.code or 0), out, err))

    return call


@pytest.fixture(scope="session")
def report_schema() -> dict[str, Any]:
    """What `--schema` prints, proved to be a JSON Schema."""
    ran = execute("--schema")
    schema: dict[str, Any] = json.loads(ran.out)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert (ran.code, ran.err) == (0, "")
    return schema
