"""Starts the receivers of this folder, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = "9193cc662a4c0ec135ec71fb57194b38"


@contextmanager
def running(script: str, *options: str, secret: str = SECRET) -> Iterator[str]:
    """Run a receiver while the block runs; gives its URL.

    Nothing of the surroundings is handed on but the secret, in CALLBACK_SECRET.
    """
    file = Path(__file__).with_name(script)
    around = {"PATH": os.environ.get("PATH", ""), "CALLBACK_SECRET": secret}
    with subprocess.Popen(
        [sys.executable, "-I", str(file), *options],
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
