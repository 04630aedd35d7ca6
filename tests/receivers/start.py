"""Starts the receivers of this folder, each in a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = "9193cc662a4c0ec135ec71fb57194b38"


def interpreter(script: Path) -> list[str]:
    """What runs a script: this Python without its surroundings, or Node."""
    if script.suffix == ".py":
        return [sys.executable, "-I"]
    node = shutil.which("node")
    if node is None:
        pytest.skip(f"{script.name} needs node, which is not on this machine")
    return [node]


@contextmanager
def running(script: str, *options: str, secret: str = SECRET) -> Iterator[str]:
    """Run a receiver while the block runs; gives its URL.

    A script for Node needs `node`, and the test is skipped aloud where there is none. Nothing
    of the surroundings is handed on but the secret, in CALLBACK_SECRET.
    """
    file = Path(__file__).with_name(script)
    around = {"PATH": os.environ.get("PATH", ""), "CALLBACK_SECRET": secret}
    with subprocess.Popen(
        [*interpreter(file), str(file), *options],
        env=around,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout
            port = int(process.stdout.readline())
            yield f"http://127.0.0.1:{port}/callback"
        finally:
            process.kill()
