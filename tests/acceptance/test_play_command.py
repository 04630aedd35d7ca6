"""`hookproof play` and `hookproof compare`: what is said, written, and meant by the exit code."""

from __future__ import annotations

import json
import re
import shutil
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import jsonschema
import pytest
from acceptance.test_send_command import SECRET, run
from cast.states import run as states

from hookproof.contract import Contract
from hookproof.report.as_json import output_schema
from hookproof.signature import verify

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CALLBACKS = {
    name: Contract().callback(f"zego_rtc/{name}") for name in ("transcode_start", "transcode_stop")
}


class Memory:
    """The latest status of each task, in the order of the requests that led to it."""

    def __init__(self) -> None:
        self.tasks: dict[str, Any] = {}
        self.told: list[dict[str, Any]] = []

    def take(self, payload: dict[str, Any]) -> None:
        """Remember an event, once."""
        task = self.tasks.setdefault(payload["TaskId"], {"sequence": -1})
        if payload["Sequence"] > task["sequence"]:
            task |= {"sequence": payload["Sequence"], "status": payload["Status"]}


class Forgetful(Memory):
    """Whatever came last is what happened last."""

    def take(self, payload: dict[str, Any]) -> None:
        """Remember nothing but what is told."""
        self.tasks[payload["TaskId"]] = {"status": payload["Status"]}


