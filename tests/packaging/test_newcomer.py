"""The path of a newcomer in a fresh environment: the built wheel, docs/receiver.md, a hook.

Frameworks, pytest and pre-commit come from the package index that pip is set up for.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from acceptance.test_receiver_page import follow_page

if TYPE_CHECKING:
    from pathlib import Path

NEEDED = ("fastapi", "httpx", "flask", "django", "pytest", "pre-commit")


def run(*words: object, within: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [*map(str, words)],
        cwd=within,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )


@pytest.fixture(scope="module")
def fresh(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of a new environment that has hookproof from its wheel, and frameworks."""
    folder = tmp_path_factory.mktemp("newcomer")
    run(sys.executable, "-m", "venv", "--without-pip", folder / "venv", within=folder)
    scripts = folder / "venv" / "bin"
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    pip += ["--python", scripts / "python"]
    index = run(*pip, "download", "--no-deps", "--dest", folder, "iniconfig", within=folder)
    if index.returncode:
        pytest.skip("no package index can be reached")
    done = run(*pip, "install", "--no-compile", f"{wheel}[test]", *NEEDED, within=folder)
    assert done.returncode == 0, done.stderr
    return scripts


@pytest.fixture
def around(fresh: Path, tmp_path: Path) -> dict[str, str]:
    """An environment in which the scripts of the new one come first, and nothing of this one."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("HOOKPROOF_", "PYTEST_"))}
    home = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "HOME": str(tmp_path)}
    few = {"PYTEST_ADDOPTS": "--hookproof-max-cases=40"}
    return {**clean, **home, **few, "PATH": f"{fresh}{os.pathsep}{os.environ['PATH']}"}


def test_the_guide_holds_in_a_fresh_environment(around: dict[str, str], tmp_path: Path) -> None:
    """FastAPI, Flask and Django receivers are written, tested by the plugin, and broken.

    Nothing is said of the plugin: pytest finds it by its entry point.
    """
    follow_page(tmp_path, around)
    code = "import hookproof; print(hookproof.__file__)"
    where = run("python", "-c", code, within=tmp_path, **around)
    assert "site-packages" in where.stdout


def test_the_hook_of_the_guide_takes_good_fixtures_and_no_others(
    around: dict[str, str], tmp_path: Path
) -> None:
    """As pre-commit runs it, over the files of a repository."""
    follow_page(tmp_path, around, runs=False)
    (tmp_path / "fixtures").mkdir()
    fixture = tmp_path / "fixtures" / "record.json"
    example = run("hookproof", "example", "record", within=tmp_path, **around)
    fixture.write_text(example.stdout, encoding="utf-8")
    run("git", "init", "--quiet", within=tmp_path, **around)
    for text, code in ((example.stdout, 0), ('{"event": "record"}', 1)):
        fixture.write_text(text, encoding="utf-8")
        run("git", "add", "fixtures", ".pre-commit-config.yaml", within=tmp_path, **around)
        done = run("pre-commit", "run", "--all-files", within=tmp_path, **around)
        assert done.returncode == code, done.stdout + done.stderr
        assert ("Failed" in done.stdout) == bool(code)
