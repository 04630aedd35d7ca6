"""What is public: the names that other programs may rely on, and that the README says so."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import import_module

import pytest
from unit.source import ROOT

from hookproof.cli.main import COMMANDS
from hookproof.report.as_json import output_schema

# A name that goes from here is a breaking change; one that comes has to be kept.
PUBLIC = {
    "hookproof": {
        *("Contract", "Event", "HookproofError", "InvalidSignature", "Malformed", "Receiver"),
        *("UnknownCallback", "__version__"),
    },
    "hookproof.batch": {"RowJudge", "RowResult", "Task", "result_schema", "validate_batch"},
    "hookproof.models": {
        *("DecimalString", "Exact", "JsonNumber", "JsonText", "TextInteger", "WireModel"),
        *("MillisecondsMoment", "MillisecondsTextMoment", "SecondsMoment", "SecondsTextMoment"),
        *("UnixMilliseconds", "UnixMillisecondsString", "UnixSeconds", "UnixSecondsString"),
    },
    "hookproof.receiver": {
        *(
            "Acknowledgement",
            "Event",
            "InMemory",
            "InvalidSignature",
            "Malformed",
            "NoConfirmation",
            "NonceMemory",
        ),
        *("Receiver", "Rejected", "Result", "SignedRequest", "UnknownCallback"),
    },
    "hookproof.spark": {"Task", "validate"},
    "hookproof.testing": {
        *("CORRECT", "Callbacks", "Delivered", "Incoming", "Receiver", "Refused", "Reply"),
        *("SignedPayload", "ThreeFaults", "callbacks", "in_process", "serve"),
    },
}
COMMAND_LINE = {
    *("validate", "sanitize", "test", "replay", "explain", "list", "show", "example"),
    *("generate", "send", "outage", "play", "compare", "diff", "completion", "contract", "trust"),
    *("demo", "serve", "mcp", "vectors"),
}
REPORTS = {
    "test": {
        *("verdict", "target", "seed", "run", "totals", "callbacks", "coverage", "causes"),
        *("findings", "untested", "reason"),
    },
    "validate": {
        *("verdict", "stopped", "run", "totals", "kinds", "callbacks", "unread", "remarks"),
        *("causes", "findings"),
    },
}


def section() -> str:
    """What the README says of it."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"^## What is public$(.*?)^## ", readme, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize("module", PUBLIC)
def test_the_public_names_of_a_module_are_these(module: str) -> None:
    """`__all__` names what is kept, and all of it can be imported."""
    found = import_module(module)
    assert set(found.__all__) == PUBLIC[module]
    assert [name for name in PUBLIC[module] if not hasattr(found, name)] == []


def test_the_readme_names_the_public_modules_and_no_others() -> None:
    """A reader of the README knows what he may import."""
    named = set(re.findall(r"`(hookproof(?:\.[a-z]+)?)`", section())) - {"hookproof.toml"}
    assert named == set(PUBLIC)
    assert "All other modules may change" in section()


def test_the_commands_are_these() -> None:
    """No command goes, and none comes, without a decision."""
    assert set(COMMANDS) == COMMAND_LINE


@pytest.mark.parametrize("command", REPORTS)
def test_a_report_keeps_what_it_always_has(command: str) -> None:
    """What reads a report finds these members in each."""
    assert REPORTS[command] <= set(json.loads(output_schema(command))["required"])


def test_a_name_that_is_none_is_told() -> None:
    """The names that are looked up late fail as any other."""
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        import_module("hookproof").Nothing  # noqa: B018 - the look-up is what is tried


def test_the_version_costs_no_import_of_the_rest() -> None:
    """A program that asks for one name does not load all others."""
    code = (
        "import sys, hookproof; hookproof.__version__;"
        "print([name for name in sys.modules if name.startswith('hookproof.')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['hookproof.version']"