@contextmanager
def serving(memory: Memory) -> Iterator[str]:
    """A receiver that verifies, remembers, and tells its state, or that of one task."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            wanted = parse_qs(asked.query).get("task")
            told = {name: one for name, one in memory.tasks.items() if not wanted or name in wanted}
            self.reply(200 if asked.path == "/state" else 404, json.dumps(told).encode())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/reset":
                memory.tasks.clear()
                self.reply(200, b"")
                return
            payload = json.loads(body)
            facts = CALLBACKS[payload["Event"]].signature
            assert verify(facts, SECRET.encode(), payload=payload, body=body).valid
            memory.told.append(payload)
            memory.take(payload)
            self.reply(200, b"")

        def reply(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

        def handle(self) -> None:
            try:
                super().handle()
            except ConnectionError:
                self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def held(text: str) -> dict[str, Any]:
    """A report, which keeps its schema."""
    report: dict[str, Any] = json.loads(text)
    jsonschema.Draft202012Validator(json.loads(output_schema("play"))).validate(report)
    return report


def test_a_scenario_is_played_with_its_faults(tmp_path: Path) -> None:
    """The stop first, then the start; each attempt is a line, and the report has all of it."""
    with serving(Memory()) as url:
        speed = ["--time-scale", "1000", "--report", f"json={tmp_path}/one.json"]
        done = run("play", "stop_before_start", "--url", f"{url}/hook", *speed)
    assert done.returncode == 0, done
    assert re.findall(r" s  (\w+) ", done.stdout) == ["stop", "start"]
    report = held((tmp_path / "one.json").read_text())
    assert [one["step"] for one in report["attempts"]] == ["stop", "start"]
    assert (report["verdict"], report["lost"], report["proof"]) == ("pass", [], None)


def test_one_state_is_proved_or_the_shortest_way_to_another_told() -> None:
    """With identifiers of its own in each run where there is no --reset."""
    with serving(Memory()) as url:
        probe = ["--probe", f"{url}/state?task={{task}}", "--settle", "0"]
        done = run("play", "stop_before_start", "--url", f"{url}/hook", *probe)
    assert done.returncode == 0, done
    assert "PASS" in done.stdout
    # Another order; six with a duplicate and six with a lost answer; four twins and one pair.
    assert "all 18 ways of delivering were tried" in done.stdout
    forgetful = Forgetful()
    with serving(forgetful) as url:
        probe = ["--probe", f"{url}/state", "--reset", f"{url}/reset", "--settle", "0"]
        some = [*probe, "--max-plays", "6", "--format", "json"]
        done = run("play", "transcoding", "--url", f"{url}/hook", *some)
    report = held(done.stdout)
    assert (done.returncode, report["verdict"]) == (1, "fail")
    assert (report["proof"]["tried"], report["proof"]["there_are"]) == (6, 101)
    assert {one["fault"] for one in report["proof"]["causes"]} == {"stale"}
    assert {one["deliveries"] for one in report["proof"]["causes"]} <= {2, 3}
    assert len({one["TaskId"] for one in forgetful.told}) == 1
    assert len({one["Nonce"] for one in forgetful.told}) == len(forgetful.told)


@pytest.mark.parametrize(
    ("options", "code", "word"),
    [
        (["--probe", "{url}/state"], 2, "give --reset"),
        (["--reset", "{url}/reset"], 2, "no --probe"),
        (["--probe", "{url}/none", "--reset", "{url}/reset"], 4, "404"),
        (["--probe", "exit 3", "--reset", "{url}/reset"], 4, "ended with 3"),
        (["--probe", "echo up", "--reset", "{url}/reset"], 4, "no trace"),
        (["--probe", "http://192.0.2.1/", "--reset", "{url}/reset"], 2, "--allow-host"),
        (["--probe", "{url}/state", "--reset", "exit 1"], 4, "`exit 1`"),
    ],
)
def test_nothing_is_proved_by_what_was_not_read(options, code, word) -> None:
    """Never a pass: the exit code says it, and the text why."""
    with serving(Memory()) as url:
        given = [one.replace("{url}", url) for one in options]
        done = run("play", "stop_before_start", "--url", f"{url}/hook", "--settle", "0", *given)
    assert done.returncode == code, done
    assert word in done.stdout + done.stderr


def test_nobody_is_there() -> None:
    """Exit 3, as of every command."""
    fast = ["--time-scale", "100000"]
    assert run("play", "transcoding", "--url", "http://127.0.0.1:9/", *fast).returncode == 3
    assert run("play", "nothing_such", "--url", "http://127.0.0.1:9/").returncode == 2


def test_two_reports_are_compared(tmp_path: Path) -> None:
    """What is gone is mended where it was looked for; the other way round it is new."""
    for name, memory in (("old", Forgetful()), ("new", Memory())):
        with serving(memory) as url:
            probe = ["--probe", f"{url}/state", "--reset", f"{url}/reset", "--settle", "0"]
            report = ["--report", f"json={tmp_path}/{name}.json"]
            run("play", "stop_before_start", "--url", f"{url}/hook", *probe, *report)
    old, new = (str(tmp_path / f"{name}.json") for name in ("old", "new"))
    forth = run("compare", old, new)
    assert (forth.returncode, forth.stdout.splitlines()[0]) == (
        0,
        "0 new, 1 mended, 0 unchanged, 0 not looked at again",
    )
    back = run("compare", new, old, "--format", "json")
    assert back.returncode == 1
    assert [one["code"] for one in json.loads(back.stdout)["new"]] == ["stale"]


def test_a_test_plays_scenarios_as_well(tmp_path: Path) -> None:
    """Before its report, which has what came of it for a program."""
    with serving(Memory()) as url:
        few = ["--callback", "transcode_stop", "--max-cases", "30", "-q"]
        asked = [f"{url}/hook", *few, "--scenario", "stop_before_start"]
        file = tmp_path / "report.json"
        done = run("test", *asked, "--fail-on", "never", "--report", f"json={file}")
        assert "all received" in done.stdout
        report = json.loads(file.read_text(encoding="utf-8"))
        jsonschema.validate(report, json.loads(output_schema("test")))
        [played] = report["scenarios"]
        assert (played["scenario"], played["verdict"]) == ("stop_before_start", "pass")
        jsonschema.validate(played, json.loads(output_schema("play")))
        wrong = run("test", f"{url}/hook", *few, "--scenario", "nothing_such")
    assert (wrong.returncode, "nothing_such" in wrong.stderr) == (2, True)


def test_the_cast_is_that_of_the_figure() -> None:
    """Twenty with a fault of state, ten without, in two languages."""
    known = states.names()
    script = (states.HERE / "receiver.mjs").read_text(encoding="utf-8")
    assert set(re.findall(r'^  "(js-[a-z-]+)":', script, re.MULTILINE)) == set(states.NODE)
    if shutil.which("node"):
        assert sorted(known.values()) == [False] * 20 + [True] * 10


@pytest.mark.parametrize("name", ["py-asking-again", "py-duplicate-row", "js-last-write-wins"])
def test_some_of_the_cast(name: str) -> None:
    """A correct one passes, also over crashes; a faulty one is found out by a few deliveries."""
    if name.startswith("js-") and not shutil.which("node"):
        pytest.skip("node is missing")
    is_correct = states.names()[name]
    outcome = states.try_one(name, is_correct=is_correct, most=6)
    assert outcome.verdict == ("pass" if is_correct else "fail"), outcome
    assert all(size <= 3 for size in outcome.deliveries)
