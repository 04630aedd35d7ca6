"""Ends commands at random moments by each signal, and looks at what they leave behind.

python benchmarks/interruptions.py [--moments 50] [--seed 1] [COMMAND...]

Held to: no half report or copy, no process left, no temporary file left (by SIGKILL, which nobody
can answer: none after the next run), an exit code that is documented (or the signal's own), and a
resumed run that equals a whole one.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import write_mixed

from hookproof.contract import Contract
from hookproof.testing import Receiver, serve

if TYPE_CHECKING:
    from collections.abc import Callable

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL)
DOCUMENTED = {0, 1, 2, 3, 4, 130}
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Command:
    """A command that is ended, and what is looked at afterwards; `again` takes it up.

    One that does not end by itself `lasts` so many seconds, and serves at the `port`.
    """

    words: list[str]
    sound: Callable[[Path], str]
    again: list[str] = field(default_factory=list)
    lasts: float = 0.0
    port: int = 0


def reports_are_whole(folder: Path) -> str:
    """Each report is there whole or not at all."""
    for report in folder.glob("*.json"):
        try:
            json.loads(report.read_bytes())
        except ValueError:
            return f"{report.name} is half a report"
    return ""


def copies_are_whole(folder: Path) -> str:
    """Each copy ends with a line's end and holds requests."""
    for copy in (folder / "out").rglob("*.ndjson"):
        lines = copy.read_bytes().split(b"\n")
        if lines[-1] or not all(json.loads(line) for line in lines[:-1]):
            return f"{copy.name} is half a copy"
    return ""


def models_are_whole(folder: Path) -> str:
    """What is written can be compiled."""
    for file in (folder / "models").rglob("*.py"):
        compile(file.read_bytes(), str(file), "exec")
    return ""


def store_is_whole(folder: Path) -> str:
    """A store is there whole, each capture with its body, or not at all."""
    store = folder / "kept.db"
    if not store.exists():
        return ""
    with closing(sqlite3.connect(store)) as base:
        [sound] = base.execute("pragma integrity_check").fetchone()
    return "" if sound == "ok" else f"the store is damaged: {sound}"


def commands(url: str) -> dict[str, Command]:
    """The commands by name, each as it runs in a folder with an archive."""
    validate = ["validate", "../archive", "--quiet", "--jobs", "2", "--journal", "journal"]
    validate += ["--report", "json=report.json"]
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    serving = ["serve", "--page-port", "0", "--store", "kept.db"]
    test = ["test", url, "--callback", "recording", "--quiet", "--report", "json=report.json"]
    return {
        "validate": Command(validate, reports_are_whole, [*validate, "--resume"]),
        "sanitize": Command(["sanitize", "../captures", "out"], copies_are_whole),
        "generate": Command(["generate", "--out", "models"], models_are_whole),
        "test": Command([*test, "--max-cases", "60"], reports_are_whole),
        "serve": Command([*serving, "--port", str(port)], store_is_whole, lasts=4.0, port=port),
    }


def start(words: list[str], folder: Path) -> subprocess.Popen[bytes]:
    """Begin a command in a session of its own."""
    around = os.environ | {"XDG_CACHE_HOME": str(folder / "cache"), "HOOKPROOF_SECRET": "secret"}
    return subprocess.Popen(
        [sys.executable, "-m", "hookproof", *words],
        cwd=folder,
        env=around | {"TMPDIR": str(folder / "tmp")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def post_to(port: int, ended: threading.Event) -> None:
    """Send callbacks to a server, whether or not it is there yet, or any more."""
    while not ended.wait(0.01):
        with suppress(OSError, HTTPException):
            line = HTTPConnection("127.0.0.1", port, timeout=2)
            line.request("POST", "/", b'{"event":"record"}', {"Content-Type": "application/json"})
            line.getresponse().read()
            line.close()


def is_gone(session: int) -> bool:
    """Whether no process of a session is left, after a moment of grace."""
    for _ in range(60):
        try:
            os.killpg(session, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def left_over(folder: Path) -> list[str]:
    """Temporary files of ours below a folder."""
    found = list(folder.rglob(".hookproof-*")) + list(folder.rglob("*.new"))
    return [path.name for path in found] + [path.name for path in (folder / "tmp").iterdir()]


def interrupted(command: Command, number: signal.Signals, after: float, folder: Path) -> str:
    """What is wrong with what an interrupted command left, "" where nothing is."""
    (folder / "tmp").mkdir(parents=True)
    process, ended = start(command.words, folder), threading.Event()
    if command.port:
        threading.Thread(target=post_to, args=(command.port, ended), daemon=True).start()
    time.sleep(after)
    ended.set()
    if number is signal.SIGINT:
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)
    try:
        _, said = process.communicate(timeout=30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return "it did not end"
    if process.returncode not in DOCUMENTED | {-number, 128 + number}:
        return f"exit code {process.returncode}: {said.decode(errors='replace')[-200:]}"
    if not is_gone(process.pid):
        return "a process is left"
    if number is signal.SIGKILL and left_over(folder) and not command.lasts:
        start(command.words, folder).communicate(timeout=300)
    if left := left_over(folder):
        return f"a temporary file is left: {left[:2]}"
    return command.sound(folder)


def timeless(report: bytes) -> bytes:
    """A report without when it was made and how long that took."""
    return re.sub(rb'"(started|seconds)": [^\n]*', b"", report)


def resumed(command: Command, folder: Path, whole: bytes) -> str:
    """What is wrong with a run that is taken up again, "" where nothing is."""
    if not command.again:
        return ""
    process = start(command.again, folder)
    _, said = process.communicate(timeout=120)
    report = folder / "report.json"
    same = report.exists() and timeless(report.read_bytes()) == timeless(whole)
    return "" if same else f"resumed, it differs: {said.decode(errors='replace')[-200:]}"


def tried(name: str, command: Command, root: Path, moments: int, rng: random.Random) -> int:
    """Interrupt a command by each signal at so many moments; how often something was wrong."""
    begun, whole = time.monotonic(), root / f"{name}-whole"
    (whole / "tmp").mkdir(parents=True)
    if not command.lasts:
        start(command.words, whole).communicate(timeout=300)
    lasts = command.lasts or time.monotonic() - begun
    report = (whole / "report.json").read_bytes() if command.again else b""
    faults = 0
    for number in SIGNALS:
        wrong: Counter[str] = Counter()
        for moment in range(moments):
            folder = root / f"{name}-{number.name}-{moment}"
            fault = interrupted(command, number, rng.uniform(0.02, lasts), folder)
            fault = fault or resumed(command, folder, report)
            wrong[fault] += bool(fault)
        told = [f"{count}x {fault}" for fault, count in wrong.items() if count]
        faults += sum(wrong.values())
        print(
            f"{name:<9} {number.name:<8} {moments} moments  {'; '.join(told) or 'well'}", flush=True
        )
    return faults


def main() -> int:
    """Try what was asked for; 1 where something was wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("commands", nargs="*")
    parser.add_argument("--moments", type=int, default=50)
    parser.add_argument("--captures", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    # A job in the background of a shell ignores these, and so would all that it starts.
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    rng = random.Random(asked.seed)
    contract = Contract()
    secrets = dict.fromkeys(contract.areas, b"secret")
    with tempfile.TemporaryDirectory() as place, serve(Receiver(contract, secrets=secrets)) as url:
        root = Path(place)
        write_mixed(root / "archive", asked.captures)
        (root / "captures").symlink_to(ROOT / "tests" / "captures")
        every = commands(url)
        faults = sum(
            tried(name, every[name], root, asked.moments, rng) for name in asked.commands or every
        )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
