"""A run connects to its target and to nothing else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from acceptance.command import CANARY, SECRETS
from acceptance.receiver_runs import contract
from cast import CAST

from hookproof.testing import serve

if TYPE_CHECKING:
    from pathlib import Path

needs_strace = pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
_CONNECT = re.compile(r"connect\(\d+, \{sa_family=(\w+)(?:.*?htons\((\d+)\))?(?:.*?\"([^\"]*)\")?")


@needs_strace
def test_only_the_target_is_connected_to(tmp_path: Path) -> None:
    """With generated payloads, several connections, and proxies in the environment."""
    around = {k: v for k, v in os.environ.items() if not k.startswith("HOOKPROOF_")}
    proxies = dict.fromkeys(("HTTP_PROXY", "http_proxy", "ALL_PROXY"), "http://127.0.0.1:9")
    with serve(CAST["RefusesUnknownFields"](contract(), secrets=SECRETS)) as url:
        options = ["--callback", "record", "--max-cases", "150", "--workers", "4"]
        log = tmp_path / "log"
        command = [sys.executable, "-m", "hookproof", "test", url, *options]
        done = subprocess.run(
            ["strace", "-f", "-qq", "-e", "trace=connect", "-o", str(log), *command],
            env={**around, **proxies, "HOOKPROOF_SECRET": CANARY},
            capture_output=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 1, done.stderr
    port = str(urlsplit(url).port)
    calls = _CONNECT.findall(log.read_text())
    assert len(calls) > 3
    assert {call for call in calls if call[0] != "AF_UNIX"} == {("AF_INET", port, "127.0.0.1")}
