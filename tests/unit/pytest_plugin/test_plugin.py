"""The pytest plugin in a project of somebody: its options, its fixtures, its suite."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from hookproof.conformance.checks import Check
from hookproof.pytest_plugin.receiver import _is_factory

if TYPE_CHECKING:
    from pathlib import Path

CORRECT = """\
import os
from hookproof import Receiver
from hookproof.receiver.wsgi import CallbackApp

seen = []
app = CallbackApp(Receiver("zego_rtc", secret=os.environ["HOOKPROOF_SECRET"]), seen.append)
"""
# Takes what nobody signed, and breaks on what is no JSON.
FAULTY = """\
import json

def app(environ, start_response):
    payload = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(payload["event"]).encode()]
"""
OWN = """\
import json

import pytest
import shop

def test_genuine(hookproof_receiver, callback):
    request = callback("record", stream_alias="mine")
    assert hookproof_receiver.send(request).status == 200
    assert shop.seen[-1].payload.stream_alias == request.payload["stream_alias"] == "mine"

def test_spoilt(hookproof_receiver, callback):
    one = callback("record")
    told = {name: hookproof_receiver.send(bad) for name, bad in {
        "forged": one.forged(), "unsigned": one.unsigned(), "doubled": one.doubled(),
        "mutated": one.mutated(stream_alias=7), "stale": one.stale(400), "again": one,
    }.items()}
    assert {name: (reply.status, reply.body.decode()) for name, reply in told.items()} == {
        "forged": (401, "wrong"), "unsigned": (401, "missing"), "doubled": (400, "unreadable"),
        "mutated": (400, "contract"), "stale": (200, "1"), "again": (200, "1"),
    }
    assert json.loads(one.stale(400).body)["timestamp"] < json.loads(one.body)["timestamp"]

def test_left_out(hookproof_receiver, callback):
    reply = hookproof_receiver.send(callback("record", replay_url=...))
    assert (reply.status, reply.body) == (400, b"contract")

def test_retries(deliver, callback, monkeypatch):
    tries = []
    def refuse_twice(event):
        tries.append(event.dedupe_key)
        if len(tries) < 3:
            raise RuntimeError("the database is down")
    monkeypatch.setattr(shop.app, "_handle", refuse_twice)
    done = deliver(callback("record"))
    assert (done.received, done.attempts, len(set(tries))) == (True, 3, 1)
    assert [round(seconds) for seconds in done.after] == [0, 2, 6]

