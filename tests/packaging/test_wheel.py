"""The artefact that users get: what is in it, and that it works away from the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = {
    name: f"hookproof/_contract/{name}"
    for name in ("schemas", "openapi", "scenarios", "examples/verify")
}


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--quiet"]
    command.append("--no-compile")
    subprocess.run([*command, "--target", folder, wheel], check=True, capture_output=True)
    return folder


def run(elsewhere: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hookproof", *words],
        cwd=elsewhere,
        env={**os.environ, "PYTHONPATH": str(elsewhere), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def tracked(folder: str) -> set[str]:
    listed = subprocess.run(
        ["git", "ls-files", folder], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout, so what is tracked is not known")
    return {line.removeprefix(f"{folder}/") for line in listed.stdout.splitlines()}


@pytest.mark.parametrize("folder", SHIPPED)
def test_contract_is_shipped_whole(wheel: Path, folder: str) -> None:
    """The wheel holds exactly the tracked files of the contract, byte for byte."""
    with zipfile.ZipFile(wheel) as archive:
        inside = {
            name.removeprefix(f"{SHIPPED[folder]}/"): archive.read(name)
            for name in archive.namelist()
            if name.startswith(f"{SHIPPED[folder]}/")
        }
    assert tracked(folder) == set(inside)
    assert {name: (ROOT / folder / name).read_bytes() for name in inside} == inside


def test_the_engine_is_shipped_whole(wheel: Path) -> None:
    """What lies in src/ is in the wheel: modules, templates, texts and schemas of ours alike."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {f"hookproof/{name}" for name in tracked("src/hookproof")} - names == set()


def test_models_and_marks_are_shipped(wheel: Path) -> None:
    """The wheel holds the generated models and the marks that both packages are typed."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {"hookproof/py.typed", "hookproof_models/py.typed"} <= names
    assert {f"hookproof_models/{name}" for name in tracked("generated/hookproof_models")} <= names
    assert not [name for name in names if name.startswith(("tests/", "src/", "schemas/"))]


def test_validate_works_from_the_wheel(elsewhere: Path, tmp_path: Path) -> None:
    """The installed command finds the shipped contract and judges a capture by it."""
    capture = tmp_path / "capture.json"
    capture.write_text('{"event": "compose", "appid": 1}', encoding="utf-8")
    done = run(elsewhere, "validate", str(capture), "--format", "json")
    assert done.returncode == 1, done.stderr
    report = json.loads(done.stdout)
    assert list(report["callbacks"]) == ["zego_rtc/compose"]


def test_receiver_test_works_from_the_wheel(elsewhere: Path, tmp_path: Path) -> None:
    """The installed command tests a receiver, and the code that runs is the wheel's."""
    done = run(elsewhere, "demo", "--out", str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads((tmp_path / "correct.json").read_text())["verdict"] == "pass"
    where = subprocess.run(
        [sys.executable, "-c", "import hookproof; print(hookproof.__file__)"],
        cwd=elsewhere,
        env={**os.environ, "PYTHONPATH": str(elsewhere)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(elsewhere))


def test_a_scenario_is_played_from_the_wheel(elsewhere: Path) -> None:
    """Shipped ones are found where they are installed; nobody is there to hear it."""
    words = ["play", "transcoding", "--url", "http://127.0.0.1:9/", "--time-scale", "100000"]
    done = run(elsewhere, *words, HOOKPROOF_SECRET="of no worth")
    assert done.returncode == 3, done.stderr
    assert "start, attempt 6" in done.stdout


def test_unreachable_target_from_the_wheel(elsewhere: Path) -> None:
    """The installed command says unreachable and exits with 3."""
    done = run(elsewhere, "test", "http://127.0.0.1:9", HOOKPROOF_SECRET_ZEGO_RTC="secret")
    assert done.returncode == 3, done.stdout + done.stderr
    assert "UNREACHABLE" in done.stdout
