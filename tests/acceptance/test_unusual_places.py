"""Commands that write, where writing fails or nothing is as at a desk: told, nothing half done."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

FOUND = Path(__file__).parents[1] / "captures" / "found"
NOBODY = "http://127.0.0.1:9/"
# Each command as it is called in a folder with captures; it writes below `out`.
WRITERS = {
    "report": ("validate", "in.log", "--report", "json=out/report.json"),
    "page": ("validate", "in.log", "--report", "html=out/report.html"),
    "journal": ("validate", "in.log", "--journal", "out/journal"),
    "sanitize": ("sanitize", "in.log", "out/made"),
    "table": ("contract", "table", "--out", "out/table.md"),
    "bundle": ("contract", "bundle", "--area", "zego_asr", "--out", "out/made"),
    "test": ("test", NOBODY, "--callback", "recording", "--report", "json=out/report.json"),
    "generate": ("generate", "--area", "zego_asr", "--out", "out/made"),
    "init": ("contract", "init", "out/made", "--callback", "shop/paid", "--page", "https://h/p"),
    "serve": ("serve", "--port", "0", "--page-port", "0", "--store", "out/captures.db"),
}
# As root everything may be written, unless that is given away.
AS_ANYBODY = ("setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a capture and a place to write."""
    shutil.copy(FOUND / "nginx_json.log", tmp_path / "in.log")
    (tmp_path / "out").mkdir()
    return tmp_path


def run(
    words: tuple[str, ...], folder: Path, *, before: tuple[str, ...] = (), **options: Any
) -> subprocess.CompletedProcess[str]:
    """Call hookproof in a folder, with a secret and no other variable of ours."""
    around = {k: v for k, v in os.environ.items() if not k.startswith("HOOKPROOF_")}
    # Where files may have a few bytes alone, Python keeps half of what it compiles, for all others.
    around |= {"HOOKPROOF_SECRET": "secret", "PYTHONDONTWRITEBYTECODE": "1"}
    environment = around | options.pop("env", {})
    return subprocess.run(
        [*before, sys.executable, "-m", "hookproof", *words],
        cwd=folder,
        env={name: value for name, value in environment.items() if value is not None},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        **options,
    )


def left_in(folder: Path) -> list[str]:
    """The files below `out`, hidden ones too."""
    files = (file for file in (folder / "out").rglob("*") if file.is_file())
    return sorted(str(file.relative_to(folder)) for file in files)


@pytest.mark.parametrize("name", WRITERS)
def test_no_room(name: str, folder: Path) -> None:
    """A disk that is full after some bytes: one line, exit code 2, and no half of a file."""

    def little() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))

    done = run(WRITERS[name], folder, preexec_fn=little, env={"XDG_CACHE_HOME": str(folder / "c")})
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith("hookproof: ")
    assert "Traceback" not in done.stderr
    # A journal grows; what is there of one is refused or taken up by the next run.
    growing = {"journal": ["out/journal"], "serve": ["out/captures.db"]}
    assert left_in(folder) == growing.get(name, [])


@pytest.mark.parametrize("name", WRITERS)
def test_a_folder_that_may_only_be_read(name: str, folder: Path) -> None:
    """The place is named, and what to do where that is known."""
    before = AS_ANYBODY if os.geteuid() == 0 else ()
    if before and not shutil.which(before[0]):
        pytest.skip("root may write everywhere, and setpriv is not here")
    (folder / "out").chmod(0o555)
    done = run(WRITERS[name], folder, before=before)
    (folder / "out").chmod(0o755)
    assert done.returncode == 2, done.stderr
    assert "Permission denied" in done.stderr
    assert "out" in done.stderr.splitlines()[0]
    assert left_in(folder) == []


@pytest.mark.parametrize(
    "around",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"HOME": None, "XDG_CACHE_HOME": None, "XDG_STATE_HOME": None, "USER": None},
        {"TZ": "Pacific/Kiritimati"},
    ],
    ids=["locale C", "no home", "another time zone"],
)
def test_other_surroundings_change_nothing(around: dict[str, str | None], folder: Path) -> None:
    """The report is that of any other run."""
    (folder / "录.json").write_text((FOUND / "jq_pretty.json").read_text(), encoding="utf-8")
    words = ("validate", "in.log", "录.json", "--report")
    reports = []
    for name, given in (("usual", {}), ("unusual", around)):
        done = run((*words, f"json=out/{name}.json"), folder, env=given)
        assert done.returncode == 0, done.stderr
        told = json.loads((folder / "out" / f"{name}.json").read_text(encoding="utf-8"))
        del told["run"]["started"], told["run"]["seconds"]
        reports.append((told, len(done.stdout.splitlines())))
    assert reports[0] == reports[1]


@pytest.mark.parametrize(
    "options",
    [("--report", "json=in.log"), ("--report", "html=./in.log"), ("--journal", "in.log")],
)
def test_what_is_read_is_not_written_over(options: tuple[str, str], folder: Path) -> None:
    """A slip of the pen costs nobody a capture, be it named or found in a folder."""
    before = (folder / "in.log").read_bytes()
    for captures in ("in.log", "."):
        done = run(("validate", captures, *options), folder)
        assert (done.returncode, (folder / "in.log").read_bytes()) == (2, before)
        assert "is read as a capture" in done.stderr


def test_two_runs_on_one_journal(folder: Path) -> None:
    """Both tell what they found, or one says that it cannot; the journal can be taken up."""
    (folder / "many").mkdir()
    for number in range(300):
        shutil.copy(FOUND / "jq_pretty.json", folder / "many" / f"{number}.json")
    words = [sys.executable, "-m", "hookproof", "validate", "many", "--journal", "out/journal"]
    around = os.environ | {"HOOKPROOF_SECRET": "secret", "HOOKPROOF_SECRET_ZEGO": "secret"}
    options: dict[str, Any] = {"cwd": folder, "env": around, "text": True}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    both = [subprocess.Popen(words, **options, **pipes) for _ in range(2)]
    for process in both:
        out, err = process.communicate(timeout=120)
        assert "Traceback" not in err
        assert process.returncode in {0, 2}, err
        assert process.returncode or "600 captures" in out, out
    again = subprocess.run([*words, "--resume"], **options, **pipes, timeout=120, check=False)
    assert again.returncode in {0, 2}, again.stderr
    assert "Traceback" not in again.stderr