def test_lost(deliver, callback, monkeypatch):
    monkeypatch.setattr(shop.app, "_handle", None)
    done = deliver(callback("record"))
    assert (done.received, round(done.after[-1])) == (False, 62)
    assert done.replies[-1].status == 500
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a correct application, a faulty one, and tests of its own."""
    (tmp_path / "shop.py").write_text(CORRECT)
    (tmp_path / "faulty.py").write_text(f"{FAULTY}\ndef make(config=None):\n    return app\n")
    (tmp_path / "broken.py").write_text("app = 5\napp = 1 / 0\n")
    (tmp_path / "unset.py").write_text('import os\napp = os.environ["NOWHERE"]\n')
    (tmp_path / "unwritten.py").write_text("app = (\n")
    (tmp_path / "test_own.py").write_text(OWN)
    (tmp_path / "pytest.ini").write_text("[pytest]\npythonpath = .\n")
    return tmp_path


def run(project: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run pytest in a project, with the plugin and no other."""
    quick = ["--hookproof-max-cases=40", "--hookproof-callback=record"]
    given = [] if "--bare" in words else [*quick, "-p", "hookproof.pytest_plugin"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *given, *(w for w in words if w != "--bare")],
        cwd=project,
        env={
            **os.environ,
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            "HOOKPROOF_SECRET": "a secret",
            "XDG_CACHE_HOME": str(project / "cache"),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_fixtures_send_to_the_application_in_this_process(project: Path) -> None:
    """Genuine, spoilt and redelivered callbacks, and the vendor's retries without waiting."""
    done = run(project, "--hookproof-app=shop:app", "-k", "not hookproof")
    assert "5 passed" in done.stdout, done.stdout


def test_a_correct_application_passes_the_suite(project: Path) -> None:
    """One test for each check of each callback; what there is nothing to test of is skipped."""
    done = run(project, "--hookproof-app=shop:app", "-k", "hookproof", "-vv")
    assert done.returncode == 0, done.stdout
    assert "refuses_forged PASSED" in done.stdout, done.stdout
    passed, skipped = re.search(r"(\d+) passed, (\d+) skipped", done.stdout).groups()
    assert int(passed) + int(skipped) == len(Check)
    assert int(passed) >= 8


def test_what_is_wrong_is_read_at_once_and_tried_again(project: Path) -> None:
    """The failure names code, place and next step, and the line that broke; --lf and ids work."""
    done = run(project, "--hookproof-app=faulty:app", "-k", "hookproof")
    assert done.returncode == 1
    made = run(project, "--hookproof-app=faulty:make", "-k", "hookproof and refuses_forged")
    assert "HP407 accepts a forgery" in made.stdout
    for said in ("HP407 accepts a forgery", "HP404 crashes on a payload", 'faulty.py", line 4'):
        assert said in done.stdout
    # Of an application in this process a recipe for a shell would send to nobody.
    assert "curl" not in done.stdout
    again = run(project, "--hookproof-app=faulty:app", "--lf", "-k", "hookproof")
    failed = re.findall(r"^FAILED (\S+)", done.stdout, re.MULTILINE)
    assert failed == re.findall(r"^FAILED (\S+)", again.stdout, re.MULTILINE)
    assert f"{len(failed)} failed" in again.stdout
    alone = run(project, "--hookproof-app=faulty:app", failed[0])
    assert "1 failed in" in alone.stdout, alone.stdout


def test_a_receiver_that_refuses_all_is_told_once(project: Path) -> None:
    """Where the genuine callback is refused nothing else is known, and nothing else passes."""
    words = ["--hookproof-app=shop:app", "-k", "hookproof"]
    (project / "shop.py").write_text(CORRECT.replace('os.environ["HOOKPROOF_SECRET"]', '"x"'))
    done = run(project, *words)
    assert re.search(r"1 failed, 12 skipped", done.stdout), done.stdout
    # Alone, a check without evidence fails.
    alone = run(project, "--hookproof-app=shop:app", "-k", "refuses_forged")
    assert "no evidence" in alone.stdout
    assert alone.returncode == 1


def test_a_url_where_nobody_listens_is_told_once(project: Path) -> None:
    """One test fails, and says so; the others were not tried, and do not pass."""
    done = run(project, "--hookproof-url=http://127.0.0.1:9/", "-k", "hookproof")
    assert done.returncode == 1
    assert re.search(rf"1 failed, {len(Check) - 1} skipped", done.stdout), done.stdout
    # Where CI is set, pytest's own summary says it whole once more.
    told = done.stdout.partition("short test summary")[0]
    assert told.count("nobody listens there") == 1, done.stdout
    # As a secret that is missing.
    (project / "test_own.py").unlink()
    done = run(project, "--hookproof-app=faulty:app", "-k", "hookproof", HOOKPROOF_SECRET="")
    assert re.search(rf"1 failed, {len(Check) - 1} skipped", done.stdout), done.stdout
    assert "no secret" in done.stdout


def test_a_function_that_makes_an_application_is_called() -> None:
    """As uvicorn does it; what takes a request is none, nor what cannot be called."""

    def make(config: object = None, **more: object) -> str:
        return "made"

    def application(environ: object, start_response: object) -> str:
        return "answered"

    def any_of(*given: object) -> str:
        return "answered"

    assert _is_factory(make)
    assert not any(map(_is_factory, (application, any_of, "text", object())))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--hookproof-app=nowhere:app"], "there is no module nowhere"),
        (["--hookproof-app=broken:app"], "ZeroDivisionError: division by zero"),
        (["--hookproof-app=broken:app"], "broken.py:2"),
        (["--hookproof-app=unset:app"], "unset.py:2"),
        (["--hookproof-app=unwritten:app"], "unwritten.py:1"),
        (["--hookproof-app=shop:CallbackApp()"], "missing 2 required positional arguments"),
        (["--hookproof-app=shop:app", "--hookproof-callback=recrd"], "did you mean"),
        (["--hookproof-app=shop:app", "--hookproof-url=http://127.0.0.1:9/"], "give one"),
    ],
)
def test_a_wrong_option_is_told_in_a_line(project: Path, words: list[str], said: str) -> None:
    """No traceback, and no test that fails for it."""
    done = run(project, *words)
    assert done.returncode == 4, done.stdout
    assert said in done.stderr + done.stdout
    assert "Traceback" not in done.stderr + done.stdout


def test_an_application_is_found_where_pytest_is_called(project: Path) -> None:
    """As servers find it; a newcomer's folder has neither a configuration nor a test."""
    for name in ("pytest.ini", "test_own.py"):
        (project / name).unlink()
    done = run(project, "--hookproof-app=shop:app", "--collect-only", PYTHONSAFEPATH="1")
    assert done.returncode == 0, done.stdout
    assert "hookproof::zego_rtc/record::refuses_forged" in done.stdout


def test_a_path_that_is_not_there_is_told_with_the_option(project: Path) -> None:
    """A newcomer forgets it, and the hint is of the plugin, not of the command."""
    (project / "elsewhere.py").write_text(
        "def app(environ, start_response):\n"
        "    start_response('404 Not Found', [])\n    return [b'no such page']\n"
    )
    said = run(project, "--hookproof-app=elsewhere:app", "--hookproof-path=/hook").stdout
    assert "callbacks were sent to /hook; --hookproof-path says another path" in said


def test_settings_may_stand_in_the_configuration(project: Path) -> None:
    """What a project says once is the same as options, which go first."""
    ini = "hookproof_app = faulty:app\nhookproof_callback = record\nhookproof_max_cases = 40\n"
    (project / "pytest.ini").write_text(f"[pytest]\npythonpath = .\n{ini}")
    words = ("--bare", "-p", "hookproof.pytest_plugin", "--collect-only")
    assert "hookproof::zego_rtc/record::refuses_forged" in run(project, *words).stdout


def test_unused_it_costs_nothing(project: Path) -> None:
    """A run without an option or a fixture of it imports the plugin itself and nothing more."""
    (project / "test_own.py").write_text(
        "import sys\ndef test_it():\n"
        "    found = [name for name in sys.modules if name.startswith('hookproof')]\n"
        "    assert found == ['hookproof', 'hookproof.pytest_plugin'], found\n"
        "    assert not {'pydantic', 'orjson', 'jsonschema_rs'} & set(sys.modules)\n"
    )
    done = run(project, "--bare", "-p", "hookproof.pytest_plugin")
    assert "1 passed" in done.stdout, done.stdout
