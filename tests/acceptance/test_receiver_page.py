"""Every block of docs/receiver.md does what the page says, in the order of the page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from unit.source import ROOT

PAGE = (ROOT / "docs" / "receiver.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = [(language, about.strip(), text) for language, about, text in BLOCK.findall(PAGE)]
EXIT = re.compile(r"# exit (\d): (.*)$")
# The page is about what is typed; few requests show it.
QUICK = "-p hookproof.pytest_plugin --hookproof-max-cases=40"


@pytest.fixture
def reader(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A folder, and an environment with the plugin as it is in this checkout."""
    scripts = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    around = {k: v for k, v in os.environ.items() if not k.startswith("HOOKPROOF_")}
    plugin = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": QUICK}
    cache = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "XDG_STATE_HOME": str(tmp_path / "state")}
    return tmp_path, {**around, **plugin, **cache, "PATH": scripts}


def test_the_page_holds(reader: tuple[Path, dict[str, str]]) -> None:
    """Each file is written, each command run; what fails on purpose fails as it is told."""
    for needed in ("fastapi", "flask", "django"):
        pytest.importorskip(needed)
    follow_page(*reader)


def follow_page(folder: Path, environment: dict[str, str], *, runs: bool = True) -> None:
    """Write the files of the page in a folder, and run its commands unless it is told not to."""
    ran = 0
    for language, about, text in BLOCKS:
        if language in {"python", "ini", "yaml"} and about != "check":
            name = text.partition("\n")[0].removeprefix("# ")
            (folder / name).write_text(text, encoding="utf-8")
            continue
        for line in text.splitlines() if runs and language == "sh" else ():
            if line.startswith("export "):
                name, _, value = line.removeprefix("export ").partition("=")
                environment[name] = value
                continue
            ran += 1
            follow(line, folder, environment)
    assert ran >= 8 or not runs


def follow(line: str, folder: Path, environment: dict[str, str]) -> None:
    """Run a line; its exit code is 0, or what stands behind it with what is told."""
    done = subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    wanted = EXIT.search(line)
    told = f"{line}\n{done.stdout}\n{done.stderr}"
    assert done.returncode == (int(wanted[1]) if wanted else 0), told
    assert not wanted or wanted[2] in done.stdout, told


def test_the_receiver_of_the_page_is_short() -> None:
    """At most fifteen lines that say something."""
    [app] = [text for language, _, text in BLOCKS if language == "python"][:1]
    assert len([line for line in app.splitlines() if line and not line.startswith("#")]) <= 15


def test_the_models_of_the_page_are_there() -> None:
    """What is matched in it narrows a payload."""
    [check] = [text for language, about, text in BLOCKS if (language, about) == ("python", "check")]
    code = (
        "from hookproof import Receiver; from hookproof.contract import Contract;"
        "hooks = Receiver('zego_rtc', secret='x');"
        "one = Contract().callback('zego_rtc/record').examples[0].payload;"
        "sent = hooks.sign('record', one);"
        "event = hooks.receive(headers=sent.headers, body=sent.body)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code + check], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "aaaa"
