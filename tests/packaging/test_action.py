"""action.yml: its steps, run by the shell that a workflow would run them with."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
SECRET = "a-secret"
RECEIVER = """
import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server
from hookproof import Receiver
from hookproof.receiver.wsgi import CallbackApp

class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass

app = {app}
make_server("127.0.0.1", int(sys.argv[1]), app, handler_class=Quiet).serve_forever()
"""
CAREFUL = f"CallbackApp(Receiver('zego_rtc', secret={SECRET!r}), lambda event: None)"
OPEN = "lambda environ, start: start('200 OK', [('Content-Length', '0')]) and [] or []"


def step(name: str, folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run a step with these inputs, the defaults for all others, as a composite action does."""
    found = next(one for one in ACTION["runs"]["steps"] if one.get("name") == name)
    given = {key: one.get("default", "") for key, one in ACTION["inputs"].items()} | inputs
    values = {f"${{{{ inputs.{key} }}}}": value for key, value in given.items()}
    around = {key: _filled(value, values, folder) for key, value in found["env"].items()}
    around |= {"HOOKPROOF": str(Path(sys.executable).with_name("hookproof"))}
    clean = {k: v for k, v in os.environ.items() if not k.startswith("HOOKPROOF_")}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", found["run"]],
        env=clean | around | {"GITHUB_OUTPUT": str(folder / "out"), "HOOKPROOF_SECRET": SECRET},
        cwd=folder,
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
    )


def _filled(text: str, values: dict[str, str], folder: Path) -> str:
    return values.get(text, text).replace("${{ runner.temp }}", str(folder))


@pytest.fixture
def port() -> int:
    """One that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def stopped(tmp_path: Path) -> Iterator[Path]:
    """The file in which a receiver that the action started writes its number, to be ended by."""
    yield tmp_path / "pid"
    os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)


def started(folder: Path, port: int, pid: Path, app: str) -> str:
    """The command that starts a receiver."""
    (folder / "receiver.py").write_text(RECEIVER.format(app=app), encoding="utf-8")
    return f"echo $$ > {pid}; exec {sys.executable} {folder}/receiver.py {port}"


@pytest.mark.parametrize(("app", "code"), [(CAREFUL, 0), (OPEN, 1)])
def test_a_receiver_is_started_and_tested(
    tmp_path: Path, port: int, stopped: Path, app: str, code: int
) -> None:
    """The exit code is the verdict's, and every report is there, where the outputs say."""
    url = f"http://127.0.0.1:{port}/"
    begun = step("start", tmp_path, start=started(tmp_path, port, stopped, app), url=url)
    assert begun.returncode == 0, begun.stdout + begun.stderr
    more = "--max-cases 20 --seed 3"
    done = step("test", tmp_path, url=url, area="zego_rtc", callback="record", options=more)
    assert done.returncode == code, done.stdout + done.stderr
    assert ("::error" in done.stdout) == bool(code)
    told = dict(line.split("=", 1) for line in (tmp_path / "out").read_text().splitlines())
    assert {*told} == {*ACTION["outputs"]}
    for path in (*told.values(), "hookproof-reports/report.html"):
        assert (tmp_path / path).stat().st_size > 0
    report = json.loads((tmp_path / "hookproof-reports/report.json").read_text())
    assert report["seed"] == 3


def test_a_receiver_that_never_starts_is_said_with_what_it_printed(
    tmp_path: Path, port: int
) -> None:
    """Nothing is tested that is not there."""
    url = f"http://127.0.0.1:{port}/"
    ran = step("start", tmp_path, start="echo no such module; exit 1", url=url, wait="1")
    assert ran.returncode == 3
    assert "no such module" in ran.stdout


def test_inputs_are_no_script() -> None:
    """They reach a shell as variables alone, so that none of them can run anything by itself."""
    scripts: list[dict[str, Any]] = [one for one in ACTION["runs"]["steps"] if "run" in one]
    assert scripts
    assert not [one for one in scripts if "${{" in one["run"]]
