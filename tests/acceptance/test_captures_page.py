"""Every command of docs/captures.md does what the page says, in the order of the page.

A tool that is not on this machine is not run: what it wrote before, which is kept, is read instead.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest
from captures.renew import HERE as KEPT
from captures.renew import free_port, post, receiver, requests
from unit.source import ROOT

PAGE = (ROOT / "docs" / "captures.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```sh([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# These take packets off the network, which an ordinary user may not.
PACKETS = frozenset({"tcpdump", "ngrep"})
NEEDS = {"packets.pcap": "dpkt", "arrow.parquet": "pyarrow"}


class Block(NamedTuple):
    """Some commands; one that captures goes on until it is stopped."""

    captures: bool
    text: str


BLOCKS = [Block(about.strip() == "capture", text) for about, text in BLOCK.findall(PAGE)]


class Reader:
    """Somebody who follows the page in a folder, with a receiver on a free port."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port
        self.ports = {"8000": str(port), "8001": str(free_port())}
        scripts = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        around = {k: v for k, v in os.environ.items() if not k.startswith("HOOKPROOF_")}
        self.environment = {**around, "PATH": scripts, "HOOKPROOF_SECRET": "secret"}

    def follow(self, block: Block) -> None:
        """Do what a block says."""
        text = re.sub(r"\b800[01]\b", lambda port: self.ports[port[0]], block.text)
        for line in text.strip().split("\n"):
            if not is_here(tool_of(line)):
                continue
            (self.capture if block.captures else self.run)(line)

    def capture(self, line: str) -> None:
        """Let a tool capture what is sent meanwhile."""
        if tool_of(line) in PACKETS and os.geteuid() != 0:
            return
        tool = subprocess.Popen(
            ["sh", "-c", f"exec {line}"],
            cwd=self.folder,
            env=self.environment,
            stderr=subprocess.DEVNULL,
        )
        try:
            proxied = self.ports["8001"] in line
            time.sleep(5 if proxied else 1.5)
            post(requests(), int(self.ports["8001"]) if proxied else self.port)
            # Packets wait for a second for others to be written with.
            time.sleep(2)
        finally:
            tool.send_signal(signal.SIGINT)
            tool.wait(timeout=20)

    def run(self, line: str) -> None:
        """Run a command to its end."""
        said = subprocess.run(
            ["sh", "-c", line],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=100,
        )
        assert said.returncode == 0, f"{line}\n{said.stdout}{said.stderr}"
        if line.startswith("hookproof validate"):
            assert "PASS" in said.stdout, f"{line}\n{said.stdout}"


def tool_of(line: str) -> str:
    """The command of a line."""
    return line.partition(" ")[0]


def is_here(tool: str) -> bool:
    """Whether a command can be run."""
    return tool in {"export", "hookproof"} or shutil.which(tool) is not None


def test_the_page_is_true(tmp_path: Path) -> None:
    """A newcomer who types what it says gets what it says."""
    for package in NEEDS.values():
        pytest.importorskip(package)
    shutil.copytree(KEPT, tmp_path, dirs_exist_ok=True)
    database = sqlite3.connect(tmp_path / "callbacks.db")
    database.execute("create table callbacks (id integer, url text, headers text, body text)")
    database.execute("insert into callbacks values (1, '/cb', '{}', ?)", [requests()[4].text])
    database.commit()
    database.close()
    with receiver() as port:
        reader = Reader(tmp_path, port)
        for block in BLOCKS:
            reader.follow(block)


def test_the_page_names_every_kept_capture() -> None:
    """What a tool wrote and is read is told how to get."""
    stems = {file.name for file in KEPT.iterdir()} - {"packets.pcapng", "tcpdump_A_split.txt"}
    # Flows are read where mitmproxy is installed, whose h11 is another one.
    unnamed = {name for name in stems - {"mitmproxy.mitm"} if name not in PAGE}
    assert not unnamed
