"""A user's code under type checkers: right code passes, and each mistake of a wrong one is told."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
RIGHT = Path(__file__).with_name("typed_user.py")
WRONG = """\
from hookproof import Recever
from hookproof.receiver import Evnt
from hookproof import Event, Receiver
Receiver("x", secrt="x")
def told(event: Event) -> None:
    print(event.playload)
    event.area = "x"
    Receiver("x").receive(headers={}, body="text")
    Receiver("x", unsigned="maybe")
"""
MISTAKES = {1, 2, 4, 6, 7, 8, 9}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A user's folder with right code and wrong code."""
    (tmp_path / "right.py").write_text(RIGHT.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "wrong.py").write_text(WRONG, encoding="utf-8")
    return tmp_path


def test_mypy_strict(folder: Path) -> None:
    """The payload narrows in `match`; what does not exist is told of, imports too."""
    pytest.importorskip("mypy")
    paths = [str(ROOT / "src"), str(ROOT / "generated")]
    (folder / "mypy.ini").write_text(
        f"[mypy]\nstrict = true\nmypy_path = {':'.join(paths)}\n", encoding="utf-8"
    )
    words = ["mypy", "--no-pretty", "right.py", "wrong.py"]
    said = run(folder, [sys.executable, "-m", *words])
    found = [line.split(": ") for line in said.splitlines() if ": error: " in line]
    places = [place.split(":") for place, *_ in found]
    assert not [line for line in places if line[0] == "right.py"], said
    assert {int(number) for _, number, *_ in places} == MISTAKES, said


def test_pyright_strict(folder: Path) -> None:
    """The same by pyright, from npm or PyPI, or by basedpyright, which brings what it runs on."""
    places = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    found = (shutil.which(name, path=places) for name in ("pyright", "basedpyright"))
    checker = next(filter(None, found), None)
    if checker is None:
        pytest.skip("neither pyright nor basedpyright is installed")
    settings = {
        "typeCheckingMode": "strict",
        "extraPaths": [str(ROOT / "src"), str(ROOT / "generated")],
    }
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    words = [checker, "--outputjson", "--pythonpath", sys.executable]
    told = json.loads(run(folder, words))["generalDiagnostics"]
    found = [one for one in told if one["severity"] == "error"]
    assert not [one for one in found if one["file"].endswith("right.py")], found
    assert {one["range"]["start"]["line"] + 1 for one in found} == MISTAKES, found


def run(folder: Path, words: list[str]) -> str:
    """What a checker prints, in a folder of its own."""
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout
