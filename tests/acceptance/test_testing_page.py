"""Every command of docs/testing.md does what the page says, in the order of the page."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from unit.source import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = (ROOT / "docs" / "testing.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXIT = re.compile(r"# exit (\d)$")
FUNCTION = re.compile(r"^def is_genuine.*?\n\n\n", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A block of code: its language, what stands behind that, and its text."""

    language: str
    about: str
    text: str


BLOCKS = [Block(language, about.strip(), text) for language, about, text in BLOCK.findall(PAGE)]


class Reader:
    """Somebody who follows the page in a folder, on ports that are free."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ports = {"8000": free_port(), "8443": free_port()}
        self.server: subprocess.Popen[bytes] | None = None
        scripts = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        around = {k: v for k, v in os.environ.items() if not k.startswith("HOOKPROOF_")}
        # Few cases, for the page is about what is typed; the state of a user is his folder's.
        few = {"HOOKPROOF_TEST_MAX_CASES": "90", "XDG_STATE_HOME": str(folder / "state")}
        self.environment = {**around, **few, "PATH": scripts}

    def follow(self, block: Block) -> None:
        """Do what a block says."""
        text = block.text
        for port, free in self.ports.items():
            text = text.replace(port, str(free))
        if block.language == "python" and not text.startswith("# "):
            whole = (self.folder / "receiver.py").read_text(encoding="utf-8")
            assert FUNCTION.search(whole)
            whole = FUNCTION.sub(lambda _: f"{text}\n\n", whole)
            (self.folder / "receiver.py").write_text(whole, encoding="utf-8")
        elif block.language in {"python", "toml", "yaml"}:
            name = text.partition("\n")[0].removeprefix("# ")
            (self.folder / name).write_text(text, encoding="utf-8")
        elif block.about == "in a second terminal":
            self.serve(text)
        elif block.about == "with TLS":
            with tls(self.folder, self.ports["8443"]):
                self.run(text)
        else:
            self.run(text)

    def serve(self, text: str) -> None:
        """Start the receiver anew."""
        self.stop()
        self.server = subprocess.Popen(
            ["sh", "-c", f"exec env {text.strip()}"],
            cwd=self.folder,
            env=self.environment,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.ports["8000"])) == 0:
                    return
            time.sleep(0.05)
        pytest.fail("the receiver of the page does not listen")

    def stop(self) -> None:
        """End the receiver."""
        if self.server:
            self.server.kill()
            self.server.wait()

    def run(self, text: str) -> None:
        """Run each line; its exit code is 0, or what stands behind it."""
        for line in text.splitlines():
            if line.startswith("export "):
                name, _, value = line.removeprefix("export ").partition("=")
                self.environment[name] = value
                continue
            done = subprocess.run(
                ["bash", "-o", "pipefail", "-c", line],
                cwd=self.folder,
                env=self.environment,
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
            wanted = EXIT.search(line)
            told = f"{line}\n{done.stdout}\n{done.stderr}"
            assert done.returncode == (int(wanted[1]) if wanted else 0), told
            assert "Traceback" not in told


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def tls(folder: Path, port: int) -> Iterator[None]:
    """The receiver of the page behind TLS, with an authority of its own in ca.pem."""
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    files = ["-keyout", "key.pem", "-out", "ca.pem"]
    subprocess.run([*command, *names, *files], cwd=folder, check=True, capture_output=True)
    text = (folder / "receiver.py").read_text(encoding="utf-8").rpartition("\n\n\n")[0]
    before = os.environ.get("CALLBACK_SECRET")
    os.environ["CALLBACK_SECRET"] = "secret"
    known: dict[str, type[BaseHTTPRequestHandler]] = {}
    try:
        exec(text, known)  # noqa: S102 - the page's own code
    finally:
        os.environ.pop("CALLBACK_SECRET") if before is None else None
    server = ThreadingHTTPServer(("127.0.0.1", port), known["Callbacks"])
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "ca.pem", folder / "key.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.skipif(
    not all(map(shutil.which, ("bash", "curl", "openssl"))),
    reason="bash, curl or openssl is missing",
)
def test_the_page_can_be_followed(tmp_path: Path) -> None:
    """From the first command to the last, in a folder of its own."""
    reader = Reader(tmp_path)
    try:
        for block in BLOCKS:
            reader.follow(block)
    finally:
        reader.stop()
    assert {"report.json", "report.html", "junit.xml", "report.sarif", "complete.sh"} <= {
        file.name for file in tmp_path.iterdir()
    }


def test_every_command_of_the_page_stands_in_a_block_that_is_run() -> None:
    """None is hidden in a block of another language."""
    assert len(BLOCKS) > 12
    assert {block.language for block in BLOCKS} == {"python", "sh", "toml"}
    assert {block.about for block in BLOCKS} == {"", "in a second terminal", "with TLS"}


def test_the_exit_codes_are_those_of_the_command() -> None:
    """The table names each."""
    from hookproof.cli.exits import Exit  # noqa: PLC0415

    told = {int(code) for code in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)}
    assert told == set(Exit) - {Exit.INTERRUPTED}
